import Scale from 'lucide/dist/esm/icons/scale.mjs'
import { For, Show } from 'solid-js'
import type { MannerLedger } from '../../../worker/contract/reviews.ts'
import { session } from '../../api/session.ts'
import { useFormat, useTexts } from '../../i18n/i18n.ts'
import type { HeadContext, PageHead, PageProps } from '../../page.ts'
import { EmptyState } from '../../ui/empty-state/empty-state.tsx'
import { Link } from '../../ui/link/link.tsx'
import { SubPage } from '../../ui/sub-page/sub-page.tsx'
import { GradeChip } from './grade.tsx'

type Entry = MannerLedger['items'][number]

/** Where one's own score comes from: every entry, until they add up. */
export function MannerPage(props: PageProps<MannerLedger>) {
  const t = useTexts('reviews').manner
  const profiles = useTexts('profiles')
  const format = useFormat()
  return (
    <SubPage back={{ href: '/settings', label: t.back }} title={t.title} lead={t.lead}>
      <div class="flex flex-col gap-8">
        <p class="flex flex-wrap items-baseline gap-2">
          <span class="font-semibold text-ink-soft">{profiles.manner}</span>
          <span class="figures text-hero font-extrabold">{format.score(props.data.score)}</span>
          <span class="font-semibold text-tangerine-text">{profiles.bands[props.data.band]}</span>
        </p>
        <section aria-labelledby="sum">
          <h2 id="sum" class="mb-3 text-lead font-bold">
            {t.sum}
          </h2>
          <Show
            when={props.data.items.length > 0}
            fallback={<EmptyState icon={Scale} title={t.none} text={t.noneText} />}
          >
            <div class="rounded-card border border-line bg-surface">
              <dl class="divide-y divide-line">
                <Sum name={t.start} value={format.score(props.data.start)} />
                <For each={props.data.items}>{(entry) => <Line entry={entry} />}</For>
                <Sum name={t.exact} value={format.score(props.data.exact)} />
              </dl>
            </div>
            <Show when={props.data.exact !== props.data.score}>
              <p class="mt-2 text-caption text-ink-soft">{t.clipped}</p>
            </Show>
          </Show>
        </section>
        <section aria-labelledby="how">
          <h2 id="how" class="mb-3 text-lead font-bold">
            {t.how}
          </h2>
          <ul class="grid list-disc gap-2 ps-5 text-pretty text-ink-soft">
            <For each={t.howText}>{(text) => <li>{text}</li>}</For>
          </ul>
        </section>
        <Show when={session.account()}>
          {(account) => (
            <p>
              <Link href={`/users/${account().handle}/reviews`} class="inline-flex min-h-11 items-center">
                {t.received}
              </Link>
            </p>
          )}
        </Show>
      </div>
    </SubPage>
  )
}

export function mannerHead({ texts }: HeadContext<MannerLedger>): PageHead {
  return { title: texts('reviews').manner.title, isIndexed: false }
}

function Sum(props: { name: string; value: string }) {
  return (
    <div class="flex items-center justify-between gap-4 px-4 py-3 font-bold">
      <dt>{props.name}</dt>
      <dd class="figures">{props.value}</dd>
    </div>
  )
}

function Line(props: { entry: Entry }) {
  const t = useTexts('reviews').manner
  const format = useFormat()
  const signed = (value: number) => `${value > 0 ? '+' : value < 0 ? '−' : ''}${format.number(Math.abs(value))}`
  const points = () => {
    const { points } = props.entry
    return `${points > 0 ? '+' : points < 0 ? '−' : ''}${format.score(Math.abs(points))}`
  }
  return (
    <div class="flex items-start justify-between gap-4 px-4 py-3">
      <dt class="grid gap-1">
        <span class="flex flex-wrap items-center gap-2">
          <span class="font-semibold">{t.causes[props.entry.cause]}</span>
          <Show when={props.entry.cause === 'release'}>
            <GradeChip grade={props.entry.grade} />
          </Show>
        </span>
        <span class="text-caption text-ink-soft">
          {t[props.entry.cause](format.date(props.entry.at))} · {t.until(format.date(props.entry.losesWeightAt))}
        </span>
        <Show when={props.entry.deal}>
          {(deal) => (
            <Link href={`/deals/${deal()}`} class="inline-flex min-h-11 items-center text-caption">
              {t.deal}
            </Link>
          )}
        </Show>
      </dt>
      <dd class="figures shrink-0 text-end whitespace-nowrap">
        <span class={`block font-bold ${props.entry.points < 0 ? 'text-brick' : ''}`}>{points()}</span>
        <span class="text-caption text-ink-faint">
          {t.weight(signed(props.entry.grade), format.score(props.entry.weight))}
        </span>
      </dd>
    </div>
  )
}
