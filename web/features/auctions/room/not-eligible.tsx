import { For, Show } from 'solid-js'
import { session } from '../../../api/session.ts'
import { standings } from '../../../api/standings.ts'
import { useFormat, useTexts } from '../../../i18n/i18n.ts'
import { Button } from '../../../ui/button/button.tsx'
import { type UnmetRule, unmetRules } from './eligibility.ts'
import { useRoom } from './room.tsx'

/**
 * In place of the button to bid: which of them the reader does not meet, with how they stand. Where following is all that is
 * missing, it is offered instead. No word where it is for another reason, which is nobody's to tell.
 */
export function NotEligible() {
  const t = useTexts('bidding').unmet
  const bid = useTexts('room').bid
  const format = useFormat()
  const room = useRoom()
  const me = () => {
    const account = session.account()
    if (!account) return null
    const { manner, deals, noShows } = account
    const isFollowing = standings.of(room.view().seller.handle)?.isFollowing ?? null
    return { manner: manner.score, deals, noShows, isFollowing }
  }
  const unmet = () => {
    const who = me()
    return who ? unmetRules(room.view().terms.bidderRules, who) : []
  }
  const words: Record<UnmetRule, () => string> = {
    followersOnly: () => t.followersOnly,
    minManner: () =>
      t.minManner(format.score(room.view().terms.bidderRules.minManner ?? 0), format.score(me()?.manner ?? 0)),
    minDeals: () => t.minDeals(room.view().terms.bidderRules.minDeals ?? 0, me()?.deals ?? 0),
    maxNoShows: () => t.maxNoShows(room.view().terms.bidderRules.maxNoShows ?? 0, me()?.noShows ?? 0),
  }
  const isOnlyToFollow = () => unmet().join() === 'followersOnly'
  return (
    <div class="grid gap-1">
      <Show
        when={isOnlyToFollow()}
        fallback={
          <Button size="large" wide disabled data-shortcut="bid">
            {bid.notEligible}
          </Button>
        }
      >
        <room.FollowSeller handle={room.view().seller.handle} name={room.view().seller.name} size="large" wide />
      </Show>
      <Show when={unmet().length > 0}>
        <ul class="grid gap-1 text-center text-caption text-pretty text-ink-soft">
          <For each={unmet()}>{(rule) => <li>{words[rule]()}</li>}</For>
        </ul>
      </Show>
    </div>
  )
}
