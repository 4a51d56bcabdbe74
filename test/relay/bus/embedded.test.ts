import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openEmbeddedBus } from '../../../relay/bus/embedded.ts'
import { likes, newFolder } from '../../support/relay.ts'
import { busSuite } from './suite.ts'

busSuite(async (limits = {}) => {
  const path = join(await newFolder(), 'bus.sqlite')
  const bus = openEmbeddedBus(path, limits)
  return {
    bus,
    // The first one is simply left: SQLite sees a process that went away without closing.
    crash: async () => openEmbeddedBus(path),
    reopen: async () => openEmbeddedBus(path),
    another: async () => bus,
  }
})

describe('the embedded bus', () => {
  it('takes a batch whole or not at all', async () => {
    const bus = openEmbeddedBus(join(await newFolder(), 'bus.sqlite'))
    const [first, second] = likes('accounts', 1, 2)
    const broken = { ...second!, at: null as unknown as string }
    await expect(bus.publish([first!, broken])).rejects.toThrow('NOT NULL')
    expect(await bus.publish([second!])).toEqual({ ok: true, confirmed: { accounts: 2 } })
    const got: number[] = []
    await bus.subscribe('index', async (run) => void got.push(...run.map((event) => event.seq))).idle()
    expect(got).toEqual([2])
    await bus.close()
  })

  it('forgets old events once every reader has them, and still knows their numbers', async () => {
    let at = 0
    const bus = openEmbeddedBus(join(await newFolder(), 'bus.sqlite'), { now: () => at, retentionMs: 1_000 })
    await bus.publish(likes('accounts', 1, 5))
    const reading = bus.subscribe('index', async () => {})
    await reading.idle()
    await bus.publish(likes('media', 1, 1))
    expect(await bus.prune()).toBe(0)
    at = 2_000
    await reading.idle()
    expect(await bus.prune()).toBe(6)
    expect(await bus.publish(likes('accounts', 4, 6))).toEqual({ ok: true, confirmed: { accounts: 6 } })
    const got: number[] = []
    await bus.subscribe('late', async (run) => void got.push(...run.map((event) => event.seq))).idle()
    expect(got).toEqual([6])
    await bus.close()
  })

  it('keeps old events that a reader still needs', async () => {
    let at = 0
    const bus = openEmbeddedBus(join(await newFolder(), 'bus.sqlite'), { now: () => at, retentionMs: 1_000 })
    let release = () => {}
    const gate = new Promise<void>((resolve) => (release = resolve))
    const reading = bus.subscribe('index', () => gate)
    await bus.publish(likes('accounts', 1, 5))
    at = 2_000
    expect(await bus.prune()).toBe(0)
    release()
    await reading.idle()
    await bus.close()
  })
})
