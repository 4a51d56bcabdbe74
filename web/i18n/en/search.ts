import type { SearchTexts } from '../ko/search.ts'

export const search: SearchTexts = {
  title: 'Search',
  titleOf: (words) => `Results for “${words}”`,
  description: 'Find auctions and people, by word and by meaning.',
  lead: 'You need not know the exact name. Say it your way and see what fits, too.',
  field: 'Search auctions and people',
  placeholder: 'What are you looking for?',
  clear: 'Clear the search',
  submit: 'Search',
  types: { label: 'What to search', auctions: 'Auctions', people: 'People' },
  categories: 'Browse by category',
  results: { auctions: 'Auctions found', people: 'People found' },
  degraded: 'Right now only exact words are searched. Searching by meaning will be back soon.',
  filter: 'Filter and sort',
  more: 'More results',
  loadingMore: 'Loading more',
  end: 'That is all.',
  empty: {
    auctions: (words) => `No auctions match “${words}” yet`,
    people: (words) => `Nobody matches “${words}”`,
    auctionsText: 'Try a shorter word, or another one for the same thing.',
    peopleText: 'The beginning of a name or handle is enough.',
    browse: 'Browse auctions',
  },
  shut: {
    title: 'Log in to search for people',
    text: 'Find somebody by name or handle, see their manner score and what they sell.',
  },

  suggestions: {
    label: 'Suggestions',
    count: (count) => `${count === 1 ? '1 suggestion' : `${count} suggestions`}. Choose with the down arrow.`,
    person: 'Person',
  },

  recommended: {
    forYou: 'You may like',
    more: 'More for you',
    loadingMore: 'Loading more',
    degraded: 'Right now we cannot choose by your interests, so here is what is popular and new.',
    settings: 'Recommendation settings',
    menu: (title) => `Change recommendations: ${title}`,
    less: 'Less like this',
    hideSeller: (name) => `Hide auctions by ${name}`,
    lessDone: 'You will see less like this.',
    hideDone: (name) => `Auctions by ${name} will not be recommended.`,
    undo: 'Undo',
    undone: (title) => `Undone: ${title}`,
    related: 'Similar auctions',
  },
}
