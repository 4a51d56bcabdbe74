import type { CommonTexts } from '../ko/common.ts'

export const common: CommonTexts = {
  site: 'Hallabong',

  kit: {
    close: 'Close',
    optional: 'optional',
    working: 'Working',
    dismiss: 'Dismiss',
    showPassword: 'Show password',
    hidePassword: 'Hide password',
  },

  skipToContent: 'Skip to content',
  loading: 'Loading',
  retry: 'Try again',
  reload: 'Reload',
  back: 'Back',
  home: 'To the start page',
  save: 'Save',
  cancel: 'Cancel',
  remove: 'Remove',
  edit: 'Edit',
  more: 'Show more',
  done: 'Done',
  tryAgainIn: (seconds) =>
    `You can try again in ${seconds < 90 ? `${seconds} seconds` : seconds < 5_400 ? `${Math.ceil(seconds / 60)} minutes` : `${Math.ceil(seconds / 3_600)} hours`}.`,
  notLoaded: {
    offline: 'You are offline, so this cannot open.',
    'update-needed': 'There is a new version. Reload the page to open this.',
    other: 'This cannot open right now. Please try again in a moment.',
  },
  codeAndRequest: (code, request) => `Code ${code}${request ? ` · request ${request}` : ''}`,

  nav: {
    mine: 'My auctions',
    deals: 'My deals',
    logIn: 'Log in',
    signUp: 'Sign up',
    logOut: 'Log out',
    profile: 'Profile',
    settings: 'Settings',
    accountMenu: 'Account menu',
    language: 'Language',
    theme: 'Appearance',
  },
  theme: { system: 'Device', light: 'Light', dark: 'Dark' },

  offline: 'You are offline. What you see may be out of date.',
  online: 'You are connected again.',
  loggedOut: 'You are logged out.',

  needsSignIn: {
    title: 'Log in to see this',
    text: 'You will come straight back to where you were.',
  },
  suspended: {
    title: 'This account is suspended',
    until: (date) =>
      `Until ${date} you cannot sell, bid or chat. Bids you have placed and auctions that run go on as they are.`,
    why: 'Read the reasons, and appeal',
    see: 'See my account',
  },
}
