import type { LegalText } from '../legal-text.ts'

export const privacy: LegalText = {
  title: 'Privacy policy',
  summary:
    'We take only what is needed, without advertising or other companies’ trackers. Phone numbers are kept only in a form that cannot be read back. The Korean text is binding; this is its translation.',
  sections: [
    {
      title: '1. What we take, and why',
      body: [
        [
          'E-mail address: to sign up and log in, to reset the password, for security notices',
          'Phone number: to verify you. Once the code is sent only a keyed hash stays, which can tell whether a number is the same; the number itself is not kept.',
          'Password: kept only as a value that cannot be turned back (scrypt)',
          'Name, handle, about text, links, picture: to show to others',
          'Sign-ins: kind of device, town-level place, first and last use, and a value that recognises the browser and cannot be turned back. You can see and end them yourself.',
          'Auctions, bids, maximum bids, chat, likes, pictures: to provide the service',
          'Interests: auctions you open, auctions of which at least half of a card stayed in view for 10 seconds on a list, “less like this” and sellers you hid. Used only to recommend similar auctions to people who are logged in, and not collected when recommendations are off.',
          'Views: to count how often an auction was looked at. So that one person counts once a day, a value that cannot be read back, made with a key of that day, is kept for 24 hours. Of visitors, and of people who switched recommendations off, nothing else about what they looked at is kept.',
          'Version and time of your consent to the terms: to prove it',
          'IP address: used briefly against floods of requests, not kept with your account',
        ],
        'We use no location, contacts, camera or microphone. We get a picture when you choose one, and remove location and camera data from it.',
      ],
    },
    {
      title: '2. Who sees it',
      body: [
        'Name, handle, picture, manner score, auctions and chat are public. If your account is private, others do not see text and links.',
        'Bids show as a number that differs in each auction. Only bids for which you chose so show your name. After the end seller and winner see each other.',
        'Nobody sees phone numbers, e-mail addresses, your interests, reserve prices, other people’s maximum bids or IP addresses. Maximum bids that were beaten are opened in the ledger after the end.',
      ],
    },
    {
      title: '3. Who works for us',
      body: [
        'Servers and storage are those of Cloudflare, Inc. (USA), in data centres around the world. Data travels encrypted and is kept there as long as the service needs it.',
        'Codes and mails go through the sending companies the operator has contracts with. They get the number or address and the text, which we delete once sent.',
        'Nobody else gets data unless the law demands it.',
      ],
    },
    {
      title: '4. How long we keep it',
      body: [
        [
          'Codes: 5 minutes by phone, 30 minutes by e-mail',
          'Sign-ups that were not confirmed: 30 minutes',
          'Sign-ins: they end after 7 days without use, and after 90 days at most. Their record is deleted 90 days after the last use.',
          'Pictures that nothing shows: 24 hours',
          'Interests: 90 days after you last looked. Deleting them in the settings, or switching recommendations off, deletes them at once.',
          'Account data: as long as the account exists',
          'Auctions, bids and deals: 5 years, as the law on electronic commerce demands. The public ledger holds only numbers and stays.',
          'Disputes and decisions: 3 years',
        ],
      ],
    },
    {
      title: '5. What is kept in your browser',
      body: [
        [
          'A cookie that keeps you logged in: it goes when you log out.',
          'A cookie that recognises this browser, so that we tell you of new devices only, and others who guess your password do not lock you out: it stays when you log out, and goes 400 days after you last logged in.',
          'A cookie that recognises the browser in which a sign-up by e-mail began, for the link in the mail: it goes after 30 minutes.',
          'Browser storage: appearance, a mark that you are logged in, handle and language of whoever switched notifications on, auctions and messages you are writing, bids and messages on their way, receipts of your bids, what you chose in auction rooms',
        ],
        'Scripts cannot read the cookies, and they are sent to this site alone. You can delete them in your browser at any time. There are no cookies or trackers that reach other sites.',
      ],
    },
    {
      title: '6. Your rights',
      body: [
        'You can see and correct your data in the settings, where you can also switch recommendations off and delete your interests. For a copy, to stop its use, or to delete the account, write to the address below; we answer within 10 days.',
        'With open bids or deals, deletion follows when they are done. Records that hold only numbers, like the ledger, stay.',
        'The Korean privacy call centre (118) and the Personal Information Dispute Mediation Committee can help further.',
      ],
    },
    {
      title: '7. How we protect it',
      body: [
        'All connections are encrypted, passwords and numbers are kept as values that cannot be turned back, and what staff do is recorded with its reason. We tell you of a changed password and of a new device.',
        'We take no data of children under 14. If we learn that we did, we delete it at once.',
      ],
    },
    {
      title: '8. Changes',
      body: ['We announce changes on this page 7 days ahead. For important ones we ask for your consent again.'],
    },
  ],
}
