import UserRoundCheck from 'lucide/dist/esm/icons/user-round-check.mjs'
import { Show } from 'solid-js'
import { useFormat, useTexts } from '../../../i18n/i18n.ts'
import { Icon } from '../../../ui/icon/icon.tsx'
import { useRoom } from './room.tsx'
import { isOver } from './standing.ts'

/** What the seller asks of bidders, each in a few words. Empty where everybody may bid. */
export function askedOfBidders(): () => string[] {
  const t = useTexts('room').rules
  const format = useFormat()
  const room = useRoom()
  return () => {
    const { minManner, minDeals, maxNoShows, followersOnly } = room.view().terms.bidderRules
    return [
      ...(followersOnly ? [t.followersOnly] : []),
      ...(minManner === null ? [] : [t.minManner(format.score(minManner))]),
      ...(minDeals === null ? [] : [t.minDeals(minDeals)]),
      ...(maxNoShows === null ? [] : [maxNoShows === 0 ? t.noNoShows : t.maxNoShows(maxNoShows)]),
    ]
  }
}

/** Said before anybody bids, where there is anything to say. */
export function BidderRulesNote() {
  const t = useTexts('room').rules
  const format = useFormat()
  const room = useRoom()
  const asked = askedOfBidders()
  return (
    <Show when={asked().length > 0 && !isOver(room.phase())}>
      <p class="flex items-start gap-2 rounded-control bg-sky-tint px-3 py-2.5 text-caption">
        <Icon of={UserRoundCheck} class="mt-0.5 size-4 shrink-0 text-sky" />
        <span class="min-w-0 text-pretty">
          <span class="font-semibold">{t.bidderRules}:</span> {format.list(asked())}
        </span>
      </p>
    </Show>
  )
}
