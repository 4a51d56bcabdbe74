import { sockets } from '../../../worker/contract/limits.ts'
import { closeCodes } from '../../../worker/contract/live.ts'
import type { Chance } from '../siege/chance.ts'
import { pause } from '../siege/bidder.ts'
import { among, harmlessFrame, hostileFrame, malformedFrame, tooLargeFrame, type Door, type Frame } from './frames.ts'
import { Line, type Ending } from './line.ts'

/** What somebody hostile has to do with. */
export interface Means {
  chance: Chance
  /** A new ticket of one of their accounts, of always the same where a number is given. */
  ticket(account?: number): Promise<string>
  urlOf(door: Door): string
  /** What has come to its end, for the report. */
  tell(temper: string, sent: number, ending: Ending | 'left'): void
}

export interface Temper {
  /** How often, beside the others. */
  weight: number
  /** Codes with which its lines may end; null for whatever the runtime makes of them. */
  codes: readonly number[] | null
  act(means: Means): Promise<void>
}

const { malformed, authorityOver, tooManySockets, frameTooLarge, tooFast } = closeCodes
const hello = { type: 'hello' }

/**
 * After a close has had its time: a line that is still open then was not closed. One that said nothing at all is closed after 5 s, but
 * workerd writes that down only with the object's next event, which is the sweep of 20 s at the latest.
 */
const patienceMs = 40_000

export const tempers: Record<string, Temper> = {
  'says anything': {
    weight: 60,
    codes: [malformed, frameTooLarge, tooManySockets],
    act: (means) => say(means, 'says anything', 12, (chance, door) => hostileFrame(chance, door)),
  },
  'says harmless things too fast': {
    weight: 12,
    codes: [tooFast, tooManySockets],
    act: (means) => say(means, 'says harmless things too fast', sockets.frames.most + 50, harmlessFrame),
  },
  'greets again and again': {
    weight: 4,
    codes: [tooFast, tooManySockets],
    act: (means) => say(means, 'greets again and again', sockets.greetings, () => JSON.stringify(hello)),
  },
  'says what is too large': {
    weight: 4,
    codes: [frameTooLarge, tooManySockets],
    act: (means) => say(means, 'says what is too large', 1, tooLargeFrame),
  },
  'does not greet': {
    weight: 4,
    codes: [malformed, tooManySockets],
    async act(means) {
      const { line, door } = await come(means)
      if (!(await line.opened)) return end(means, 'does not greet', line)
      // Something else first, or nothing for as long as one has.
      if (means.chance.below(8) > 0)
        line.send(means.chance.below(2) === 0 ? { type: 'seen', seq: 1 } : malformedFrame(means.chance, door))
      return end(means, 'does not greet', line)
    },
  },
  'comes twice with one ticket': {
    weight: 3,
    codes: [authorityOver, tooManySockets],
    async act(means) {
      const ticket = await means.ticket()
      const url = means.urlOf(doorBy(means.chance))
      const first = new Line({ url, address: addressBy(means.chance), ticket })
      if (await first.opened) first.send(hello)
      await end(means, 'comes twice with one ticket', new Line({ url, address: addressBy(means.chance), ticket }))
      first.drop()
    },
  },
  'comes with a ticket of its own making': {
    weight: 3,
    codes: [authorityOver],
    async act(means) {
      const ticket = spoiled(await means.ticket(), means.chance)
      const url = means.urlOf(doorBy(means.chance))
      return end(
        means,
        'comes with a ticket of its own making',
        new Line({ url, address: addressBy(means.chance), ticket }),
      )
    },
  },
  'never reads': {
    weight: 3,
    codes: null,
    async act(means) {
      const { line } = await come(means)
      if (!(await line.opened)) return end(means, 'never reads', line)
      line.deafen()
      // Each of the first is answered with the whole room, the others with a word.
      for (let count = 0; count < sockets.frames.most; count += 1)
        line.send(count < sockets.greetings ? hello : { type: 'clock', ref: 'r', sentAt: count })
      await pause(2_000 + means.chance.below(4_000))
      leave(means, 'never reads', line)
    },
  },
  'breaks the protocol below': {
    weight: 4,
    codes: null,
    async act(means) {
      const { line } = await come(means)
      if (!(await line.opened)) return end(means, 'breaks the protocol below', line)
      line.send(hello)
      line.scrawl(scrawlBy(means.chance))
      await Promise.race([line.ended, pause(300)])
      leave(means, 'breaks the protocol below', line)
    },
  },
  'comes too often': {
    weight: 0.5,
    codes: [tooManySockets],
    async act(means) {
      const url = means.urlOf('auction')
      const lines: Line[] = []
      for (let count = 0; count <= sockets.perAccount; count += 1) {
        const line = new Line({ url, address: addressBy(means.chance), ticket: await means.ticket(0) })
        if (await line.opened) line.send(hello)
        lines.push(line)
      }
      // Others with this account are here, too: whichever of these came first has to go.
      await end(means, 'comes too often', lines[0]!)
      for (const line of lines) line.drop()
    },
  },
  'brings the whole street': {
    weight: 0.1,
    codes: [tooManySockets],
    async act(means) {
      const [url, address] = [means.urlOf('auction'), addressBy(means.chance)]
      const lines = Array.from({ length: sockets.perIp }, () => new Line({ url, address }))
      const greet = async (line: Line) => {
        if (await line.opened) line.send(hello)
      }
      await Promise.all(lines.map(greet))
      await end(means, 'brings the whole street', new Line({ url, address }))
      for (const line of lines) line.drop()
    },
  },
}

