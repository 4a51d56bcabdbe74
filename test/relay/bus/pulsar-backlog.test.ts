import { describe, expect, it } from 'vitest'
import { PulsarBacklog } from '../../../relay/bus/pulsar-backlog.ts'
import { idBefore, isAtOrAfter, positionOf } from '../../../relay/bus/pulsar-wire.ts'
import type { Envelope } from '../../../worker/contract/events.ts'
import { likes } from '../../support/relay.ts'

type Run = [Envelope, ...Envelope[]]

describe('what a reader holds of Pulsar', () => {
  function held() {
    const acknowledged: string[] = []
    const backlog = new PulsarBacklog(() => {})
    const take = (id: string, from: number, to: number) =>
      backlog.take(id, likes('accounts', from, to) as Run, () => acknowledged.push(id))
    const seqs = () => backlog.peek('accounts', 100).map(({ seq }) => seq)
    return { backlog, take, seqs, acknowledged }
  }

  it('acknowledges a message when all of its events are done', () => {
    const { backlog, take, acknowledged } = held()
    take('a', 1, 3)
    take('b', 4, 5)
    backlog.acknowledge('accounts', 2)
    expect(acknowledged).toEqual([])
    backlog.acknowledge('accounts', 4)
    expect(acknowledged).toEqual(['a'])
    backlog.acknowledge('accounts', 5)
    expect(acknowledged).toEqual(['a', 'b'])
  })

  it('drops what was sent again, in other runs, and acknowledges it in its turn', () => {
    const { backlog, take, seqs, acknowledged } = held()
    expect([take('a', 1, 3), take('again', 1, 2), take('more', 2, 6)]).toEqual([3, 0, 3])
    expect(seqs()).toEqual([1, 2, 3, 4, 5, 6])
    backlog.acknowledge('accounts', 3)
    expect(acknowledged).toEqual(['a', 'again'])
    backlog.acknowledge('accounts', 6)
    expect(acknowledged).toEqual(['a', 'again', 'more'])
    expect(take('late', 4, 6)).toBe(0)
    expect(acknowledged.at(-1)).toBe('late')
    expect(seqs()).toEqual([])
  })

  it('holds a message once that comes again after a cut', () => {
    const { backlog, take, seqs, acknowledged } = held()
    take('a', 1, 3)
    expect(take('a', 1, 3)).toBe(0)
    expect(seqs()).toEqual([1, 2, 3])
    backlog.acknowledge('accounts', 3)
    expect(acknowledged).toEqual(['a'])
  })
})

describe('places in a topic', () => {
  // As Pulsar 4.0.7 answered: ledger 5, entries 2 and 3.
  const [second, third] = ['CAUQAjAA', 'CAUQAzAA'] as const

  it('are read from the ids of messages', () => {
    expect(positionOf(second)).toEqual({ ledger: 5n, entry: 2n })
    expect(positionOf(idBefore(third))).toEqual(positionOf(second))
    expect(positionOf(idBefore('CAUQADAA'))).toEqual({ ledger: 5n, entry: -1n })
  })

  it('follow each other', () => {
    const at = (ledger: bigint, entry: bigint) => ({ ledger, entry })
    expect(isAtOrAfter(positionOf(third), positionOf(second))).toBe(true)
    expect(isAtOrAfter(positionOf(second), positionOf(third))).toBe(false)
    expect(isAtOrAfter(at(6n, 0n), at(5n, 900n))).toBe(true)
  })
})
