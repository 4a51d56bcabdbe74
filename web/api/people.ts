import { answer, type Call } from './call.ts'
import { followsApi } from './follows.ts'
import { asProblem } from './problem.ts'
import { loadProfile } from './profiles.ts'
import { session } from './session.ts'
import { type Standing, type Standings, standings } from './standings.ts'

/** As answers have it; rows of lists do not say whom one has muted. */
type Told = Omit<Standing, 'isMuted'> & { isMuted?: boolean }

type Step = (before: Standing) => Standing

/** What has been pressed about one person and waits for its answer. */
interface Line {
  tail: Promise<void>
  waiting: number
}

/**
 * Changes how the reader stands to people. What is pressed shows at once on every part of the page, reaches the server one after
 * the other, and is taken back when it refuses.
 */
export function createPeople(call: Call, { shown, made, keyOf, of }: Standings) {
  const lines = new Map<string, Line>()
  const questions = new Map<string, Promise<void>>()
  const heard = new WeakSet<Told>()
  const follows = followsApi(call)

  /** As the server has it. */
  function settle(key: string, standing: Standing | null | undefined): void {
    made.set(key, standing)
    shown.set(key, standing)
  }

  /**
   * What an answer says of somebody. Each answer speaks once: going back shows it again, and what was pressed since is newer. So is
   * what is being pressed.
   */
  function know(handle: string, answered: Told): void {
    const key = keyOf(handle)
    if (heard.has(answered) || lines.has(key)) return
    heard.add(answered)
    const { isFollowing, isFollower, requested, isMuted } = answered
    settle(key, { isFollowing, isFollower, requested, isMuted: isMuted ?? shown.get(key)?.isMuted ?? false })
  }

  async function ask(handle: string): Promise<void> {
    const key = keyOf(handle)
    try {
      const profile = await loadProfile(call, handle)
      if (shown.get(key) === undefined) know(handle, profile)
    } catch (thrown) {
      if (asProblem(thrown).status !== 404) throw thrown
      settle(key, null)
    }
  }

  /**
   * Shows the change and then makes it, in its turn. When the last one pressed has been answered, what is shown is what the server
   * has done. `became` reads from the answer what it came to. Rejects with the problem.
   */
  async function change<T>(
    handle: string,
    next: Step,
    make: () => Promise<T>,
    became: (made: T) => Step = () => next,
  ): Promise<void> {
    const key = keyOf(handle)
    const before = shown.get(key)
    if (!before) return
    const line = lines.get(key) ?? { tail: Promise.resolve(), waiting: 0 }
    lines.set(key, line)
    line.waiting += 1
    shown.set(key, next(before))
    const turn = inTurn(line.tail, async () => {
      const step = became(await make())
      const standing = made.get(key)
      if (standing) made.set(key, step(standing))
    })
    line.tail = turn.catch(() => {})
    try {
      await turn
    } finally {
      line.waiting -= 1
      if (line.waiting === 0) {
        lines.delete(key)
        shown.set(key, made.get(key))
      }
    }
  }

  return {
    of,
    know,
    /** Asks how the reader stands to somebody whom no page has told of. */
    async learn(handle: string): Promise<void> {
      if (of(handle) !== undefined) return
      const key = keyOf(handle)
      const asked = questions.get(key) ?? ask(handle).finally(() => questions.delete(key))
      questions.set(key, asked)
      await asked
    },
    /** `isPublic` is what one expects; the server says what it came to. */
    follow(handle: string, isPublic: boolean): Promise<void> {
      return change(
        handle,
        as(isPublic ? 'following' : 'requested'),
        () => answer(follows.follows.$post({ json: { handle } })),
        ({ state }) => as(state),
      )
    },
    unfollow(handle: string): Promise<void> {
      return change(handle, as('neither'), () =>
        answer(follows.follows[':handle'].unfollow.$delete({ param: { handle } })),
      )
    },
    removeFollower(handle: string): Promise<void> {
      return change(
        handle,
        (before) => ({ ...before, isFollower: false }),
        () => answer(follows.follows[':handle'].unfollower.$delete({ param: { handle } })),
      )
    },
    mute(handle: string, isMuted: boolean): Promise<void> {
      const mutes = follows.mutes[':handle']
      return change(
        handle,
        (before) => ({ ...before, isMuted }),
        () => answer(isMuted ? mutes.$put({ param: { handle } }) : mutes.$delete({ param: { handle } })),
      )
    },
    /** Not shown before it is done: it ends more than it begins. */
    async block(handle: string): Promise<void> {
      await answer(follows.blocks[':handle'].$put({ param: { handle } }))
      settle(keyOf(handle), null)
    },
    async unblock(handle: string): Promise<void> {
      await answer(follows.blocks[':handle'].$delete({ param: { handle } }))
      settle(keyOf(handle), undefined)
    },
  }
}

async function inTurn(before: Promise<void>, work: () => Promise<void>): Promise<void> {
  await before
  await work()
}

function as(state: 'following' | 'requested' | 'neither'): Step {
  return (before) => ({ ...before, isFollowing: state === 'following', requested: state === 'requested' })
}

/** Those around whoever uses this page. */
export const people = createPeople(session.call, standings)
