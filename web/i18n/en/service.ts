import type { ServiceTexts } from '../ko/service.ts'

export const service: ServiceTexts = {
  legal: {
    contents: 'Contents',
    version: (date) => `In force from ${date}`,
    contact: 'Contact',
    email: 'E-mail',
    phone: 'Phone',
    address: 'Address',
    contactText: (name) => `Questions go to ${name}.`,
  },
  problem: {
    kicker: 'About a problem',
    api: 'Developer API',
    unknown: 'We do not know this problem code',
    ways: {
      logIn: 'Log in',
      reset: 'Get a new link',
      account: 'See my account',
      phone: 'Verify a phone',
      profile: 'Edit profile',
      mine: 'See what I sell',
      sold: 'See my ended sales',
      bids: 'See what I bid on',
      rules: 'See the rules of bidding',
      auctions: 'See running auctions',
    },
    forDevelopers: 'For developers',
    explanation:
      'The API tells of this problem as application/problem+json (RFC 9457). Its code is a promise and does not change; detail and errors say more.',
  },
}
