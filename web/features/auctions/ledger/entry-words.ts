import { useFormat, useTexts } from '../../../i18n/i18n.ts'
import type { Opened, Told } from './reasons.ts'

/** The words of an entry: what happened, and why the price is where it is. `mine` is the reader's own number. */
export function useEntryWords(mine: () => number | null) {
  const t = useTexts('ledger')
  const format = useFormat()
  const who = (number: number) => (number === mine() ? t.me : t.bidder(number))

  return {
    headline({ entry }: Told, opened: Opened): string {
      if (entry.type !== 'bid') return t.events[entry.type]
      const event = entry.kind === 'exact' ? t.events.bid : t.events[entry.kind]
      const amount = entry.amount ?? (entry.commitment ? opened.get(entry.commitment) : undefined)
      const offer =
        entry.kind === 'max'
          ? amount === undefined
            ? t.sealed
            : t.opened(format.won(amount))
          : format.won(amount ?? entry.price)
      return `${who(entry.bidder)} · ${event} · ${offer}`
    },
    reason({ reason }: Told): string {
      switch (reason.code) {
        case 'published':
          return t.reasons.published(format.won(reason.price))
        case 'leadExact':
        case 'leadMaxStep':
        case 'leadMaxAll':
        case 'held':
        case 'heldEqual':
        case 'sold':
          return t.reasons[reason.code](who(reason.who))
        case 'softClose':
        case 'outage':
          return t.reasons[reason.code](
            format.duration(Math.max(1_000, reason.addedMs)),
            format.exactTime(reason.endsAt).slice(0, 8),
          )
        default:
          return t.reasons[reason.code]
      }
    },
  }
}
