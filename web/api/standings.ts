import { createKeyed } from './keyed.ts'
import { session } from './session.ts'

/** How the reader stands to somebody. */
export interface Standing {
  isFollowing: boolean
  isFollower: boolean
  requested: boolean
  isMuted: boolean
}

export type Standings = ReturnType<typeof createStandings>

/**
 * How the reader stands to people, as far as anything on the page has asked. Null: whom the reader cannot see, blocked either way or
 * gone. Apart from what changes it (`people.ts`), so that a page which only looks stays light.
 */
export function createStandings(reader: () => string | undefined) {
  const shown = createKeyed<Standing | null>()
  /** The same without what is still being asked. */
  const made = createKeyed<Standing | null>()
  // Another reader stands elsewhere.
  const keyOf = (handle: string) => `${reader() ?? ''} ${handle}`
  return {
    shown,
    made,
    keyOf,
    /** With what was just pressed. Reactive. */
    of: (handle: string): Standing | null | undefined => shown.get(keyOf(handle)),
    /** As the server has it. Reactive. */
    madeOf: (handle: string): Standing | null | undefined => made.get(keyOf(handle)),
  }
}

/** Those of whoever uses this page. */
export const standings = createStandings(() => session.account()?.handle)
