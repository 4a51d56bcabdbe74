import { inLanguage } from './i18n/language.ts'
import { type Match, matchPage } from './match.ts'
import type { PageRoute } from './page.ts'
import { publicPages } from './routes.ts'

/** The pages of members, once somebody needed one. */
let memberPages: readonly PageRoute[] = []

/** Addresses of the member table, told without having it. A test holds both against each other. */
const memberPath =
  /^\/(mine|sell|settings|messages|deals|notifications|staff)(\/|$)|^\/users\/[^/]+\/(follows|followers)\/?$/

/** Whether the address is a page of this site, as far as one can tell at once. */
export function isPage(url: URL): boolean {
  return matchKnown(url) !== null || isForMembers(url)
}

export function isForMembers(url: URL): boolean {
  return memberPath.test(inLanguage(url.pathname, 'ko'))
}

/** The page of an address among those whose tables are here. */
export function matchKnown(url: URL): Match | null {
  return matchPage(publicPages, url) ?? matchPage(memberPages, url)
}

/** The page of an address, with its table fetched where that is needed; null when there is none. Rejects when the network does. */
export async function findPage(url: URL): Promise<Match | null> {
  if (isForMembers(url)) memberPages = (await import('./member-routes.ts')).memberPages
  return matchKnown(url)
}
