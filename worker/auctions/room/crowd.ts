import type { Presence } from '../../contract/auctions.ts'
import type { AccountId } from '../../contract/ids.ts'
import { sockets as limits } from '../../contract/limits.ts'
import type { Participant } from '../../accounts/api.ts'

/** How a person is named to others; null for one who does not want to be. */
export type Shown = Presence['named'][number] | null

export function shownOf({ showInRooms, handle, name }: Participant): Shown {
  return showInRooms ? { handle, name } : null
}

/** What one person has in one place. */
export interface Here {
  shown: Shown
  /** When their sockets were opened, the oldest first. */
  opened: number[]
}

/** Everybody who is present at an auction, in the room and in the shards of its audience: people once, visitors by socket. */
export class Crowd {
  /** Where each of them has sockets, in the order of their coming. */
  private readonly people = new Map<AccountId, Map<number, Here>>()
  private readonly visitors = new Map<number, number>()
  private named: Presence['named'] | null = null

  come(place: number, account: AccountId, here: Here): void {
    const places = this.people.get(account) ?? new Map<number, Here>()
    this.people.set(account, places.set(place, here))
    this.named = null
  }

  go(place: number, account: AccountId): void {
    const places = this.people.get(account)
    if (!places?.delete(place)) return
    if (places.size === 0) this.people.delete(account)
    this.named = null
  }

  setVisitors(place: number, count: number): void {
    if (count > 0) this.visitors.set(place, count)
    else this.visitors.delete(place)
  }

  /** Nobody is left in that place. */
  clear(place: number): void {
    this.visitors.delete(place)
    for (const account of this.people.keys()) this.go(place, account)
  }

  /** How many of their sockets to close in which place, so that the newest `most` are left. From here on they count as closed. */
  beyond(account: AccountId, most: number): { place: number; count: number }[] {
    const places = this.people.get(account) ?? new Map<number, Here>()
    const newestFirst = [...places.values()].flatMap(({ opened }) => opened).sort((a, b) => b - a)
    if (newestFirst.length <= most) return []
    let left = newestFirst.length - most
    const until = newestFirst[most] ?? 0
    const closing: { place: number; count: number }[] = []
    for (const [place, { shown, opened }] of places) {
      const count = Math.min(left, opened.filter((at) => at <= until).length)
      if (count === 0) continue
      left -= count
      places.set(place, { shown, opened: opened.slice(count) })
      closing.push({ place, count })
    }
    return closing
  }

  placesOf(account: AccountId): number[] {
    return [...(this.people.get(account)?.keys() ?? [])]
  }

  present(): Presence {
    let count = this.people.size
    for (const visitors of this.visitors.values()) count += visitors
    this.named ??= this.firstNamed()
    return { count, named: this.named }
  }

  private firstNamed(): Presence['named'] {
    const named: Presence['named'] = []
    for (const places of this.people.values()) {
      const shown = [...places.values()].at(-1)?.shown ?? null
      if (shown && named.push(shown) === limits.presenceNamed) break
    }
    return named
  }
}
