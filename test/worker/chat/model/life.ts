import { expect } from 'vitest'
import type { MessageView, RoomView } from '../../../../worker/contract/chat.ts'
import type { Actor } from '../../../support/worker/actors.ts'
import type { Answer } from '../../../support/worker/app.ts'
import { newKey } from '../../../support/worker/auctions.ts'
import {
  crashRoom,
  evictRoom,
  groupOf,
  history,
  look,
  makeForgetful,
  ringRoom,
  roomObject,
  sending,
} from '../../../support/worker/chat.ts'
import { crashInbox, evictInbox } from '../../../support/worker/inbox.ts'
import { eventually } from '../../../support/worker/rooms.ts'
import { Device } from './device.ts'
import type { Disturbance, Place, Step } from './story.ts'

export type Cast = [Actor, Actor, Actor, Actor]

/** A member as the definition of unread sees them, and as the rules would have them. */
interface Known {
  isIn: boolean
  fromSeq: number
  readSeq: number
}

/** A group lives through a story: whoever gets no answer asks again with the same key, as every client does. */
export class Life {
  private readonly cast: Cast
  private readonly devices: Device[]
  private room!: RoomView
  private readonly known: Known[] = []
  /** What was answered to each sender: id and place. */
  private readonly sent: { who: Place; id: string; seq: number }[] = []
  private count = 0

  constructor(cast: Cast) {
    this.cast = cast
    this.devices = cast.map((who) => new Device(who))
  }

  async live(steps: readonly Step[]): Promise<void> {
    await this.open()
    for (const step of steps) await this.take(step)
    await this.settle()
  }

  private async open(): Promise<void> {
    await Promise.all(this.devices.map((device) => device.connect()))
    const [owner, ...others] = this.cast
    this.room = await groupOf(owner, ...others)
    for (const _ of this.cast) this.known.push({ isIn: true, fromSeq: 1, readSeq: 0 })
  }

  private async take(step: Step): Promise<void> {
    switch (step.do) {
      case 'send':
        return this.say(step.who)
      case 'burst': {
        const writers = [0, 0, 1, 2, 3] as Place[]
        await Promise.all([...writers.map((who) => this.say(who)), this.disturb(step.meanwhile)])
        return
      }
      case 'edit':
      case 'delete':
        return this.change(step.do, step.who, step.nth)
      case 'read':
        return this.read(step.who, step.seq)
      case 'archive':
        await this.asked(() => this.put(step.who, 'settings', { muted: false, archived: true, pinned: false }))
        return
      case 'take out':
      case 'leave':
        return this.end(step.do, step.who)
      case 'bring in':
        return this.bringIn(step.who)
      case 'disturb':
        return this.disturb(step.how)
    }
  }

  /** Until it is answered: a room that dies while it is asked answers nobody. */
  private asked(ask: () => Promise<Answer>): Promise<Answer> {
    return eventually(async () => {
      const answer = await ask()
      if (answer.status >= 500) throw new Error(`no answer: ${answer.status}`)
      return answer
    })
  }

  private async say(who: Place): Promise<void> {
    this.count += 1
    const [key, text] = [newKey(), `${this.cast[who].name} ${this.count}`]
    const { isIn } = this.knownOf(who)
    const answer = await this.asked(() => sending(this.cast[who], this.room, { text }, key))
    expect(answer.status).toBe(isIn ? 201 : 404)
    if (!isIn) return
    const { id, seq } = answer.body as MessageView
    this.sent.push({ who, id, seq })
  }

  private async change(how: 'edit' | 'delete', who: Place, nth: number): Promise<void> {
    const own = this.sent.filter((one) => one.who === who)
    const chosen = own[nth % Math.max(1, own.length)]
    if (!chosen) return
    const path = `/api/chats/rooms/${this.room.id}/messages/${chosen.id}`
    const person = this.cast[who]
    this.count += 1
    const text = `edited ${this.count}`
    await this.asked(() => (how === 'edit' ? person.patch(path, { text }) : person.delete(path)))
  }

  private async read(who: Place, seq: number): Promise<void> {
    const { status } = await this.asked(() => this.put(who, 'read', { seq }))
    const known = this.knownOf(who)
    expect(status).toBe(known.isIn ? 204 : 404)
    const { lastSeq } = (await look(this.cast[0], this.room)).body
    if (known.isIn) known.readSeq = Math.max(known.readSeq, Math.min(seq, lastSeq))
  }

  private async end(how: 'take out' | 'leave', who: Place): Promise<void> {
    const { isIn } = this.knownOf(who)
    const path = `/api/chats/rooms/${this.room.id}/members`
    const remove = () =>
      how === 'leave' ? this.cast[who].delete(`${path}/me`) : this.cast[0].delete(`${path}/${this.cast[who].handle}`)
    const { status } = await this.asked(remove)
    // The answer may have been lost the first time: then they are no member any more.
    expect([204, 404]).toContain(status)
    if (isIn) this.knownOf(who).isIn = false
  }

