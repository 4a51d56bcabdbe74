import { log, reasonOf } from '../log.ts'
import type { DeadLetter } from './bus.ts'
import { deadTopic, type PulsarAdmin } from './pulsar-admin.ts'
import { isAtOrAfter, positionOf, reconnectPause, type Wire } from './pulsar-wire.ts'

/** The topic of what was set aside, and what this process has seen of it. */
export interface DeadLetters {
  add(letter: DeadLetter): Promise<void>
  count(): number
  /** The oldest thousand. */
  list(): DeadLetter[]
}

const most = 1_000

/** Reads the topic to its end, then goes on following it: other relays set aside, too. */
export async function followDeadLetters(wire: Wire, admin: PulsarAdmin): Promise<DeadLetters> {
  const known = new Set<string>()
  const letters: DeadLetter[] = []
  const keyOf = ({ reader, event }: DeadLetter) => `${reader} ${event.stream} ${event.seq}`

  function keep(letter: DeadLetter) {
    if (known.has(keyOf(letter))) return
    known.add(keyOf(letter))
    if (letters.length < most) letters.push(letter)
  }

  const { promise: caughtUp, resolve: isThere, reject } = Promise.withResolvers<void>()

  async function follow() {
    const end = await admin.end(deadTopic)
    if (!end) isThere()
    for (let attempt = 0; !wire.closed.aborted; attempt += 1)
      try {
        for await (const { id, text } of wire.scan(deadTopic, null)) {
          keep(JSON.parse(text) as DeadLetter)
          if (end && isAtOrAfter(positionOf(id), end)) isThere()
          attempt = 0
        }
      } catch (error) {
        if (wire.closed.aborted) return
        log('bus-lost', { topic: deadTopic, reason: reasonOf(error) }, 'warn')
        await reconnectPause(attempt)
      }
  }
  follow().catch(reject)
  await caughtUp

  return {
    async add(letter) {
      if (known.has(keyOf(letter))) return
      await wire.send(deadTopic, letter.event.stream, JSON.stringify(letter))
      keep(letter)
    },
    count: () => known.size,
    list: () => letters.toSorted((a, b) => a.at - b.at || a.event.seq - b.event.seq),
  }
}