/** Comes, greets, and says so much of one kind as fast as it can. */
async function say(
  means: Means,
  temper: string,
  count: number,
  frame: (chance: Chance, door: Door) => Frame,
): Promise<void> {
  const { line, door } = await come(means)
  if (!(await line.opened)) return end(means, temper, line)
  line.send(hello)
  for (let said = 0; said < count; said += 1) line.send(frame(means.chance, door))
  // Whoever said nothing that ends a line says now what does.
  if (temper === 'says anything') for (let last = 0; last < sockets.malformedFrames; last += 1) line.send('{')
  return end(means, temper, line)
}

async function come(means: Means): Promise<{ line: Line; door: Door }> {
  const { chance } = means
  const door = doorBy(chance)
  // Nobody comes into an Inbox without a ticket.
  const ticket = door === 'inbox' || chance.below(3) > 0 ? await means.ticket() : undefined
  return { line: new Line({ url: means.urlOf(door), address: addressBy(chance), ticket }), door }
}

async function end(means: Means, temper: string, line: Line): Promise<void> {
  const ending = await Promise.race([line.ended, pause(patienceMs).then(() => null)])
  line.drop()
  means.tell(temper, line.sent, ending ?? { code: 0 })
}

function leave(means: Means, temper: string, line: Line): void {
  line.drop()
  means.tell(temper, line.sent, 'left')
}

function doorBy(chance: Chance): Door {
  return chance.below(3) === 0 ? 'inbox' : 'auction'
}

function addressBy(chance: Chance): string {
  return `10.${chance.below(256)}.${chance.below(256)}.${chance.below(256)}`
}

/** A ticket that says something else than what was sealed. */
function spoiled(ticket: string, chance: Chance): string {
  const parts = ticket.split('.')
  const at = chance.below(parts.length)
  const part = parts[at] ?? ''
  return among(chance, [
    () => parts.with(at, `${part.slice(0, -1)}${part.endsWith('x') ? 'y' : 'x'}`).join('.'),
    () => parts.with(2, 'zzzzzzzzz').join('.'),
    () => parts.toSpliced(at, 1).join('.'),
    () => 'x'.repeat(1 + chance.below(2_000)),
  ])()
}

/** Frames that RFC 6455 forbids, or that never end. */
function scrawlBy(chance: Chance): Buffer {
  return among(chance, [
    // Reserved bits, a text that is not masked, a reserved opcode, a ping that is too long, a text that is not UTF-8.
    () => Buffer.from([0xf1, 0x80, 0, 0, 0, 0]),
    () => Buffer.from([0x81, 0x02, 0x7b, 0x7d]),
    () => Buffer.from([0x83, 0x80, 0, 0, 0, 0]),
    () => Buffer.concat([Buffer.from([0x89, 0xfe, 0x01, 0x00, 0, 0, 0, 0]), Buffer.alloc(256)]),
    () => Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28]),
    // One that says it is of 2^62 bytes; a piece whose rest never comes; a continuation of nothing; bytes without any sense.
    () => Buffer.from([0x81, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]),
    () => Buffer.from([0x01, 0x81, 0, 0, 0, 0, 0x7b]),
    () => Buffer.from([0x80, 0x81, 0, 0, 0, 0, 0x7b]),
    () => Buffer.from(Array.from({ length: 200 }, () => chance.below(256))),
  ])()
}
