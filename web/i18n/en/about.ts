import type { AboutTexts } from '../ko/about.ts'

export const about: AboutTexts = {
  title: 'About Hallabong',
  lead: 'A hallabong is a tangerine from Jeju. Its raised top looks like a hand held up at an auction.',
  points: [
    {
      title: 'The same moment for everyone',
      text: 'Everybody in a room sees the same price at the same moment. If the price changes at the last second, the auction is extended, so nobody is outsmarted by a click.',
    },
    {
      title: 'A ledger with nothing to hide',
      text: 'Every bid is signed, bound to the one before it and public. You need not trust us: you can work it all out again.',
    },
    {
      title: 'A market, not a casino',
      text: 'No countdown without a reason, no invented “others are watching”, no boxes that are hard to untick. And no fees.',
    },
    {
      title: 'Open to all',
      text: 'With a keyboard alone or with a screen reader you have the same auction and the same chance of winning.',
    },
  ],
  developers: 'For developers',
  developersText: 'Everything here is done through a public API. Read its description and build your own.',
  apiDocs: 'API description',
  verify: 'See the auction rules',
}
