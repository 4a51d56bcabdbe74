import { createEffect, createSignal, on, Show } from 'solid-js'
import type { DealView } from '../../../worker/contract/deals.ts'
import { session } from '../../api/session.ts'
import { useFormat, useTexts } from '../../i18n/i18n.ts'
import { ButtonLink, Link } from '../../ui/link/link.tsx'
import { Picture } from '../../ui/picture/picture.tsx'
import { Skeleton } from '../../ui/skeleton/skeleton.tsx'
import { createDeal, DealProvider } from './deal.ts'
import { NextStep } from './next-step.tsx'
import { loadDeal } from './queries.ts'

/** A deal above the messages of its room: where it stands, and the next step at hand. */
export function DealCard(props: { deal: string }) {
  const t = useTexts('deals')
  const [view, setView] = createSignal<DealView | null>(null)
  const [isMissing, setMissing] = createSignal(false)
  createEffect(
    on(
      () => props.deal,
      (id) => {
        // Where it cannot be had the conversation goes on without it.
        loadDeal(session.call, id).then(setView, () => setMissing(true))
      },
    ),
  )
  return (
    <Show when={!isMissing()}>
      <section aria-label={t.card.label} class="bg-surface px-4 py-3">
        <Show when={view()} keyed fallback={<Skeleton class="h-24 w-full" />}>
          {(view) => <Pinned first={view} />}
        </Show>
      </section>
    </Show>
  )
}

function Pinned(props: { first: DealView }) {
  const t = useTexts('deals')
  const format = useFormat()
  const deal = createDeal(() => props.first)
  return (
    <DealProvider value={deal}>
      <div class="grid grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-x-3 gap-y-2">
        <Link
          bare
          href={`/deals/${props.first.id}`}
          aria-label={props.first.terms.title}
          class="size-14 shrink-0 overflow-hidden rounded-control md:row-span-2"
        >
          <Picture view={props.first.terms.images[0]} sizes="3.5rem" alt="" />
        </Link>
        <p class="flex flex-wrap items-baseline justify-between gap-x-3">
          <Link bare href={`/deals/${props.first.id}`} class="truncate font-semibold hover:underline">
            {props.first.terms.title}
          </Link>
          <span class="figures shrink-0 font-bold max-md:w-full">{format.won(props.first.total)}</span>
        </p>
        <ButtonLink size="small" look="quiet" href={`/deals/${props.first.id}`}>
          {t.card.open}
        </ButtonLink>
        <div class="col-span-3 md:col-span-2">
          <NextStep compact />
        </div>
      </div>
    </DealProvider>
  )
}
