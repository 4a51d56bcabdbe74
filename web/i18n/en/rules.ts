import type { rules as koreanRules } from '../ko/rules.ts'

export const rules: typeof koreanRules = {
  title: 'Auction rules',
  summary:
    'Everyone sees the same price at the same moment and competes by the same rules. The program follows these rules to the letter, and anyone can check it with the public ledger.',
  ladder: {
    caption: 'Bid steps',
    from: 'Current price',
    step: 'A bid rises by',
    upTo: (below) => `below ${below}`,
    above: (from) => `${from} and more`,
  },
  sections: [
    {
      title: 'How much to bid',
      body: [
        'The first bid starts at the start price, every other at the current price plus one step. Above that any amount in steps of ₩100 will do.',
        'Amounts of ten times the next bid and more may be a slip, so we ask once more.',
      ],
    },
    {
      title: 'Two kinds of bid',
      body: [
        'A bid of an exact amount makes that amount the current price.',
        'A maximum bid stays secret, and we bid for you no more than needed to lead. If two maximums are equal, the earlier one leads.',
        'If you already lead, you can only raise your maximum; the price does not move.',
      ],
    },
    {
      title: 'Reserve and buy now',
      body: [
        'Sellers can set a reserve that nobody else sees; the screen shows only whether it is met. As soon as somebody’s maximum reaches it, the price jumps to it. If it is never met, the item stays unsold.',
        '“Buy now” lasts until the first bid. Whoever presses first buys at that price, and the auction is over.',
      ],
    },
    {
      title: 'End and extension',
      body: [
        'The stored time decides the end. Only bids that arrive before it count, and the ledger holds their arrival to the millisecond.',
        'If the price changes shortly before the end, the auction is extended from that moment. Extensions have a cap; both are shown before you bid. A refused bid extends nothing.',
        'If the room itself was down for 10 seconds or more, the end moves by that gap.',
      ],
    },
    {
      title: 'Who may bid',
      body: [
        'Members with a verified phone, save the seller and whom the seller has banned. Further conditions of the seller are shown before bidding.',
        'Bidders appear as a number that differs in each auction. You can choose to show your name with a bid.',
      ],
    },
    {
      title: 'No way back',
      body: [
        'An accepted bid cannot be taken back, and a seller cannot cancel an auction with bids. Only auctions that break the law are declared void by us, with the reason.',
        'The highest bidder wins. Without bids, or below the reserve, the item stays unsold.',
      ],
    },
    {
      title: 'Anyone can check',
      body: [
        'Each bid gets a signed receipt. Everything that happens in an auction is bound to the entry before it in a public ledger; “Verify” works out order, prices, extensions and winner anew.',
        'A maximum goes into its receipt sealed, and beaten ones are opened after the end, so none can be changed later.',
      ],
    },
  ],
}
