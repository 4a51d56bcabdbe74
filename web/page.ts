import type { Component } from 'solid-js'
import type { Call } from './api/call.ts'
import type { Area, Texts } from './i18n/dictionaries.ts'
import type { Format } from './i18n/format.ts'
import type { Language } from './i18n/language.ts'

/** Where a page is opened. */
export interface PageAt {
  /** Without the language's prefix and without the query. */
  path: string
  params: Readonly<Record<string, string>>
  query: Readonly<Record<string, string | undefined>>
  language: Language
}

export interface PageProps<Data> {
  /** Reactive: another query or `reload` brings new data to the same page. */
  data: Data
  at: PageAt
  /** True while data for a changed query is on its way; what is shown is of the query before. */
  isReloading: boolean
  /** Loads the data again, as after a change of one's own. Rejects where it could not; the page stays. */
  reload: () => Promise<void>
}

/** What stands in the head. Texts of people are fine here: whoever writes the head escapes them. */
export interface PageHead {
  title: string
  description?: string
  /** Path or address of a JPEG of 1,200 x 630. */
  image?: string | null
  kind?: 'website' | 'product' | 'profile' | 'article'
  /** False keeps the page out of search engines. */
  isIndexed?: boolean
  /** Path (with query where it is part of what the page is) that all addresses of this page count as. */
  canonical?: string
  /** JSON-LD. Said only of what the page shows. */
  structured?: Record<string, unknown>
}

/** What a head may speak with; hooks belong to components. */
export interface HeadContext<Data> {
  data: Data
  at: PageAt
  origin: string
  texts: <A extends Area>(area: A) => Texts<A>
  format: Format
}

/** The lazy part of a page: its component and its head. */
export interface PageModule<Data> {
  Page: Component<PageProps<Data>>
  head: (context: HeadContext<Data>) => PageHead
}

export interface PageSpec<Data> {
  /** `/auctions/:id`, without the language's prefix. Each address of the site has exactly one. */
  path: string
  /** The page's own file from the root of the repository: the build's manifest names its chunks by it. */
  source: string
  module: () => Promise<PageModule<Data>>
  /** Areas of text it speaks, beside those of every page. */
  texts: readonly Area[]
  /**
   * What it shows, read through the API: on the edge as nobody, in the browser as whoever reads. Rejecting with an
   * `ApiProblem` shows that problem with its status. Left out where a page needs nothing.
   */
  load?: (call: Call, at: PageAt) => Promise<Data>
  /**
   * `signed-in` pages are rendered in the browser alone and offer the sign-in to visitors; `suspended` ones likewise, but
   * open to suspended accounts too. Left out: public, rendered on the edge.
   */
  access?: 'signed-in' | 'suspended'
  /** Part of the answer depends on the reader (own likes, own standing): loaded again once a reader is signed in. */
  isPersonal?: boolean
  /** False where the page has a bar of its own at the bottom of a phone's screen. */
  hasTabBar?: boolean
  /** Its parts scroll, not the page: there is no footer below. */
  fillsScreen?: boolean
}

export type PageRoute = PageSpec<unknown>

/** Checks that component, head and loader agree on the data, and then forgets which data it is. */
export function definePage<Data>(spec: PageSpec<Data>): PageRoute {
  // A list holds pages of all kinds; each gets only what its own loader has made, so the cast cannot go wrong.
  return spec as unknown as PageRoute
}
