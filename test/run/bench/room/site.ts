import { DatabaseSync } from 'node:sqlite'
import sharp from 'sharp'
import type { AuctionView } from '../../../../worker/contract/auctions.ts'
import { audience } from '../../../../worker/contract/limits.ts'
import { databaseIn } from '../../../support/house-database.ts'
import { join as joinSite } from '../../demo/joining.ts'
import { Memory } from '../../demo/memory.ts'
import { openPeopled } from '../people.ts'
import type { Door } from './frames.ts'

export interface BenchSite {
  /** A fresh auction that starts at 100 won and runs for a week. The one before it is erased: a seller has three at once. */
  openAuction(): Promise<Door>
  /** So many at once. Each gets a seller of its own as soon as it is published. */
  openAuctions(count: number): Promise<Door[]>
  /** Lets a twentieth of the usual fill a room and the shards of its audience, so that a small load goes the same ways. */
  shrinkAudience(): Promise<void>
  /** Place of the last fact of an auction. */
  lastSeq(door: Door): Promise<number>
  tickets(count: number): string[]
  close(): Promise<void>
}

/** The real Worker in workerd, with so many people in its tables and rooms whose patience is not measured. */
export async function openSite(peopleCount: number): Promise<BenchSite> {
  const { path, site, house, tickets, close } = await openPeopled(peopleCount)
  const seller = await joinSite(site, Memory.of(path), { handle: 'bench.seller', name: 'Seller', bio: '', days: 0 })
  const picture = sharp({ create: { width: 320, height: 320, channels: 3, background: '#f08020' } })
  const image = await seller.upload(await picture.jpeg().toBuffer(), 'auction', 'a lamp')
  let last: string | null = null
  const live = (id: string): Door => ({
    url: `${house.origin.replace('http', 'ws')}/api/auctions/${id}/live`,
    headers: site.keyHeaders,
  })
  const publish = async (): Promise<string> => {
    const { id } = await seller.ask<AuctionView>('POST', '/api/auctions', { body: { ...terms, images: [image] } })
    await seller.ask('POST', `/api/auctions/${id}/publish`)
    return id
  }
  return {
    async openAuction() {
      if (last !== null) await site.ask('DELETE', `/dev/auctions/${last}`)
      last = await publish()
      return live(last)
    },
    async openAuctions(count) {
      const doors: Door[] = []
      const db = new DatabaseSync(databaseIn(path), { timeout: 10_000 })
      const giveAway = db.prepare('update auction set seller = ? where id = ?')
      while (doors.length < count) {
        const id = await publish()
        giveAway.run(`seller of ${id}`, id)
        doors.push(live(id))
      }
      db.close()
      return doors
    },
    async shrinkAudience() {
      const { room, shard, most } = audience
      await site.ask('POST', '/dev/limits/audience', { body: { room: room / 20, shard: shard / 20, most: most / 20 } })
    },
    async lastSeq({ url }) {
      const { pathname } = new URL(url)
      return (await site.ask<{ seq: number }>('GET', pathname.replace(/live$/, 'state'))).seq
    },
    tickets,
    close,
  }
}

const terms = {
  title: 'A lamp',
  content: 'It shines.',
  category: 'furniture',
  condition: 'good',
  defects: '',
  startPrice: 100,
  durationMinutes: 10_080,
  handover: 'either',
  shippingFee: 0,
}
