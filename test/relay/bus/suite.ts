import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import type { Envelope } from '../../../worker/contract/events.ts'
import type { Bus } from '../../../relay/bus/bus.ts'
import { Unreadable } from '../../../relay/bus/bus.ts'
import { likes } from '../../support/relay.ts'

export interface BusUnderTest {
  bus: Bus
  /** Ends the process that reads, without a word to the bus, and opens the same data again. */
  crash(): Promise<Bus>
  /** Opens what `bus` left when it was closed. */
  reopen(): Promise<Bus>
  /** What another member of a group has: itself where one process is all there is. */
  another(): Promise<Bus>
}

export interface BusLimits {
  mostWaiting?: number
}

const quick = { pauseMs: () => 1 }
const fresh = () => `auction:${randomUUID().slice(0, 8)}`

/** What every bus must do. Each adapter runs it unchanged. */
export function busSuite(open: (limits?: BusLimits) => Promise<BusUnderTest>): void {
  describe('a bus', () => {
    const opened: BusUnderTest[] = []
    async function start(limits?: BusLimits) {
      const subject = await open(limits)
      opened.push(subject)
      return subject
    }
    afterEach(async () => {
      for (const { bus } of opened.splice(0)) await bus.close()
    })

    it('hands each stream over in order, whatever the size of its runs', async () => {
      const { bus } = await start()
      const streams = [fresh(), fresh(), fresh()]
      for (const stream of streams) await bus.publish(likes(stream, 1, 250))
      const got = new Map<string, number[]>()
      const reading = bus.subscribe('index', async (run) => {
        const seqs = got.get(run[0].stream) ?? []
        await Promise.resolve()
        got.set(run[0].stream, [...seqs, ...run.map((event) => event.seq)])
      })
      await reading.idle()
      const expected = likes('x', 1, 250).map((event) => event.seq)
      for (const stream of streams) expect(got.get(stream)).toEqual(expected)
    })

    it('never has two runs of one stream in hand', async () => {
      const { bus } = await start()
      const stream = fresh()
      let inHand = 0
      let most = 0
      const reading = bus.subscribe(
        'index',
        async () => {
          inHand += 1
          most = Math.max(most, inHand)
          await new Promise((resolve) => setImmediate(resolve))
          inHand -= 1
        },
        { concurrency: 8 },
      )
      for (let seq = 1; seq <= 60; seq += 1) await bus.publish(likes(stream, seq, seq))
      await reading.idle()
      expect(most).toBe(1)
    })

    it('works on several streams at once, no more than asked', async () => {
      const { bus } = await start()
      const streams = Array.from({ length: 6 }, fresh)
      for (const stream of streams) await bus.publish(likes(stream, 1, 1))
      let inHand = 0
      let most = 0
      let release = () => {}
      const three = new Promise<void>((resolve) => (release = resolve))
      const reading = bus.subscribe(
        'index',
        async () => {
          inHand += 1
          most = Math.max(most, inHand)
          if (inHand === 3) release()
          await three
          await new Promise((resolve) => setImmediate(resolve))
          inHand -= 1
        },
        { concurrency: 3 },
      )
      await reading.idle()
      expect(most).toBe(3)
    })

    it('drops what it has, and confirms it', async () => {
      const { bus } = await start()
      const stream = fresh()
      await bus.publish(likes(stream, 1, 5))
      expect(await bus.publish(likes(stream, 3, 7))).toEqual({ ok: true, confirmed: { [stream]: 7 } })
      const got: number[] = []
      await bus.subscribe('index', async (run) => void got.push(...run.map((event) => event.seq))).idle()
      expect(got).toEqual([1, 2, 3, 4, 5, 6, 7])
    })

    it('keeps aside an event that claims the place of another', async () => {
      const { bus } = await start()
      const stream = fresh()
      await bus.publish(likes(stream, 1, 2))
      const [other] = likes(stream, 2, 2) as [Envelope]
      await bus.publish([{ ...other, type: 'auction-unliked' }])
      expect(await bus.deadLetters()).toMatchObject([{ reader: 'publish', event: { seq: 2, type: 'auction-unliked' } }])
    })

    it('brings a run again when the reader fails, before anything later', async () => {
      const { bus } = await start()
      const stream = fresh()
      await bus.publish(likes(stream, 1, 3))
      let failures = 2
      const got: number[] = []
      const reading = bus.subscribe(
        'index',
        async (run) => {
          if (run[0].seq === 2 && failures-- > 0) throw new Error('not now')
          if (run.some((event) => event.seq === 2) && run.length > 1) throw new Error('not in a crowd')
          got.push(...run.map((event) => event.seq))
        },
        quick,
      )
      await reading.idle()
      expect(got).toEqual([1, 2, 3])
    })

    it('lets other streams go on while one fails', async () => {
      const { bus } = await start()
      const [stuck, free] = [fresh(), fresh()]
      await bus.publish([...likes(stuck, 1, 1), ...likes(free, 1, 40)])
      let release = () => {}
      const gate = new Promise<void>((resolve) => (release = resolve))
      const freed: number[] = []
      const reading = bus.subscribe('index', async (run) => {
        if (run[0].stream === stuck) await gate
        else freed.push(...run.map((event) => event.seq))
        if (freed.length === 40) release()
      })
      await reading.idle()
      expect(freed).toHaveLength(40)
    })

    it('sets a poisonous event aside after its tries and goes on with the next', async () => {
      const { bus } = await start()
      const stream = fresh()
      await bus.publish(likes(stream, 1, 20))
      const got: number[] = []
      let tries = 0
      const reading = bus.subscribe(
        'index',
        async (run) => {
          if (run.some((event) => event.seq === 7)) {
            if (run.length === 1) tries += 1
            throw new Error('poison')
          }
          got.push(...run.map((event) => event.seq))
        },
        { ...quick, attempts: 3 },
      )
      await reading.idle()
      expect(tries).toBe(3)
      expect(got).toEqual([...Array(20).keys()].map((index) => index + 1).filter((seq) => seq !== 7))
      expect(await bus.deadLetters()).toMatchObject([{ reader: 'index', event: { stream, seq: 7 }, attempts: 3 }])
      expect(await bus.health()).toEqual({ waiting: 0, dead: 1 })
    })

    it('sets aside at once what the reader calls unreadable', async () => {
      const { bus } = await start()
      const stream = fresh()
      await bus.publish(likes(stream, 1, 2))
      let tries = 0
      const reading = bus.subscribe('index', async (run) => {
        if (run[0].seq > 1) return
        if (run.length === 1) tries += 1
        throw new Unreadable('what is this')
      })
      await reading.idle()
      expect(tries).toBe(1)
      expect(await bus.deadLetters()).toMatchObject([{ event: { seq: 1 }, reason: 'what is this' }])
    })

    it('gives every reader all events at its own pace', async () => {
      const { bus } = await start()
      const stream = fresh()
      const slow: number[] = []
      const fast: number[] = []
      let release = () => {}
      const gate = new Promise<void>((resolve) => (release = resolve))
      const slowly = bus.subscribe('archive', async (run) => {
        await gate
        slow.push(...run.map((event) => event.seq))
      })
      const quickly = bus.subscribe('index', async (run) => void fast.push(...run.map((event) => event.seq)))
      await bus.publish(likes(stream, 1, 30))
      await quickly.idle()
      expect([fast.length, slow.length]).toEqual([30, 0])
      release()
      await slowly.idle()
      expect(slow).toEqual(fast)
    })

    it('begins a new reader at the oldest event', async () => {
      const { bus } = await start()
      const stream = fresh()
      await bus.publish(likes(stream, 1, 5))
      await bus.subscribe('index', async () => {}).idle()
      const got: number[] = []
      await bus.subscribe('late', async (run) => void got.push(...run.map((event) => event.seq))).idle()
      expect(got).toEqual([1, 2, 3, 4, 5])
    })

    it('brings again after a crash what was not acknowledged, and nothing that was', async () => {
      const subject = await start()
      const [done, cut] = [fresh(), fresh()]
      await subject.bus.publish(likes(done, 1, 10))
      const dying = subject.bus.subscribe('index', (run) =>
        run[0].stream === cut ? new Promise(() => {}) : Promise.resolve(),
      )
      await dying.idle()
      await subject.bus.publish(likes(cut, 1, 3))
      const bus = await subject.crash()
      // The dead one never ends its run, so it cannot be closed.
      opened.splice(0, 1, { ...subject, bus })
      const got: string[] = []
      const reading = bus.subscribe('index', async (run) => void got.push(...run.map((e) => `${e.stream} ${e.seq}`)))
      await bus.publish(likes(cut, 4, 4))
      await reading.idle()
      expect(got).toEqual([1, 2, 3, 4].map((seq) => `${cut} ${seq}`))
    })

    it('goes on where it was when a stopped reader comes back', async () => {
      const { bus } = await start()
      const stream = fresh()
      await bus.publish(likes(stream, 1, 3))
      const first = bus.subscribe('index', async () => {})
      await first.idle()
      await first.stop()
      await bus.publish(likes(stream, 4, 6))
      const got: number[] = []
      await bus.subscribe('index', async (run) => void got.push(...run.map((event) => event.seq))).idle()
      expect(got).toEqual([4, 5, 6])
    })

    it('lets whoever waits for a reader go when it is stopped, whatever is left', async () => {
      const { bus } = await start()
      const stream = fresh()
      await bus.publish(likes(stream, 1, 3))
      const tried = Promise.withResolvers<void>()
      const reading = bus.subscribe(
        'index',
        async () => {
          tried.resolve()
          throw new Error('not today')
        },
        { attempts: 1_000, pauseMs: () => 600_000 },
      )
      const before = reading.idle()
      await tried.promise
      await reading.stop()
      expect(await Promise.all([before, reading.idle()])).toHaveLength(2)
    })

    it('reads a stream from its start, each event once, up to now', async () => {
      const { bus } = await start()
      const [stream, other] = [fresh(), fresh()]
      await bus.publish([...likes(stream, 1, 30), ...likes(other, 1, 30)])
      await bus.publish(likes(stream, 21, 700))
      await bus.subscribe('index', async () => {}).idle()
      expect(await all(bus.read(stream))).toEqual(likes(stream, 1, 700))
      expect(await all(bus.read(other))).toEqual(likes(other, 1, 30))
      expect(await all(bus.read(fresh()))).toEqual([])
    })

    it('keeps events and places over an orderly end', async () => {
      const subject = await start()
      const stream = fresh()
      await subject.bus.publish(likes(stream, 1, 5))
      const reading = subject.bus.subscribe('index', async () => {})
      await reading.idle()
      await reading.stop()
      await subject.bus.publish(likes(stream, 6, 9))
      const first = opened.splice(0, 1)
      for (const { bus } of first) await bus.close()
      const bus = await subject.reopen()
      opened.push({ ...subject, bus })
      expect(await bus.publish(likes(stream, 8, 12))).toEqual({ ok: true, confirmed: { [stream]: 12 } })
      const later: number[] = []
      await bus.subscribe('index', async (run) => void later.push(...run.map((event) => event.seq))).idle()
      // At least once: what was acknowledged in the last moments may come again.
      expect(filtered(later).slice(-7)).toEqual([6, 7, 8, 9, 10, 11, 12])
      expect(await all(bus.read(stream))).toEqual(likes(stream, 1, 12))
    })

    it('shares the work among those who read under one name, each stream in order, each event once', async () => {
      const subject = await start()
      const members = [subject.bus, await subject.another()]
      const streams = Array.from({ length: 24 }, fresh)
      const effects = new Map<string, number[]>()
      const shares = [0, 0]
      const reading = members.map((bus, place) =>
        bus.subscribe('index', async (run) => {
          await new Promise((resolve) => setImmediate(resolve))
          const seen = effects.get(run[0].stream) ?? []
          const news = run.map(({ seq }) => seq).filter((seq) => seq > (seen.at(-1) ?? 0))
          effects.set(run[0].stream, [...seen, ...news])
          shares[place]! += news.length
        }),
      )
      let published = 0
      // Until both have had some: a member takes its share from when its connection stands.
      while (shares.includes(0)) {
        await subject.bus.publish(streams.flatMap((stream) => likes(stream, published + 1, published + 3)))
        published += 3
        for (const one of reading) await one.idle()
      }
      const expected = likes('x', 1, published).map((event) => event.seq)
      for (const stream of streams) expect(effects.get(stream)).toEqual(expected)
      if (members[1] !== members[0]) await members[1]!.close()
    })

    it('turns publishers away while a reader is too far behind, and takes them again later', async () => {
      const { bus } = await start({ mostWaiting: 10 })
      const stream = fresh()
      let release = () => {}
      const gate = new Promise<void>((resolve) => (release = resolve))
      const got: number[] = []
      const reading = bus.subscribe('index', async (run) => {
        await gate
        got.push(...run.map((event) => event.seq))
      })
      let stored = 0
      // How far it is behind is looked at from time to time.
      for (;;) {
        const published = await bus.publish(likes(stream, stored + 1, stored + 1))
        if (!published.ok) {
          expect(published.code).toBe('busy')
          break
        }
        stored += 1
      }
      expect(stored).toBeGreaterThanOrEqual(10)
      expect((await bus.health()).waiting).toBeGreaterThanOrEqual(10)
      release()
      await reading.idle()
      expect(await published(bus, likes(stream, stored + 1, stored + 1))).toEqual({ [stream]: stored + 1 })
      await reading.idle()
      expect(got).toEqual(likes('x', 1, stored + 1).map((event) => event.seq))
    })

    it('takes in and hands out 100,000 events, none lost, none twice', { timeout: 180_000 }, async () => {
      const { bus } = await start()
      const streams = Array.from({ length: 20 }, fresh)
      const each = 5_000
      const places = new Map(streams.map((stream) => [stream, 0]))
      const wrong: string[] = []
      let effects = 0
      const reading = bus.subscribe('index', async (run) => {
        for (const { stream, seq, payload } of run) {
          const place = places.get(stream) ?? -1
          if (seq <= place) continue
          if (seq !== place + 1 || !JSON.stringify(payload).includes(`acc_${seq}"`)) wrong.push(`${stream} ${seq}`)
          places.set(stream, seq)
          effects += 1
        }
      })
      await Promise.all(
        streams.map(async (stream) => {
          for (let from = 1; from <= each; from += 100) await published(bus, likes(stream, from, from + 99))
        }),
      )
      await reading.idle()
      expect(wrong).toEqual([])
      expect(effects).toBe(100_000)
      expect([...places.values()]).toEqual(streams.map(() => each))
      const [one] = streams
      expect(await all(bus.read(one!))).toHaveLength(each)
    })

    it('keeps payloads as they were', async () => {
      const { bus } = await start()
      const stream = fresh()
      const [event] = likes(stream, 1, 1) as [Envelope]
      const odd = { ...event, payload: { text: '한라봉 🍊 \u0000 "quoted"', list: [1, null, { deep: true }] } }
      await bus.publish([odd])
      const got: Envelope[] = []
      await bus.subscribe('index', async (run) => void got.push(...run)).idle()
      expect(got).toEqual([odd])
    })
  })
}

async function all(events: AsyncIterable<Envelope>): Promise<Envelope[]> {
  const list: Envelope[] = []
  for await (const event of events) list.push(event)
  return list
}

/** What a reader has of a stream after it dropped what it had seen. */
function filtered(seqs: readonly number[]): number[] {
  const seen: number[] = []
  for (const seq of seqs) if (seq > (seen.at(-1) ?? 0)) seen.push(seq)
  return seen
}

/** Publishes, asking again while the bus is busy. */
async function published(bus: Bus, events: Envelope[]): Promise<Record<string, number>> {
  for (;;) {
    const answer = await bus.publish(events)
    if (answer.ok) return answer.confirmed
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
