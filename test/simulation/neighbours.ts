import type { AccountId } from '../../worker/contract/ids.ts'
import type { DealOpening } from '../../worker/deals/api.ts'
import type { Notice } from '../../worker/notifications/api.ts'

/** Carries a call there and its answer back, or loses one of them. */
type Carry = <T>(name: string, work: () => T) => Promise<T>

/** Inboxes and deals as their promises say: what comes again under the same name changes nothing. */
export class Neighbours {
  private readonly carry: Carry
  /** By account and id. */
  private readonly told = new Map<string, { account: AccountId; notice: Notice; dealsBefore: number }>()
  private readonly opened = new Map<string, DealOpening>()

  constructor(carry: Carry) {
    this.carry = carry
  }

  notify(account: AccountId, notices: Notice[]): Promise<void> {
    return this.carry('inbox', () => {
      for (const notice of notices) {
        const name = `${account} ${notice.id}`
        if (!this.told.has(name)) this.told.set(name, { account, notice, dealsBefore: this.opened.size })
      }
    })
  }

  open(opening: DealOpening): Promise<{ ok: true; value: null }> {
    return this.carry('deal', () => {
      if (!this.opened.has(opening.deal)) this.opened.set(opening.deal, opening)
      return { ok: true, value: null }
    })
  }

  seen() {
    return { notices: [...this.told.values()], deals: [...this.opened.values()] }
  }
}
