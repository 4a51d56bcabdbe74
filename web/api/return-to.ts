/** Address of the sign-in that comes back to `place` (a path of this site). */
export function logInHref(place: string): string {
  return `/log-in?next=${encodeURIComponent(place)}`
}

/**
 * Where to go after signing in: the place that was asked for, if it is one of this site and not the sign-in itself,
 * otherwise the start page. Never another site, whatever stands in the address. Without the language's prefix: the
 * router adds that of the page.
 */
export function placeAfter(next: string | undefined): string {
  if (!next?.startsWith('/') || /^\/[/\\]/.test(next)) return '/'
  const { origin, pathname, search, hash } = new URL(next, 'https://here.invalid')
  const path = pathname.replace(/^\/en(?=\/|$)/, '') || '/'
  if (origin !== 'https://here.invalid' || path.startsWith('//')) return '/'
  return /^\/(log-in|sign-up|forgot-password|reset-password)(\/|$)/.test(path) ? '/' : path + search + hash
}
