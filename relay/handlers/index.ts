import type { KnownEvent } from '../../worker/contract/events.ts'
import type { Receive } from '../bus/bus.ts'
import type { Embedder } from '../embedder/embedder.ts'
import {
  heardIn,
  newsOfAuction,
  newsOfProfiles,
  newsOfStanding,
  preparedAuction,
  preparedPerson,
  unknownPerson,
} from '../vectors/facts.ts'
import type { Prepared } from '../vectors/facts.ts'
import type { Item, Place, VectorIndex } from '../vectors/vectors.ts'
import { withVectors } from '../vectors/with-vectors.ts'

interface IndexParts {
  index: VectorIndex
  embedder: Embedder
}

/**
 * Brings facts into the index. A run has its effect once: it is written in one go with the place it leads to, and what is
 * at or before the place is dropped. Runs are taken one after the other, since an index has one writer and a suspension
 * must not pass by an auction of the same person.
 */
export function indexInto({ index, embedder }: IndexParts): Receive {
  let before: Promise<void> = Promise.resolve()
  return (run) => {
    const events = run.flatMap(heardIn)
    if (events.length === 0) return Promise.resolve()
    const taken = before.then(() => take(events, { index, embedder }))
    before = taken.catch(() => {})
    return taken
  }
}

async function take(events: readonly KnownEvent[], { index, embedder }: IndexParts): Promise<void> {
  const stream = events[0]?.stream ?? ''
  const reached = await index.place(stream)
  const fresh = events.filter(({ seq }) => seq > reached)
  const last = fresh.at(-1)
  if (!last) return
  const place = { stream, seq: last.seq }
  if (stream === 'profiles') return takeProfiles(fresh, place, { index, embedder })
  if (stream === 'accounts') return takeStanding(fresh, place, { index, embedder })
  return takeAuction(fresh, place, { index, embedder })
}

async function takeAuction(events: readonly KnownEvent[], place: Place, { index, embedder }: IndexParts) {
  const news = newsOfAuction(events)
  const id = place.stream.slice(place.stream.indexOf(':') + 1)
  if (news.isGone) return index.delete([id], place)
  const { described, state } = news
  if (described) {
    const [seller] = await index.get([described.seller])
    const prepared = preparedAuction({ ...news, described }, seller?.hiddenUntil ?? 0)
    return index.upsert(await withVectors([prepared], embedder), place)
  }
  // An auction that was published before descriptions were sent is not here, and nothing can be said of it.
  const known = await index.get([id])
  return index.upsert(
    known.map((item) => ({ ...item, state: state ?? item.state })),
    place,
  )
}

async function takeProfiles(events: readonly KnownEvent[], place: Place, { index, embedder }: IndexParts) {
  const profiles = newsOfProfiles(events)
  const known = new Map((await index.get([...profiles.keys()])).map((item) => [item.id, item]))
  const prepared = [...profiles.values()].map((profile) =>
    preparedPerson(profile, known.get(profile.account)?.hiddenUntil ?? 0),
  )
  return index.upsert(await withVectors(prepared, embedder), place)
}

async function takeStanding(events: readonly KnownEvent[], place: Place, { index, embedder }: IndexParts) {
  const changed: Item[] = []
  const unknown: Prepared[] = []
  for (const [account, hiddenUntil] of newsOfStanding(events)) {
    const items = await index.ofSeller(account)
    changed.push(...items.map((item) => ({ ...item, hiddenUntil })))
    if (!items.some(({ id }) => id === account)) unknown.push(unknownPerson(account, hiddenUntil))
  }
  return index.upsert([...changed, ...(await withVectors(unknown, embedder))], place)
}
