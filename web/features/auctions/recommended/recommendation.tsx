import EyeOff from 'lucide/dist/esm/icons/eye-off.mjs'
import ThumbsDown from 'lucide/dist/esm/icons/thumbs-down.mjs'
import { createUniqueId, Show } from 'solid-js'
import type { AuctionCard as Card } from '../../../../worker/contract/auctions.ts'
import { asProblem } from '../../../api/problem.ts'
import { useTexts } from '../../../i18n/i18n.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import { Button } from '../../../ui/button/button.tsx'
import { Icon } from '../../../ui/icon/icon.tsx'
import { announce } from '../../../ui/live-region/live-region.tsx'
import { showToast } from '../../../ui/toast/toast.tsx'
import { AuctionCard } from '../cards/auction-card.tsx'
import { CardMenu } from './card-menu.tsx'
import type { Dismissals } from './dismissals.ts'

/**
 * One recommendation with its menu. Dismissed, its place stays, says what was done and can be undone there; the focus goes
 * along. `isMine` is false where recommendations are not made for the reader: then there is nothing to say about them.
 */
export function Recommendation(props: { card: Card; dismissals: Dismissals; isMine: boolean }) {
  const t = useTexts('search').recommended
  const words = useProblemWords()
  const verdict = () => props.dismissals.of(props.card.id)
  const id = createUniqueId()
  let place: HTMLDivElement | undefined

  function tell(thrown: unknown): void {
    showToast({ text: words(asProblem(thrown)).title, tone: 'brick' })
  }

  function dismiss(how: 'less' | 'hide-author'): void {
    void props.dismissals.dismiss(props.card, how).catch(tell)
    place?.querySelector('button')?.focus()
  }

  function undo(): void {
    void props.dismissals.undo(props.card).catch(tell)
    announce(t.undone(props.card.title))
    place?.querySelector('a')?.focus()
  }

  return (
    <div ref={place} class="h-full">
      <Show
        when={verdict()}
        fallback={
          <AuctionCard
            card={props.card}
            {...(props.isMine
              ? {
                  menu: () => <CardMenu card={props.card} onVerdict={dismiss} />,
                }
              : {})}
          />
        }
      >
        {(verdict) => (
          <div class="enter-fade flex h-full min-h-64 flex-col items-center justify-center gap-3 rounded-card border border-dashed border-edge bg-sunken/60 p-4 text-center">
            <span class="text-ink-faint">
              <Icon of={verdict() === 'less' ? ThumbsDown : EyeOff} class="size-6" />
            </span>
            <p id={`said-${id}`} class="text-pretty">
              {verdict() === 'less' ? t.lessDone : t.hideDone(props.card.seller.name)}
            </p>
            <Button size="small" aria-describedby={`said-${id}`} onClick={undo}>
              {t.undo}
            </Button>
          </div>
        )}
      </Show>
    </div>
  )
}
