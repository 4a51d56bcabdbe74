import { expect } from 'vitest'
import type { InboxFact } from '../../../../worker/contract/inbox.ts'
import type { Actor } from '../../../support/worker/actors.ts'
import { inboxSocket, type InboxClient } from '../../../support/worker/inbox.ts'

/** One device of a person through lines that break: what it heard, in the order in which it heard it. */
export class Device {
  readonly who: Actor
  private line: InboxClient | null = null
  private heard: InboxFact[] = []
  private epoch = ''
  private base = 0
  private seq = 0

  constructor(who: Actor) {
    this.who = who
  }

  /** The first time with a snapshot; ever after it goes on where it was. */
  async connect(): Promise<void> {
    if (this.line && !this.line.ended) return
    this.leave()
    const isFirst = this.epoch === ''
    const line = await inboxSocket(this.who, isFirst ? {} : { epoch: this.epoch, seq: this.seq })
    const isSnapshot = line.frames.some(({ type }) => type === 'snapshot')
    expect(isSnapshot, `${this.who.name} began anew`).toBe(isFirst)
    if (isFirst) this.base = line.frames.flatMap((frame) => (frame.type === 'snapshot' ? [frame.seq] : []))[0] ?? 0
    this.epoch = String(line.epoch)
    this.line = line
  }

  /** The line is gone, with whatever was still on its way. */
  leave(): void {
    const { line } = this
    if (!line) return
    this.heard.push(...line.facts)
    this.seq = Math.max(this.seq, line.seq)
    this.line = null
    line.close()
  }

  get facts(): InboxFact[] {
    return [...this.heard, ...(this.line?.facts ?? [])]
  }

  /** Every number once and in order, from the snapshot on. */
  expectGapless(): void {
    const { facts, base } = this
    expect(facts.map(({ seq }) => seq)).toEqual(facts.map((_, index) => base + index + 1))
  }
}