  private async bringIn(who: Place): Promise<void> {
    const known = this.knownOf(who)
    const path = `/api/chats/rooms/${this.room.id}/members`
    const { status } = await this.asked(() => this.cast[0].post(path, { handles: [this.cast[who].handle] }))
    expect(status).toBe(200)
    if (known.isIn) return
    const { fromSeq } = (await look(this.cast[who], this.room)).body
    Object.assign(known, { isIn: true, fromSeq, readSeq: fromSeq - 1 })
  }

  private put(who: Place, what: string, body: object): Promise<Answer> {
    return this.cast[who].put(`/api/chats/rooms/${this.room.id}/${what}`, body)
  }

  private async disturb(how: Disturbance): Promise<void> {
    switch (how.what) {
      case 'room sleeps':
        return unlessAsleep(evictRoom(this.room))
      case 'room dies':
        return crashRoom(this.room)
      case 'room forgets':
        return makeForgetful(this.room)
      case 'room rings':
        await ringRoom(this.room)
        return
      case 'inbox sleeps':
        return unlessAsleep(evictInbox(this.cast[how.who]))
      case 'inbox dies':
        return crashInbox(this.cast[how.who])
      case 'line breaks':
        return this.devices[how.who]?.leave()
      case 'line is back':
        return this.devices[how.who]?.connect()
    }
  }

  /** Everybody is back, and everything was told. */
  private async settle(): Promise<void> {
    await this.say(0)
    const all = await roomObject(this.room).transcript(0, 1_000)
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index + 1))
    expect(new Set(this.sent.map(({ seq }) => seq)).size).toBe(this.sent.length)
    for (const { id, seq } of this.sent) expect(all[seq - 1]?.id).toBe(id)
    for (const [place, device] of this.devices.entries())
      await eventually(async () => {
        await ringRoom(this.room)
        await device.connect()
        await this.expectTold(device, place as Place)
      })
    for (const device of this.devices) device.leave()
  }

  private async expectTold(device: Device, place: Place): Promise<void> {
    const known = this.knownOf(place)
    const ofRoom = device.facts.filter((fact) => 'room' in fact && fact.room === this.room.id)
    device.expectGapless()

    const posted = ofRoom.flatMap((fact) => (fact.type === 'message-posted' ? [fact.roomSeq] : []))
    expect(posted).toEqual([...new Set(posted)].toSorted((a, b) => a - b))
    const { body: rooms } = await device.who.get('/api/chats/rooms?limit=50')
    const row = rooms.items.find(({ id }: { id: string }) => id === this.room.id)
    if (!known.isIn) {
      expect(row).toBe(undefined)
      expect(ofRoom.findLast(({ type }) => type.startsWith('room-'))?.type).toBe('room-removed')
      return
    }

    const messages = (await this.everything(device.who)).toSorted((a, b) => a.seq - b.seq)
    expect(posted.filter((seq) => seq >= known.fromSeq)).toEqual(messages.map(({ seq }) => seq))
    const texts = new Map<number, string | null>()
    for (const fact of ofRoom) {
      if (fact.type === 'message-posted') texts.set(fact.roomSeq, fact.message.text)
      if (fact.type === 'message-changed') texts.set(fact.roomSeq, fact.text)
    }
    expect(messages.map(({ seq }) => texts.get(seq))).toEqual(messages.map(({ text }) => text))

    const unread = unreadOf(messages, device.who.handle, known)
    const lastTold = ofRoom.findLast((fact) => 'roomUnread' in fact)
    const seen = (await look(device.who, this.room)).body
    expect([row.unread, seen.unread, lastTold && 'roomUnread' in lastTold ? lastTold.roomUnread : null]).toEqual([
      unread,
      unread,
      unread,
    ])
  }

  private async everything(who: Actor): Promise<MessageView[]> {
    const messages: MessageView[] = []
    for (;;) {
      const part = await history(who, this.room, `?after=${messages.at(-1)?.seq ?? 0}&limit=50`)
      messages.push(...part)
      if (part.length < 50) return messages
    }
  }

  private knownOf(place: Place): Known {
    const known = this.known[place]
    if (!known) throw new Error(`nobody at ${place}`)
    return known
  }
}

/** What is not running cannot be put to sleep. */
async function unlessAsleep(work: Promise<void>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!/not currently running|crash/.test(String(error))) throw error
  }
}

/** The definition: messages by others after my read place, inside my span, not deleted. */
function unreadOf(messages: readonly MessageView[], me: string, { readSeq, fromSeq }: Known): number {
  return messages.filter(
    ({ seq, author, deleted }) =>
      author !== null && author.handle !== me && !deleted && seq > readSeq && seq >= fromSeq,
  ).length
}
