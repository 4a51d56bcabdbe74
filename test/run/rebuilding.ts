import { createReadStream, existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { archivedLot, type ArchivedLot } from '../../worker/auctions/rules/archived.ts'
import { Envelope, readEvent, type Fact } from '../../worker/contract/events.ts'
import { rebuilding, RebuildResponse, retelling, RetellResponse } from '../../worker/contract/rebuilding.ts'
import { signRequest } from '../../relay/signing.ts'

export interface Rebuilding {
  /** The relay's archive: `auction/<auction id>.jsonl`, one event a line. */
  archive: string
  /** Where the Worker answers. */
  workerUrl: string
  /** The relay's, base64url. */
  secret: string
  say(line: string): void
}

export interface Rebuilt {
  rebuilt: number
  /** D1 knows more of these than the archive has yet. */
  ahead: string[]
  /** D1 has no terms of these. */
  absent: string[]
  /** Files that do not begin with a publication. */
  unreadable: string[]
}

/** A request stays well below what the Worker takes. */
const requestBytes = 512 * 1024
const sayEvery = 100

/**
 * Makes D1's projection of every auction again from the archive alone. It may run while people bid, stop anywhere and be run again:
 * each auction is set to what its events lead to, unless D1 knows more. Rejects when the Worker refuses or cannot be reached.
 */
export async function rebuildProjections(plan: Rebuilding): Promise<Rebuilt> {
  const { archive, say } = plan
  const folder = join(archive, 'auction')
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.jsonl')) : []
  const done: Rebuilt = { rebuilt: 0, ahead: [], absent: [], unreadable: [] }
  say(`${files.length} auctions in ${archive}`)

  let run: { lot: ArchivedLot; bytes: number }[] = []
  const send = async () => {
    if (run.length > 0)
      note(
        done,
        await put(
          plan,
          run.map(({ lot }) => lot),
        ),
      )
    run = []
  }
  for (const [place, name] of files.toSorted().entries()) {
    const lot = archivedLot(await factsIn(join(folder, name)))
    if (!lot) done.unreadable.push(basename(name, '.jsonl'))
    else {
      const bytes = JSON.stringify(lot).length
      const waiting = run.reduce((sum, one) => sum + one.bytes, 0)
      if (run.length === rebuilding.auctionsPerRequest || waiting + bytes > requestBytes) await send()
      run.push({ lot, bytes })
    }
    if ((place + 1) % sayEvery === 0) say(`${place + 1} of ${files.length} read`)
  }
  await send()
  return done
}

/** What this version knows of a stream; what is newer than that is no part of D1. */
async function factsIn(file: string): Promise<Fact[]> {
  const facts: Fact[] = []
  for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
    // The last line may be half-written: the relay is at work.
    if (!line.endsWith('}')) continue
    const read = readEvent(Envelope.parse(JSON.parse(line)))
    if (read.ok) facts.push(read.event)
  }
  return facts
}

/** Has every deal that the archive knows tell D1 anew, also while the two go on. Names those that are not there. */
export async function retellDeals(plan: Rebuilding): Promise<{ rebuilt: number; absent: string[] }> {
  const folder = join(plan.archive, 'deal')
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.jsonl')) : []
  const deals = files.toSorted().map((name) => basename(name, '.jsonl'))
  plan.say(`${deals.length} deals in ${plan.archive}`)
  const absent: string[] = []
  for (let from = 0; from < deals.length; from += retelling.dealsPerRequest) {
    const some = deals.slice(from, from + retelling.dealsPerRequest)
    const { fates } = RetellResponse.parse(await ask(plan, retelling.path, { deals: some }))
    absent.push(...fates.flatMap(({ deal, fate }) => (fate === 'absent' ? [deal] : [])))
  }
  return { rebuilt: deals.length - absent.length, absent }
}

async function put(plan: Rebuilding, auctions: ArchivedLot[]): Promise<RebuildResponse> {
  return RebuildResponse.parse(await ask(plan, rebuilding.path, { auctions }))
}

async function ask({ workerUrl, secret }: Rebuilding, path: string, question: object): Promise<unknown> {
  const body = new TextEncoder().encode(JSON.stringify(question))
  const key = new Uint8Array(Buffer.from(secret, 'base64url'))
  const token = await signRequest(key, { method: 'PUT', path, body })
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const answer = await fetch(workerUrl + path, { method: 'PUT', headers, body })
  if (!answer.ok) throw new Error(`the Worker answered ${answer.status}: ${await answer.text()}`)
  return answer.json()
}

function note(done: Rebuilt, { fates }: RebuildResponse): void {
  for (const { auction, fate } of fates)
    if (fate === 'rebuilt') done.rebuilt += 1
    else done[fate].push(auction)
}
