import type { AccountId } from '../../contract/ids.ts'
import type { PersonCard } from '../../contract/profiles.ts'
import type { Db } from '../../kernel/db.ts'
import { personCards } from '../../profiles/api.ts'

/** So long what was looked up of people elsewhere is good enough: a talk must not ask D1 once for every message. */
export const goodForMs = 10_000

/** Cards of people whom the owner hears of. In memory alone. */
export class Acquaintances {
  private readonly db: Db
  private readonly known = new Map<AccountId, { card: PersonCard; at: number }>()

  constructor(db: Db) {
    this.db = db
  }

  /** `now` is the machine's time. */
  async cards(people: readonly AccountId[], now: number): Promise<Map<AccountId, PersonCard>> {
    for (const [account, { at }] of this.known) if (now - at >= goodForMs) this.known.delete(account)
    const strangers = people.filter((account) => !this.known.has(account))
    if (strangers.length > 0)
      for (const [account, card] of await personCards(this.db, strangers)) this.known.set(account, { card, at: now })
    return new Map(
      people.flatMap((account) => {
        const known = this.known.get(account)
        return known ? [[account, known.card] as const] : []
      }),
    )
  }
}
