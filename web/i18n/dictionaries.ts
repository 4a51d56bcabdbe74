import { createSignal } from 'solid-js'
import type { Language } from './language.ts'

/**
 * Every area of text, in both languages, each a chunk of its own: a page names the areas it speaks, so that no visitor
 * loads the words of a form, and nobody both languages. Korean is the source of the keys; `en` has the type of `ko`.
 */
const sources = {
  common: {
    ko: () => import('./ko/common.ts').then((file) => file.common),
    en: () => import('./en/common.ts').then((file) => file.common),
  },
  problems: {
    ko: () => import('./ko/problems.ts').then((file) => file.problems),
    en: () => import('./en/problems.ts').then((file) => file.problems),
  },
  accounts: {
    ko: () => import('./ko/accounts.ts').then((file) => file.accounts),
    en: () => import('./en/accounts.ts').then((file) => file.accounts),
  },
  auctions: {
    ko: () => import('./ko/auctions.ts').then((file) => file.auctions),
    en: () => import('./en/auctions.ts').then((file) => file.auctions),
  },
  ledger: {
    ko: () => import('./ko/ledger.ts').then((file) => file.ledger),
    en: () => import('./en/ledger.ts').then((file) => file.ledger),
  },
  replay: {
    ko: () => import('./ko/replay.ts').then((file) => file.replay),
    en: () => import('./en/replay.ts').then((file) => file.replay),
  },
  manage: {
    ko: () => import('./ko/manage.ts').then((file) => file.manage),
    en: () => import('./en/manage.ts').then((file) => file.manage),
  },
  home: {
    ko: () => import('./ko/home.ts').then((file) => file.home),
    en: () => import('./en/home.ts').then((file) => file.home),
  },
  lists: {
    ko: () => import('./ko/lists.ts').then((file) => file.lists),
    en: () => import('./en/lists.ts').then((file) => file.lists),
  },
  bidding: {
    ko: () => import('./ko/bidding.ts').then((file) => file.bidding),
    en: () => import('./en/bidding.ts').then((file) => file.bidding),
  },
  chat: {
    ko: () => import('./ko/chat.ts').then((file) => file.chat),
    en: () => import('./en/chat.ts').then((file) => file.chat),
  },
  messages: {
    ko: () => import('./ko/messages.ts').then((file) => file.messages),
    en: () => import('./en/messages.ts').then((file) => file.messages),
  },
  signals: {
    ko: () => import('./ko/signals.ts').then((file) => file.signals),
    en: () => import('./en/signals.ts').then((file) => file.signals),
  },
  room: {
    ko: () => import('./ko/room.ts').then((file) => file.room),
    en: () => import('./en/room.ts').then((file) => file.room),
  },
  settings: {
    ko: () => import('./ko/settings.ts').then((file) => file.settings),
    en: () => import('./en/settings.ts').then((file) => file.settings),
  },
  profiles: {
    ko: () => import('./ko/profiles.ts').then((file) => file.profiles),
    en: () => import('./en/profiles.ts').then((file) => file.profiles),
  },
  people: {
    ko: () => import('./ko/people.ts').then((file) => file.people),
    en: () => import('./en/people.ts').then((file) => file.people),
  },
  terms: {
    ko: () => import('./ko/terms.ts').then((file) => file.terms),
    en: () => import('./en/terms.ts').then((file) => file.terms),
  },
  privacy: {
    ko: () => import('./ko/privacy.ts').then((file) => file.privacy),
    en: () => import('./en/privacy.ts').then((file) => file.privacy),
  },
  rules: {
    ko: () => import('./ko/rules.ts').then((file) => file.rules),
    en: () => import('./en/rules.ts').then((file) => file.rules),
  },
  about: {
    ko: () => import('./ko/about.ts').then((file) => file.about),
    en: () => import('./en/about.ts').then((file) => file.about),
  },
  forms: {
    ko: () => import('./ko/forms.ts').then((file) => file.forms),
    en: () => import('./en/forms.ts').then((file) => file.forms),
  },
  sell: {
    ko: () => import('./ko/sell.ts').then((file) => file.sell),
    en: () => import('./en/sell.ts').then((file) => file.sell),
  },
  frame: {
    ko: () => import('./ko/frame.ts').then((file) => file.frame),
    en: () => import('./en/frame.ts').then((file) => file.frame),
  },
  search: {
    ko: () => import('./ko/search.ts').then((file) => file.search),
    en: () => import('./en/search.ts').then((file) => file.search),
  },
  notifications: {
    ko: () => import('./ko/notifications.ts').then((file) => file.notifications),
    en: () => import('./en/notifications.ts').then((file) => file.notifications),
  },
  telling: {
    ko: () => import('./ko/telling.ts').then((file) => file.telling),
    en: () => import('./en/telling.ts').then((file) => file.telling),
  },
  deals: {
    ko: () => import('./ko/deals.ts').then((file) => file.deals),
    en: () => import('./en/deals.ts').then((file) => file.deals),
  },
  reviews: {
    ko: () => import('./ko/reviews.ts').then((file) => file.reviews),
    en: () => import('./en/reviews.ts').then((file) => file.reviews),
  },
  decisions: {
    ko: () => import('./ko/decisions.ts').then((file) => file.decisions),
    en: () => import('./en/decisions.ts').then((file) => file.decisions),
  },
  staff: {
    ko: () => import('./ko/staff.ts').then((file) => file.staff),
    en: () => import('./en/staff.ts').then((file) => file.staff),
  },
  service: {
    ko: () => import('./ko/service.ts').then((file) => file.service),
    en: () => import('./en/service.ts').then((file) => file.service),
  },
}

export type Area = keyof typeof sources
export type Texts<A extends Area> = Awaited<ReturnType<(typeof sources)[A]['ko']>>

/** What every page speaks from its first moment. */
export const everywhere = ['common'] as const satisfies readonly Area[]

/** What the edge speaks besides: the frame of a page, and its problem if there is one. */
export const onEdge = ['common', 'frame', 'problems'] as const satisfies readonly Area[]

const loaded = new Map<string, object>()
const [count, setCount] = createSignal(0)

/** Fetches what is not here yet. Rejects when the network does. */
export async function loadTexts(language: Language, areas: readonly Area[]): Promise<void> {
  await Promise.all(
    areas.map(async (area) => {
      const key = `${language}/${area}`
      if (!loaded.has(key)) loaded.set(key, await sources[area][language]())
    }),
  )
  setCount(loaded.size)
}

/** Throws when the page forgot to name the area: a defect, found by the first render. */
export function textsOf<A extends Area>(language: Language, area: A): Texts<A> {
  const texts = loaded.get(`${language}/${area}`)
  if (!texts) throw new Error(`the texts of ${area} are not loaded: name the area in the route`)
  return texts as Texts<A>
}

/** As `textsOf`, for words that may still be on their way. Reactive: says them once they are here. */
export function textsIfLoaded<A extends Area>(language: Language, area: A): Texts<A> | undefined {
  count()
  return loaded.get(`${language}/${area}`) as Texts<A> | undefined
}

/** Source files of the areas, as the build's manifest names them: they are preloaded with the page. */
export function textFiles(language: Language, areas: readonly Area[]): string[] {
  return areas.map((area) => `web/i18n/${language}/${area}.ts`)
}
