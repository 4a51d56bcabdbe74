import type { LegalText } from '../legal-text.ts'

export const terms: LegalText = {
  title: 'Terms of service',
  summary:
    'Hallabong is a place where people buy and sell by live auction. We do not sell the goods and do not hold the money. A bid is a promise, and every bid stands in a public ledger. The Korean text is binding; this is its translation.',
  sections: [
    {
      title: '1. What Hallabong does',
      body: [
        'Hallabong is an intermediary: members put up auctions, other members bid in real time, and the two who are matched deal with each other directly. Hallabong is not a party to the sale.',
        'Hallabong takes and holds no money, charges no fee, and neither stores nor ships goods. Seller and buyer exchange goods and payment themselves.',
      ],
    },
    {
      title: '2. Members and accounts',
      body: [
        'You must be at least 14. An account exists once an e-mail address or a Korean mobile number is confirmed.',
        'To sell or bid you must verify a mobile number. One number, one account.',
        'The account is for you alone; keep the password to yourself. If someone else seems to use it, change the password and end the sign-ins you do not know.',
        'Do not pretend to be another person or company by name or handle.',
      ],
    },
    {
      title: '3. If you sell',
      body: [
        [
          'Offer only what is yours to sell and what you can hand over.',
          'Describe condition and defects truthfully. Pictures must show the very item.',
          'The terms of a published auction cannot be edited. You can add notes, shown to everyone with their time.',
          'A scheduled auction can be cancelled at any time; a running one only without bids, with a reason.',
          'You may have 10 auctions open at once, 3 until you have completed three deals.',
        ],
        'When it is sold you must hand it over at that price under those terms. If you set a reserve and it was not met, you need not sell.',
        'Members who sell as a business must identify themselves and honour consumer rights such as withdrawal, as the law on electronic commerce demands.',
      ],
    },
    {
      title: '4. If you bid',
      body: [
        'A bid is a promise to buy at that amount. An accepted bid cannot be taken back.',
        'Your maximum bid is seen by you alone; we raise for you only as far as needed. “Buy now” means you buy at that price the moment you press it.',
        'Do not bid on your own goods, yourself or through others, do not push prices without meaning to buy, and do not collude.',
        'How prices, ends and extensions are worked out is laid down in the auction rules, which are part of these terms.',
      ],
    },
    {
      title: '5. Ends, outages, void auctions',
      body: [
        'Start and end follow the stored times and the clock of the auction’s room. A bid is judged by when it reaches the server, not by the clock of a device or the time on a screen.',
        'If the room itself was down for 10 seconds or more, its end moves by that gap (at most 10 minutes), and the ledger says so. A member’s lost connection is not such a case.',
        'Auctions that break the law or deceive people can be declared void by us, with the reason. No deal follows from a void auction.',
      ],
    },
    {
      title: '6. After the auction',
      body: [
        'Seller and buyer then see each other’s profile. They settle payment, shipping, place and time between them, under the terms of the auction.',
        'Not keeping a deal is recorded and can limit your use. Damage is settled between the two by law; we help to establish the facts with the ledger and our records.',
      ],
    },
    {
      title: '7. What is not allowed',
      body: [
        [
          'Goods that the law forbids or that need a permit: weapons, drugs, medicines and prescription devices, tobacco and alcohol, personal data, identity papers, military goods, protected wildlife and what is made of it',
          'Counterfeits, stolen goods, anything that infringes others’ rights',
          'Live animals, human body parts, sexual goods or services',
          'Cash and its equivalents such as vouchers, investments, accounts',
        ],
        [
          'Harassment, discrimination, threats, sexual harassment, exposing private lives',
          'Deceit, floods of advertising, luring people off the site to deceive them',
          'Programs that hinder others or get around limits. Using the public API within its limits is fine.',
        ],
      ],
    },
    {
      title: '8. Texts, pictures, chat',
      body: [
        'What you post remains yours. We may use it as far as needed to show and announce the service.',
        'The chat of an auction can be read by anyone. Author, seller and moderators can remove messages; a trace says who did.',
        'Location and camera data are removed from pictures you send.',
      ],
    },
    {
      title: '9. The public ledger',
      body: [
        'Each auction has a ledger of its start, bids, extensions, notes and end, in order, open to everyone. It holds numbers, different in each auction, instead of names, and each entry is bound to the one before it, so that nothing can be changed later.',
        'Its entries therefore stay when an account is gone. Who a number was is not made public.',
      ],
    },
    {
      title: '10. Limits on use, and objections',
      body: [
        'If these terms are broken, we may remove content, void an auction, or suspend an account for a time. We tell what happened and which rule it broke.',
        'On suspension scheduled auctions are cancelled; running ones and standing bids go on. You can still see your account and the reason.',
        'If you think a decision is wrong, write to the address below. Somebody else will look at it and answer.',
      ],
    },
    {
      title: '11. Liability',
      body: [
        'We work to run the service safely and are liable by law for damage caused by our intent or negligence.',
        'Deals between members, the quality and genuineness of goods, and what members post are those members’ responsibility. We are not liable for force majeure or for members’ devices and connections.',
        'Nothing here lessens the rights that consumer law gives you.',
      ],
    },
    {
      title: '12. Changes',
      body: [
        'We announce changes with their reason 7 days ahead, 30 days if they are to your disadvantage. If you do not agree you can stop using the service. An auction that has started keeps the terms and rules it started with.',
        'These terms follow the law of the Republic of Korea; disputes go to the courts that its Civil Procedure Act names. The Korea Consumer Agency and the E-Commerce Mediation Committee can help before that.',
      ],
    },
  ],
}
