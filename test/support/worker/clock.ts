import { ask, door } from './app.ts'

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** How far it is from now to the next time that it is this hour in Seoul, on the dot. */
export function hourInSeoul(hour: number): number {
  const sinceMidnight = (Date.now() + 9 * HOUR) % DAY
  return (hour * HOUR - sinceMidnight + DAY) % DAY
}

/** Runs `work` with the Worker's clock moved by `ms`. For one request alone there is `later`. Objects keep their own time. */
export async function laterBy<T>(ms: number, work: () => Promise<T>): Promise<T> {
  await door('/clock', { offsetMs: ms })
  try {
    return await work()
  } finally {
    await door('/clock', { offsetMs: 0 })
  }
}

/** Sets the clock of one auction's room off by `ms`. */
export async function setRoomClock(auction: string, ms: number): Promise<void> {
  await door('/clock', { auction, offsetMs: ms })
}

/** What cron does, as it would in `ms` from now. */
export async function cronIn(ms: number): Promise<void> {
  const { status, body } = await ask('POST', '/dev/cron', { later: ms })
  if (status !== 204) throw new Error(`cron answered ${status} ${JSON.stringify(body)}`)
}
