import type { HomeTexts } from '../ko/home.ts'

export const home: HomeTexts = {
  title: 'Hallabong · live auctions',
  description:
    'Live auctions where everyone sees the same price at the same moment. Watch what is on right now, no sign-up needed.',
  heading: 'Raise your hand, and everyone sees',
  lead: 'Live auctions where everyone sees the same price at the same moment.',
  live: (count) => `${count} live right now`,
  browse: 'Browse auctions',
  sell: 'Sell something',
  yours: 'You are bidding on',
  ending: 'Ending soon',
  starting: 'Starting soon',
  popular: 'Popular right now',
  fresh: 'Worth a look',
  categories: 'Categories',
  all: 'See all',
  allOf: (what) => `See all: ${what}`,
  trust: {
    title: 'Built to be trusted',
    price: 'Same moment, same price',
    priceText: 'When a bid comes in, every screen that is watching changes together.',
    close: 'No sniping at the end',
    closeText: 'A price change just before the end moves the end a little. How far it can move is told beforehand.',
    ledger: 'A ledger anyone can verify',
    ledgerText: 'Every bid is in a public ledger that your own browser can work out again from the first entry.',
  },
  empty: 'No auctions are open yet. Be the first to sell something.',
}
