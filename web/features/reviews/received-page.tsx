import MessageSquareHeart from 'lucide/dist/esm/icons/message-square-heart.mjs'
import { For, Show } from 'solid-js'
import type { Profile } from '../../../worker/contract/profiles.ts'
import type { ReviewSummary, ReviewView } from '../../../worker/contract/reviews.ts'
import { grades, type Grade } from '../../../worker/contract/statements.ts'
import { createGrowingList } from '../../api/growing-list.ts'
import { session } from '../../api/session.ts'
import { useFormat, useTexts } from '../../i18n/i18n.ts'
import type { HeadContext, PageHead, PageProps } from '../../page.ts'
import { Card } from '../../ui/card/card.tsx'
import { EmptyState } from '../../ui/empty-state/empty-state.tsx'
import { Icon } from '../../ui/icon/icon.tsx'
import { SubPage } from '../../ui/sub-page/sub-page.tsx'
import { GradeChip, looks, StatementList } from './grade.tsx'
import { ListEnd } from '../../i18n/list-end.tsx'
import { loadReviews } from './queries.ts'

export interface ReceivedData {
  profile: Profile
  summary: ReviewSummary
  reviews: { items: ReviewView[]; nextCursor: string | null }
}

const names = { 5: 'best', 3: 'good', 0: 'poor', [-20]: 'bad' } as const satisfies Record<Grade, string>

/** What people said of somebody after their deals; who said what is told nowhere. */
export function ReceivedPage(props: PageProps<ReceivedData>) {
  const t = useTexts('reviews').list
  const all = useTexts('reviews')
  const profiles = useTexts('profiles')
  const format = useFormat()
  const handle = () => props.data.profile.handle
  const summary = () => props.data.summary
  const list = createGrowingList<ReviewView>({
    first: () => props.data.reviews,
    next: (cursor) => loadReviews(session.call, handle(), cursor),
  })
  return (
    <SubPage
      back={{ href: `/users/${handle()}`, label: t.back }}
      title={t.title(props.data.profile.name)}
      lead={t.lead}
    >
      <Card as="section" class="grid gap-4">
        <h2 class="flex flex-wrap items-baseline gap-2">
          <span class="font-semibold text-ink-soft">{profiles.manner}</span>
          <span class="figures text-heading font-extrabold">{format.score(summary().score)}</span>
          <span class="font-semibold text-tangerine-text">{profiles.bands[summary().band]}</span>
        </h2>
        <ul aria-label={t.summary} class="grid grid-cols-2 gap-2 sm:grid-cols-4">
          <For each={grades}>
            {(grade) => (
              <li class="flex items-center gap-2">
                <span class={looks[grade].text}>
                  <Icon of={looks[grade].face} class="size-6" />
                </span>
                <span>
                  {all.grades[grade]}
                  <span class="figures block text-caption text-ink-soft">
                    {t.times(summary().grades[names[grade]])}
                  </span>
                </span>
              </li>
            )}
          </For>
        </ul>
        <dl class="flex flex-wrap gap-x-8 gap-y-2 border-t border-line pt-3">
          <div>
            <dt class="text-caption text-ink-faint">{t.deals}</dt>
            <dd class="figures font-bold">{format.number(summary().deals)}</dd>
          </div>
          <div>
            <dt class="text-caption text-ink-faint">{t.noShows}</dt>
            <dd class="figures font-bold">{format.number(summary().noShows)}</dd>
          </div>
        </dl>
      </Card>
      <Show
        when={list.items().length > 0}
        fallback={<EmptyState icon={MessageSquareHeart} title={t.none} text={t.noneText} />}
      >
        <ul class="mt-6 grid gap-3">
          <For each={list.items()}>{(review) => <Review review={review} />}</For>
        </ul>
      </Show>
      <ListEnd list={list} />
    </SubPage>
  )
}

export function receivedHead({ data, texts, format }: HeadContext<ReceivedData>): PageHead {
  const { name, handle } = data.profile
  const { list } = texts('reviews')
  return {
    title: list.title(name),
    description: list.description(name, format.score(data.summary.score)),
    canonical: `/users/${handle}/reviews`,
  }
}

function Review(props: { review: ReviewView }) {
  const t = useTexts('reviews').list
  const month = () => {
    const [year, month] = props.review.month.split('-').map(Number)
    return t.month(year ?? 0, month ?? 0)
  }
  return (
    <Card as="li" class="grid gap-3">
      <div class="flex flex-wrap items-center justify-between gap-2">
        <GradeChip grade={props.review.grade} />
        <span class="text-caption text-ink-faint">{month()}</span>
      </div>
      <StatementList codes={props.review.statements} />
      <Show when={props.review.text}>
        <p class="whitespace-pre-line text-pretty">{props.review.text}</p>
      </Show>
    </Card>
  )
}
