import Download from 'lucide/dist/esm/icons/download.mjs'
import MessageCircle from 'lucide/dist/esm/icons/message-circle.mjs'
import ScrollText from 'lucide/dist/esm/icons/scroll-text.mjs'
import { createSignal, For, Show } from 'solid-js'
import { type DealStep, type Side, sides } from '../../../worker/contract/deal-steps.ts'
import type { DealView } from '../../../worker/contract/deals.ts'
import { asProblem } from '../../api/problem.ts'
import { useFormat, useTexts } from '../../i18n/i18n.ts'
import { useProblemWords } from '../../i18n/problem-words.ts'
import type { HeadContext, PageHead, PageProps } from '../../page.ts'
import { Avatar } from '../../ui/avatar/avatar.tsx'
import { Button } from '../../ui/button/button.tsx'
import { cardClass } from '../../ui/card/card.tsx'
import { Disclosure } from '../../ui/disclosure/disclosure.tsx'
import { ButtonLink, Link } from '../../ui/link/link.tsx'
import { Picture } from '../../ui/picture/picture.tsx'
import { showToast } from '../../ui/toast/toast.tsx'
import { Appointment } from './appointment.tsx'
import { Course } from './course.tsx'
import { createDeal, DealProvider, useDeal } from './deal.ts'
import { History } from './history.tsx'
import { NextStep, useDo } from './next-step.tsx'
import { loadCaseFile } from './queries.ts'
import { waysOf } from './standing.ts'
import { StepSheet } from './steps/step-sheet.tsx'
import { Troubles } from './troubles.tsx'

/** One deal from one party's side: what comes next first, then how it came here. */
export function DealPage(props: PageProps<DealView>) {
  const t = useTexts('deals')
  const deal = createDeal(() => props.data)
  /** Else a moderator, who reads and takes no step. */
  const isParty = () => props.data.role !== null
  return (
    <DealProvider value={deal}>
      <div class="column max-w-5xl py-5 md:py-8">
        <p class="text-caption text-ink-soft">
          <Link href={isParty() ? '/deals' : '/staff/cases'} class="inline-flex min-h-11 items-center">
            {isParty() ? t.title : t.cases}
          </Link>
        </p>
        <h1 class="text-heading font-extrabold text-pretty">{props.data.terms.title || t.untitled}</h1>
        <div class="mt-4 grid gap-4 md:grid-cols-[minmax(0,1fr)_20rem] md:items-start md:gap-6">
          <div class="grid min-w-0 gap-4">
            <section aria-label={t.course.title} class={`${cardClass} grid gap-5`}>
              <NextStep />
              <Course />
            </section>
            <Appointment />
            <Troubles />
            <Show when={isParty()}>
              <OtherWays />
            </Show>
            <History />
          </div>
          <aside class="grid gap-4 md:sticky md:top-[calc(var(--header-height)+1rem)]">
            <Thing />
            <Parties />
          </aside>
        </div>
      </div>
    </DealProvider>
  )
}

export function dealHead({ data, texts }: HeadContext<DealView>): PageHead {
  return { title: data.terms.title || texts('deals').untitled, isIndexed: false }
}

/** What was sold, for how much, and where it was said. */
function Thing() {
  const t = useTexts('deals')
  const format = useFormat()
  const { view } = useDeal()
  const rows = () => [
    [t.money.price, format.won(view().price)] as const,
    ...(view().total > view().price ? [[t.money.shipping, format.won(view().shippingFee)] as const] : []),
  ]
  return (
    <section aria-label={t.item} class={`${cardClass} grid gap-3`}>
      <div class="flex gap-3">
        <div class="size-20 shrink-0 overflow-hidden rounded-control">
          <Picture view={view().terms.images[0]} sizes="5rem" alt="" />
        </div>
        <div class="min-w-0">
          <p class="text-caption text-ink-soft">{t.cause[view().cause]}</p>
          <p class="line-clamp-2 font-semibold">{view().terms.title}</p>
        </div>
      </div>
      <dl class="figures grid gap-1">
        <For each={rows()}>
          {([name, amount]) => (
            <div class="flex justify-between gap-3 text-ink-soft">
              <dt>{name}</dt>
              <dd>{amount}</dd>
            </div>
          )}
        </For>
        <div class="flex justify-between gap-3 border-t border-line pt-2 text-lead font-bold">
          <dt>{t.money.total}</dt>
          <dd>{format.won(view().total)}</dd>
        </div>
      </dl>
      <p class="text-caption text-pretty text-ink-soft">{t.money.direct}</p>
      <div class="flex flex-wrap gap-2">
        <ButtonLink size="small" href={`/auctions/${view().auction}`}>
          {t.seeAuction}
        </ButtonLink>
        <ButtonLink size="small" look="quiet" icon={ScrollText} href={`/auctions/${view().auction}/ledger`}>
          {t.ledger}
        </ButtonLink>
      </div>
    </section>
  )
}

