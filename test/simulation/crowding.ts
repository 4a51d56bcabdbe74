import { streamsAreWhole } from '../model/predicates.ts'
import type { Lived } from './direction.ts'

/** So long bids are gathered for one commit, and a timer's millisecond. */
const gatherMs = 3

/** No bid waits for anything but those that come with it: not for a shard, whether it is slow or dead. */
export function noBidWaits({ passages }: Lived): string[] {
  return passages.flatMap(({ key, reachedAt, leftAt }) =>
    leftAt === null || leftAt - reachedAt <= gatherMs ? [] : [`${key} was in the room for ${leftAt - reachedAt} ms`],
  )
}

/** A bid arrives when it reaches the room, whichever way it came: not when a shard heard of it. */
export function arrivalIsTheRooms({ passages, judged, deaths, hasSkew }: Lived): string[] {
  if (hasSkew) return []
  const times = new Map(judged.map(({ id, at }) => [id, at]))
  const keys = new Map(passages.flatMap(({ bid, key }) => (bid === null ? [] : [[bid, key] as const])))
  const faults: string[] = []
  for (const { bid, reachedAt } of passages) {
    const at = times.get(bid ?? '')
    // What a death took back is judged again, under the same name.
    const isJudgedAgain = deaths.some(({ diedAt }) => diedAt >= reachedAt)
    if (at !== undefined && at > reachedAt && !isJudgedAgain)
      faults.push(`${bid} had reached the room at ${reachedAt}, not at ${at}`)
  }
  for (const [bid, key] of keys) {
    const at = times.get(bid)
    const first = Math.min(...passages.filter((one) => one.key === key).map(({ reachedAt }) => reachedAt))
    if (at !== undefined && at < first) faults.push(`${bid} reached the room at ${first}, and not at ${at} already`)
  }
  return faults
}

/** What people have in windows of their own is as whole as what visitors have. */
export function ownStreamsAreWhole({ run, assembled }: Lived): string[] {
  if (!assembled) return []
  const { streams, snapshot } = assembled
  return streamsAreWhole({ ...run, streams, snapshot })
}

/** People are counted once, whatever they have open where, and everybody is told so. */
export function everybodyIsCountedOnce({ assembled }: Lived): string[] {
  if (!assembled) return []
  const { true: count, room, named, trulyNamed, heard } = assembled.present
  return [
    ...(room === count ? [] : [`${count} were there, and the room counted ${room}`]),
    ...(named.join() === trulyNamed.join() ? [] : [`there were ${trulyNamed.join()}, named were ${named.join()}`]),
    ...heard.flatMap(([name, told]) => (told === count ? [] : [`${name} was told of ${told}, there were ${count}`])),
  ]
}

/** Who asks by a socket that stays is answered, and nobody else hears of it. */
export function answersFindTheirWay({ assembled }: Lived): string[] {
  if (!assembled) return []
  return [
    ...assembled.strays.map(([name, frame]) => `${name} was answered what it had not asked: ${JSON.stringify(frame)}`),
    ...assembled.unanswered.map(([name, ref]) => `${name} was never answered about ${ref}`),
  ]
}

/** When everybody has gone the room has no shards any more, and none of them keeps anything. */
export function nothingIsLeftOfShards({ assembled }: Lived): string[] {
  return assembled?.left ?? []
}
