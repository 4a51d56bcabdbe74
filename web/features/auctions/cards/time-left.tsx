import type { CardNow } from '../../../../worker/contract/auctions.ts'
import { useFormat, useTexts } from '../../../i18n/i18n.ts'
import type { Format } from '../../../i18n/format.ts'
import type { AuctionsTexts } from '../../../i18n/ko/auctions.ts'
import { createNow } from '../../../api/now.ts'

/**
 * How long until it starts or ends. While rendering it names the time itself, since only a running page knows what time it
 * is; a deadline that has passed says "closing", never a result that nobody has told yet.
 */
export function TimeLeft(props: { now: Pick<CardNow, 'state' | 'endsAt'>; startsAt: string | null }) {
  const t = useTexts('auctions').card
  const format = useFormat()
  const clock = createNow()
  const text = () =>
    timeLeft({ state: props.now.state, startsAt: props.startsAt, endsAt: props.now.endsAt }, clock(), { t, format })
  return <span class="figures">{text()}</span>
}

export function timeLeft(
  { state, startsAt, endsAt }: { state: CardNow['state']; startsAt: string | null; endsAt: string | null },
  now: number | null,
  { t, format }: { t: AuctionsTexts['card']; format: Format },
): string {
  if (state === 'scheduled' && startsAt !== null) {
    const left = now === null ? null : Date.parse(startsAt) - now
    if (left === null || left > 12 * 3_600_000) return t.startsAt(format.shortDateTime(startsAt))
    return left > 0 ? t.startsIn(format.clock(left)) : t.opening
  }
  if (state === 'running' && endsAt !== null) {
    const left = now === null ? null : Date.parse(endsAt) - now
    if (left === null) return t.endsAt(format.time(endsAt))
    return left > 0 ? t.endsIn(format.clock(left)) : t.closing
  }
  return endsAt === null ? '' : t.endedAt(format.shortDate(endsAt))
}
