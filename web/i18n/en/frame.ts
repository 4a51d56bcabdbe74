import type { FrameTexts } from '../ko/frame.ts'

export const frame: FrameTexts = {
  slogan: 'Live auctions where everyone sees the same price at the same moment',
  nav: {
    label: 'Main menu',
    home: 'Home',
    auctions: 'Auctions',
    sell: 'Sell',
    mine: 'My auctions',
    messages: 'Messages',
    notifications: 'Notifications',
    account: 'Account',
    search: 'Search auctions and people',
    searchPlaceholder: 'What are you looking for?',
  },
  footer: {
    label: 'About this site',
    terms: 'Terms of service',
    privacy: 'Privacy policy',
    rules: 'Auction rules',
    about: 'About Hallabong',
    api: 'Developer API',
    notice:
      'Hallabong is an intermediary and not a party to the sales. Sellers are responsible for their goods, what they say about them, and the deal.',
    representative: 'Representative',
    businessNumber: 'Business registration',
    mailOrderNumber: 'Mail-order registration',
    address: 'Address',
    email: 'E-mail',
    phone: 'Phone',
  },
}
