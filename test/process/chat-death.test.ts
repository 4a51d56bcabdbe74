import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { MessageView } from '../../worker/contract/chat.ts'
import { Site, type Person } from '../run/demo/client.ts'
import { Memory } from '../run/demo/memory.ts'
import { newcomer } from './bidding.ts'
import { attempt, Device, everything, openGroup, settle, type Attempt } from './chatting.ts'
import { MortalHouse } from './mortal-house.ts'

const deaths = 5
const turns = 6
/** Acknowledged messages after which the process is killed, while the rest is on its way. */
const acksBeforeDeath = 8

const house = new MortalHouse('chat', 8863)

beforeAll(() => house.build())
afterAll(() => house.close())

describe('a killed process', () => {
  it('loses no acknowledged message, doubles none, and every device hears the same, gapless', async () => {
    const { origin, key } = await house.open()
    const site = new Site(origin, key ?? '')
    const memory = Memory.of(house.path)
    const people: Person[] = []
    for (let count = 0; count < 4; count += 1) people.push(await newcomer(site, memory, `talker.${count}`))
    const [owner, ...others] = people as [Person, ...Person[]]
    const devices = people.map((person) => new Device(person))
    for (const device of devices) await device.connect(site)
    const { id: room } = await openGroup(owner, others)

    const attempts: Attempt[] = []
    for (let death = 0; death < deaths; death += 1) {
      const lines = await Promise.all(devices.map((device) => device.connect(site)))
      let acknowledged = 0
      let victim: number | null = house.workerd()
      await Promise.all(
        people.map(async (person, place) => {
          const line = lines[place]!
          for (let turn = 0; turn < turns && !line.ended; turn += 1) {
            const made = await attempt(line, person, room, `${person.member.handle} ${death}.${turn}`)
            attempts.push(made)
            if (made.message) acknowledged += 1
            if (victim === null || acknowledged < acksBeforeDeath) continue
            process.kill(victim, 'SIGKILL')
            victim = null
          }
        }),
      )
      expect(acknowledged).toBeGreaterThanOrEqual(acksBeforeDeath)
      await Promise.all(lines.map((line) => line.until('close', () => line.ended, 20_000)))
      await house.open()
    }

    const cut = attempts.filter(({ message }) => message === null)
    expect(cut.length).toBeGreaterThan(0)

    // Whoever was cut off asks again with the same key; whoever was answered hears the same answer.
    const answers: MessageView[] = []
    for (const made of attempts) {
      const message = await settle(room, made)
      if (made.message) expect(message).toEqual(made.message)
      answers.push(message)
    }
    const messages = await everything(owner, room)
    expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1))
    const said = messages.filter(({ notice }) => notice === null)
    expect(said).toEqual(answers.toSorted((a, b) => a.seq - b.seq))

    for (const device of devices) {
      await device.connect(site)
      await vi.waitFor(() => expect(device.posted(room)).toEqual(messages.map(({ seq }) => seq)), {
        timeout: 30_000,
        interval: 50,
      })
      device.keep()
      const places = device.facts.map(({ seq }) => seq)
      expect(places).toEqual(places.map((_, index) => places[0]! + index))
      expect(device.snapshots).toBe(1)
    }

    await vi.waitFor(
      () => {
        const sent = house.archived(`chat:${room}`).filter(({ type }) => type === 'message-sent')
        expect(sent.map(({ payload }) => (payload as { message: string }).message)).toEqual(
          messages.map(({ id }) => id),
        )
      },
      { timeout: 30_000, interval: 100 },
    )
    const places = house.archived(`chat:${room}`).map(({ seq }) => seq)
    expect(places).toEqual(places.map((_, place) => place + 1))
  }, 300_000)
})
