import { Person, Site } from '../../run/demo/client.ts'
import type { Member } from '../../run/demo/cast.ts'
import { pause } from '../siege/bidder.ts'
import { Chance } from '../siege/chance.ts'
import type { Ending } from './line.ts'
import { tempers, type Means } from './tempers.ts'

/** Everybody hostile, in a process of their own: what they do must not be in the way of those who measure. */
export interface Order {
  origin: string
  key: string
  auction: string
  /** At least so many are sent. */
  frames: number
  seed: number
  people: { member: Member; login: string }[]
}

export interface Report {
  sent: number
  /** By temper and how it ended, such as `says anything: 4400`. */
  endings: Record<string, number>
  /** Endings that should not be. */
  faults: string[]
}

/** What they are told: nobody begins anything, or anything new, until they go on. */
export type Word = 'rest' | 'go on'

/** What they say: that all are signed in and wait, and at the end what came of it. */
export type Said = 'ready' | Report

const attackers = 12
/** They come one after the other, at first and after each rest: thirteen kinds of trouble in one moment are a moment, not an attack. */
const arrivalMs = 500
/**
 * Each comes again so long after coming at the earliest, else whoever is thrown out sooner would only be there more often; never the
 * same, else all who waited out one stall would come together from then on.
 */
const againMs = { least: 500, spread: 1_000 }
const all = Object.entries(tempers)
const weights = all.reduce((sum, [, { weight }]) => sum + weight, 0)

let rest: PromiseWithResolvers<void> | null = Promise.withResolvers<void>()

async function attack(order: Order): Promise<Report> {
  const report: Report = { sent: 0, endings: {}, faults: [] }
  const site = new Site(order.origin, order.key)
  const people = order.people.map(({ member, login }) => new Person(site, member, login))
  // Before anything is measured: to look at a password takes a fifth of a second, and here of the thread that also has the room.
  for (const person of people) await person.ask('POST', '/api/accounts/tickets')
  say('ready')
  // Whatever is left to chance, each temper is there.
  const due = Object.keys(tempers)
  const lives = Array.from({ length: attackers }, async (_, place) => {
    const means = meansOf(order, people, new Chance(order.seed * 1_000 + place), report)
    let comes = true
    while (report.sent < order.frames || due.length > 0) {
      if (rest !== null) {
        await rest.promise
        comes = true
      }
      if (comes) await pause(place * arrivalMs)
      comes = false
      const temper = due.pop() ?? temperBy(means.chance)
      await Promise.all([tempers[temper]!.act(means), pause(againMs.least + means.chance.below(againMs.spread))])
    }
  })
  await Promise.all(lives)
  return report
}

function meansOf({ origin, auction }: Order, people: Person[], chance: Chance, report: Report): Means {
  const base = origin.replace('http', 'ws')
  return {
    chance,
    urlOf: (door) => (door === 'inbox' ? `${base}/api/live` : `${base}/api/auctions/${auction}/live`),
    async ticket(account = chance.below(people.length)) {
      const { ticket } = await people[account]!.ask<{ ticket: string }>('POST', '/api/accounts/tickets')
      return ticket
    },
    tell(temper, sent, ending) {
      report.sent += sent
      const words = wordsOf(ending)
      const line = `${temper}: ${words}`
      report.endings[line] = (report.endings[line] ?? 0) + 1
      if (!isAllowed(temper, ending)) report.faults.push(`somebody who ${temper} ended with ${words}`)
    },
  }
}

function wordsOf(ending: Ending | 'left'): string {
  if (ending === 'left') return 'left'
  if ('status' in ending) return `refused ${ending.status}`
  return ending.code === 0 ? 'not closed' : String(ending.code)
}

function isAllowed(temper: string, ending: Ending | 'left'): boolean {
  if (ending === 'left') return true
  if ('status' in ending) return ending.status === 429
  const { codes } = tempers[temper]!
  return codes === null || codes.includes(ending.code)
}

function temperBy(chance: Chance): string {
  let drawn = (chance.below(1_000_000) / 1_000_000) * weights
  for (const [name, { weight }] of all) if ((drawn -= weight) < 0) return name
  return all[0]![0]
}

function say(said: Said, after = () => {}): void {
  process.send?.(said, after)
}

/** Tells, and is gone: what still waits for lines that never end must not keep the process. */
function tell(report: Report): void {
  say(report, () => process.exit(0))
}

process.on('message', (message: Order | Word) => {
  if (message === 'rest') return void (rest = Promise.withResolvers())
  if (message === 'go on') {
    rest?.resolve()
    rest = null
    return
  }
  attack(message).then(tell, (error: unknown) => tell({ sent: 0, endings: {}, faults: [String(error)] }))
})
