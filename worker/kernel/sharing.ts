import type { AppContext } from './context.ts'

/**
 * Anyone may be given the same answer for so long, whatever token came along; browsers ask each time. The website keeps a page
 * as long as the shortest life of what it read, under all their tags.
 */
export function shareFor(c: AppContext, seconds: number, tags: string[] = []): void {
  c.header('cache-control', `public, max-age=0, s-maxage=${seconds}`)
  if (tags.length > 0) c.header('cache-tag', tags.join(','))
}

/** A visitor's answer may be shared, anyone else's is theirs. */
export function shareWithVisitors(c: AppContext, seconds: number, tags: string[] = []): void {
  c.header('vary', 'authorization')
  if (c.var.actor) keepPrivate(c)
  else shareFor(c, seconds, tags)
}

/** What the room says is asked of it each time: whoever has just had a bid answered must find it here. */
export function askEachTime(c: AppContext): void {
  c.header('cache-control', 'no-cache')
}

export function keepPrivate(c: AppContext): void {
  c.header('cache-control', 'private, no-store')
}