/** The other one, and the way to talk; to a moderator both. */
function Parties() {
  const t = useTexts('deals')
  const { view } = useDeal()
  const shown = () => sides.filter((side) => side !== view().role)
  return (
    <section
      aria-label={shown()
        .map((side) => t.party[side])
        .join(', ')}
      class={`${cardClass} grid gap-3`}
    >
      <For each={shown()}>
        {(side) => (
          <Show
            when={view()[side].handle}
            fallback={
              <p class="flex min-h-11 items-center gap-3">
                <Party side={side} />
              </p>
            }
          >
            {(handle) => (
              <Link
                bare
                href={`/users/${handle()}`}
                class="flex min-h-11 items-center gap-3 rounded-control hover:bg-sunken"
              >
                <Party side={side} />
              </Link>
            )}
          </Show>
        )}
      </For>
      <Show when={view().role}>
        <ButtonLink wide icon={MessageCircle} href={`/messages/${view().room}`}>
          {t.room}
        </ButtonLink>
      </Show>
    </section>
  )
}

function Party(props: { side: Side }) {
  const t = useTexts('deals')
  const { view } = useDeal()
  const card = () => view()[props.side]
  return (
    <>
      <Avatar name={card().name || t.formerMember} handle={card().handle} picture={card().picture} />
      <span class="min-w-0">
        <span class="block text-caption text-ink-soft">{t.party[props.side]}</span>
        <span class="block truncate font-semibold">{card().name || t.formerMember}</span>
      </span>
    </>
  )
}

/** For bad days: out of the way, and always to be found. */
function OtherWays() {
  const t = useTexts('deals')
  const format = useFormat()
  const words = useProblemWords()
  const say = useDo()
  const { view, now } = useDeal()
  const [taking, setTaking] = createSignal<DealStep | null>(null)
  const [isGathering, setGathering] = createSignal(false)
  const other = () => waysOf(view(), now()).other

  async function download(): Promise<void> {
    setGathering(true)
    try {
      const file = await loadCaseFile(view().id)
      const address = URL.createObjectURL(new Blob([JSON.stringify(file, null, 2)], { type: 'application/json' }))
      const link = document.createElement('a')
      link.href = address
      link.download = `hallabong-${view().id}.json`
      link.click()
      setTimeout(() => URL.revokeObjectURL(address), 60_000)
    } catch (thrown) {
      showToast({ text: words(asProblem(thrown)).title, tone: 'brick' })
    } finally {
      setGathering(false)
    }
  }

  return (
    <Disclosure title={t.more}>
      <p class="text-caption">{t.moreHint}</p>
      <ul class="mt-2 grid gap-2">
        <For each={other()}>
          {({ step, from }) => (
            <li class="flex flex-wrap items-center gap-x-3 gap-y-1">
              <Button
                look={step === 'refuse' ? 'dangerQuiet' : 'plain'}
                disabled={from !== null}
                onClick={() => setTaking(step)}
              >
                {say(step)}
              </Button>
              <Show when={from}>
                {(from) => <span class="figures text-caption">{t.availableFrom(format.shortDateTime(from()))}</span>}
              </Show>
            </li>
          )}
        </For>
        <li class="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Button look="quiet" icon={Download} busy={isGathering()} onClick={() => void download()}>
            {t.caseFile}
          </Button>
          <span class="text-caption">{t.caseFileHint}</span>
        </li>
      </ul>
      <Show when={taking()} keyed>
        {(step) => <StepSheet step={step} onClose={() => setTaking(null)} />}
      </Show>
    </Disclosure>
  )
}
