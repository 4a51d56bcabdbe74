import Star from 'lucide/dist/esm/icons/star.mjs'
import { createSignal, For, Show } from 'solid-js'
import type { OwnReview } from '../../../worker/contract/reviews.ts'
import { createGrowingList } from '../../api/growing-list.ts'
import { asProblem } from '../../api/problem.ts'
import { session } from '../../api/session.ts'
import { useFormat, useTexts } from '../../i18n/i18n.ts'
import { useProblemWords } from '../../i18n/problem-words.ts'
import type { HeadContext, PageHead, PageProps } from '../../page.ts'
import { Button } from '../../ui/button/button.tsx'
import { Card } from '../../ui/card/card.tsx'
import { Chip } from '../../ui/chip/chip.tsx'
import { EmptyState } from '../../ui/empty-state/empty-state.tsx'
import { ButtonLink } from '../../ui/link/link.tsx'
import { Sheet } from '../../ui/sheet/sheet.tsx'
import { SubPage } from '../../ui/sub-page/sub-page.tsx'
import { showToast } from '../../ui/toast/toast.tsx'
import { GradeChip, StatementList } from './grade.tsx'
import { ListEnd } from '../../i18n/list-end.tsx'
import { loadWritten, type OwnData, removeReview } from './queries.ts'

/** Deals that wait for a review, and what one has written. */
export function OwnPage(props: PageProps<OwnData>) {
  const t = useTexts('reviews').own
  const all = useTexts('reviews')
  const format = useFormat()
  const list = createGrowingList<OwnReview>({
    first: () => props.data.own,
    next: (cursor) => loadWritten(session.call, cursor),
  })
  return (
    <SubPage back={{ href: '/settings', label: all.manner.back }} title={t.title} lead={t.lead}>
      <div class="flex flex-col gap-8">
        <Show when={props.data.pending.length > 0}>
          <section aria-labelledby="pending">
            <h2 id="pending" class="mb-3 text-lead font-bold">
              {t.pending}
            </h2>
            <ul class="grid gap-3">
              <For each={props.data.pending}>
                {(one) => (
                  <Card as="li" class="flex flex-wrap items-center justify-between gap-3">
                    <div class="min-w-0">
                      <p class="truncate font-semibold">{one.title}</p>
                      <p class="text-ink-soft">{all.write.about[one.role](one.about?.name ?? all.formerMember)}</p>
                      <p class="text-caption text-ink-faint">{t.pendingUntil(format.dateTime(one.until))}</p>
                    </div>
                    <ButtonLink look="main" icon={Star} href={`/deals/${one.deal}/review`}>
                      {t.write}
                    </ButtonLink>
                  </Card>
                )}
              </For>
            </ul>
          </section>
        </Show>
        <section aria-labelledby="written">
          <h2 id="written" class="mb-3 text-lead font-bold">
            {t.written}
          </h2>
          <Show
            when={list.items().length > 0}
            fallback={
              <EmptyState
                icon={Star}
                title={t.none}
                text={t.noneText}
                action={<ButtonLink href="/deals">{t.deals}</ButtonLink>}
              />
            }
          >
            <ul class="grid gap-3">
              <For each={list.items()}>{(review) => <Written review={review} onRemoved={() => props.reload()} />}</For>
            </ul>
          </Show>
          <ListEnd list={list} />
        </section>
      </div>
    </SubPage>
  )
}

export function ownHead({ texts }: HeadContext<OwnData>): PageHead {
  return { title: texts('reviews').own.title, isIndexed: false }
}

function Written(props: { review: OwnReview; onRemoved: () => Promise<void> }) {
  const all = useTexts('reviews')
  const t = all.own
  const common = useTexts('common')
  const words = useProblemWords()
  const [isAsking, setAsking] = createSignal(false)
  const isWaiting = () => props.review.state === 'waiting'

  async function remove(): Promise<void> {
    setAsking(false)
    try {
      await removeReview(props.review.id)
      showToast({ text: t.removed, tone: 'leaf' })
      await props.onRemoved()
    } catch (thrown) {
      showToast({ text: words(asProblem(thrown)).title, tone: 'brick' })
    }
  }

  return (
    <Card as="li" class="grid gap-3">
      <div class="flex flex-wrap items-center gap-2">
        <GradeChip grade={props.review.grade} />
        <Chip tone={isWaiting() ? 'sky' : 'plain'}>{t.states[props.review.state]}</Chip>
      </div>
      <div>
        <p class="font-semibold">{props.review.title}</p>
        <p class="text-ink-soft">{all.write.about[props.review.role](props.review.about?.name ?? all.formerMember)}</p>
      </div>
      <StatementList codes={props.review.statements} />
      <Show when={props.review.text}>
        <p class="whitespace-pre-line text-pretty">{props.review.text}</p>
      </Show>
      <Show when={isWaiting()}>
        <div class="flex flex-wrap gap-2">
          <ButtonLink
            size="small"
            href={`/deals/${props.review.deal}/review`}
            aria-label={t.changeOf(props.review.title)}
          >
            {t.change}
          </ButtonLink>
          <Button
            size="small"
            look="dangerQuiet"
            aria-label={t.removeOf(props.review.title)}
            onClick={() => setAsking(true)}
          >
            {t.remove}
          </Button>
        </div>
      </Show>
      <Sheet
        open={isAsking()}
        onClose={() => setAsking(false)}
        title={t.ask}
        footer={
          <div class="flex justify-end gap-2">
            <Button onClick={() => setAsking(false)}>{common.cancel}</Button>
            <Button look="danger" onClick={() => void remove()}>
              {t.remove}
            </Button>
          </div>
        }
      >
        <p>{t.askText}</p>
      </Sheet>
    </Card>
  )
}
