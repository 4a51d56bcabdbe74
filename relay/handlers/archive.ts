import { mkdir, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FileHandle } from 'node:fs/promises'
import type { Envelope } from '../../worker/contract/events.ts'
import type { Receive } from '../bus/bus.ts'

/**
 * Keeps every event for good: one append-only file of JSON lines per stream, `archive/auction/<id>.jsonl` or
 * `archive/accounts.jsonl`. Appending the same run twice, or dying in the middle of one, leaves each event there once.
 */
export function archiveIn(dir: string): Receive {
  /** The last seq in each file that was written lately, so that not every run has to read the file's end. */
  const lastSeqs = new Map<string, number>()

  return async (run) => {
    const { stream } = run[0]
    const path = join(dir, `${stream.replace(':', '/')}.jsonl`)
    await mkdir(dirname(path), { recursive: true })
    const file = await open(path, 'a+')
    try {
      const last = lastSeqs.get(stream) ?? (await mend(file))
      const fresh = run.filter((event) => event.seq > last)
      lastSeqs.delete(stream)
      if (fresh.length > 0) {
        await file.appendFile(fresh.map((event) => `${JSON.stringify(event)}\n`).join(''))
        await file.datasync()
      }
      remember(lastSeqs, stream, fresh.at(-1)?.seq ?? last)
    } finally {
      await file.close()
    }
  }
}

const remembered = 10_000
// Longer than any line: a request of events is at most 1 MiB.
const tailBytes = 2 * 1024 * 1024

function remember(lastSeqs: Map<string, number>, stream: string, seq: number) {
  lastSeqs.set(stream, seq)
  const [oldest] = lastSeqs.keys()
  if (lastSeqs.size > remembered && oldest !== undefined) lastSeqs.delete(oldest)
}

/** Cuts off a line that a crash left half-written, and tells the seq of the last whole one (0 if there is none). */
async function mend(file: FileHandle): Promise<number> {
  const { size } = await file.stat()
  if (size === 0) return 0
  const start = Math.max(0, size - tailBytes)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start)
  const tail = buffer.subarray(0, bytesRead)
  const end = tail.lastIndexOf(10) + 1
  if (end < tail.length) await file.truncate(start + end)
  const line = tail.subarray(tail.lastIndexOf(10, end - 2) + 1, end).toString()
  return line.length === 0 ? 0 : (JSON.parse(line) as Envelope).seq
}
