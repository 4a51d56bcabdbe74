import { createEffect, createMemo, createSignal, on } from 'solid-js'
import type { Folder, RoomRow } from '../../../../worker/contract/chat.ts'
import { useInbox } from '../../../api/inbox.ts'
import { type ApiProblem, asProblem } from '../../../api/problem.ts'
import { session } from '../../../api/session.ts'
import { findRooms } from '../queries.ts'

/** How far a folder has been unrolled: going from room to room finds the list as it was left. */
interface Unrolled {
  /** Undefined: never asked. Null: it is all here. */
  cursor: string | null | undefined
  /** The last row that was asked for: what is known below it waits for its turn. */
  floor: RoomRow | null
}

const unrolled = new Map<string, Unrolled>()

/** Pinned ones first, then the latest message first. */
export function byRank(one: RoomRow, other: RoomRow): number {
  return (
    Number(other.settings.pinned) - Number(one.settings.pinned) ||
    (one.at < other.at ? 1 : one.at > other.at ? -1 : one.id < other.id ? 1 : -1)
  )
}

/** The rooms of a folder, or those that match: asked for page by page, and kept true by what comes live. */
export function createRooms(folder: () => Folder, search: () => string) {
  const inbox = useInbox()
  const [isLoading, setLoading] = createSignal(false)
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)
  const [found, setFound] = createSignal<readonly string[]>([])
  const [seen, setSeen] = createSignal<Unrolled>({ cursor: undefined, floor: null })
  const keyOf = () => `${session.account()?.handle} ${folder()} ${search()}`
  let asked = 0

  const rows = createMemo<readonly RoomRow[]>(() => {
    const known = inbox.state().rooms
    if (search() !== '') return found().flatMap((id) => known[id] ?? [])
    const { cursor, floor } = seen()
    return Object.values(known)
      .filter((row) => row.folder === folder())
      .filter((row) => cursor === null || floor === null || byRank(row, floor) <= 0)
      .sort(byRank)
  })

  async function load(cursor: string | null): Promise<void> {
    const key = keyOf()
    const own = ++asked
    const mark = inbox.open()?.mark() ?? 0
    setLoading(true)
    setProblem(null)
    try {
      const page = await findRooms(session.call, { folder: folder(), search: search(), cursor })
      if (own !== asked || key !== keyOf()) return
      inbox.open()?.learn(page.items, mark)
      setFound((before) => [...(cursor === null ? [] : before), ...page.items.map(({ id }) => id)])
      const next = { cursor: page.nextCursor, floor: page.items.at(-1) ?? seen().floor }
      setSeen(next)
      if (search() === '') unrolled.set(key, next)
    } catch (thrown) {
      if (own === asked) setProblem(asProblem(thrown))
    } finally {
      if (own === asked) setLoading(false)
    }
  }

  createEffect(
    on([keyOf, inbox.open], ([key, open]) => {
      if (!open) return
      const before = unrolled.get(key)
      setSeen(before ?? { cursor: undefined, floor: null })
      setFound([])
      if (!before) void load(null)
    }),
  )
  inbox.listen({
    onReset() {
      if (seen().cursor !== undefined) void load(null)
    },
    onFact(fact) {
      // Spoken in again, and deeper than this list has been unrolled.
      if (fact.type === 'message-posted' && !inbox.state().rooms[fact.room]) void load(null)
    },
  })

  return {
    rows,
    isLoading,
    problem,
    /** Something is known, be it that there is nothing. */
    isKnown: () => seen().cursor !== undefined || rows().length > 0,
    hasMore: () => typeof seen().cursor === 'string',
    more: () => load(seen().cursor ?? null),
    retry: () => load(seen().cursor ?? null),
  }
}
