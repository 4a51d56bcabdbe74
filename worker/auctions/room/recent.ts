import type { Checkpoint } from '../../contract/ledger.ts'
import { sockets } from '../../contract/limits.ts'
import type { Batch, Fact } from '../../contract/live.ts'
import { packFacts } from '../../contract/wire.ts'

/** One frame of consecutive facts. A checkpoint signs the ledger where it moved. */
export function batchOf(facts: Fact[], checkpoint: Checkpoint | null): Batch {
  return {
    type: 'batch',
    first: facts[0]?.seq ?? 0,
    last: facts.at(-1)?.seq ?? 0,
    frames: packFacts(facts),
    ...(checkpoint ? { checkpoint } : {}),
  }
}

/** More of them than clients that dropped at different times ask for. */
const textsMost = 64

/**
 * The last facts, and frames of them for those who missed some: when everybody drops at once they all ask for the same. What was
 * removed from the chat may not come back by a resume, so a removal makes it forget all that came before.
 */
export class Recent {
  private facts: Fact[] = []
  private texts = new Map<string, string>()
  private lastSeq: number

  constructor(last: number) {
    this.lastSeq = last
  }

  get last(): number {
    return this.lastSeq
  }

  /** Place of the first fact that is here. */
  get first(): number {
    return this.lastSeq - this.facts.length + 1
  }

  /** The facts after `last`, in order. */
  append(facts: readonly Fact[]): void {
    for (const fact of facts) {
      if (fact.type === 'message-removed') this.forget()
      this.facts.push(fact)
      this.lastSeq = fact.seq
    }
    if (this.facts.length > 2 * sockets.resumeFacts) this.facts = this.facts.slice(-sockets.resumeFacts)
  }

  /** The facts before `first`, in order. */
  prepend(facts: readonly Fact[]): void {
    if (facts.at(-1)?.seq === this.first - 1) this.facts.unshift(...facts)
  }

  /** Whether all that came after this place is here. */
  covers(seq: number): boolean {
    return seq + 1 >= this.first && seq <= this.lastSeq
  }

  /** What came after this place as frames; the last one has the checkpoint. */
  framesAfter(seq: number, checkpoint: () => Checkpoint | null): string[] {
    const missed = this.facts.slice(seq + 1 - this.first)
    const frames: string[] = []
    for (let at = 0; at < missed.length; at += sockets.resumeBatch) {
      const part = missed.slice(at, at + sockets.resumeBatch)
      const isLast = at + sockets.resumeBatch >= missed.length
      frames.push(this.textOf(part, isLast ? checkpoint : null))
    }
    return frames
  }

  private textOf(part: Fact[], checkpoint: (() => Checkpoint | null) | null): string {
    const name = `${part[0]?.seq}-${part.at(-1)?.seq}${checkpoint ? ' signed' : ''}`
    const known = this.texts.get(name)
    if (known !== undefined) return known
    if (this.texts.size >= textsMost) this.texts.clear()
    const text = JSON.stringify(batchOf(part, checkpoint?.() ?? null))
    this.texts.set(name, text)
    return text
  }

  private forget(): void {
    this.facts = []
    this.texts.clear()
  }
}
