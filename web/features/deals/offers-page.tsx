import Clock from 'lucide/dist/esm/icons/clock.mjs'
import Tag from 'lucide/dist/esm/icons/tag.mjs'
import { createSignal, For, Show } from 'solid-js'
import type { OfferRow } from '../../../worker/contract/deals.ts'
import { newKey } from '../../api/call.ts'
import { createGrowingList } from '../../api/growing-list.ts'
import { useInbox } from '../../api/inbox.ts'
import { createNow } from '../../api/now.ts'
import { asProblem, type ApiProblem } from '../../api/problem.ts'
import { session } from '../../api/session.ts'
import { useFormat, useTexts } from '../../i18n/i18n.ts'
import { useProblemWords } from '../../i18n/problem-words.ts'
import type { HeadContext, PageAt, PageHead, PageProps } from '../../page.ts'
import { Button } from '../../ui/button/button.tsx'
import { cardClass } from '../../ui/card/card.tsx'
import { Chip, FilterChip, type Tone } from '../../ui/chip/chip.tsx'
import { EmptyState } from '../../ui/empty-state/empty-state.tsx'
import { Icon } from '../../ui/icon/icon.tsx'
import { ButtonLink, Link } from '../../ui/link/link.tsx'
import { useNavigate } from '../../ui/navigation/navigation.ts'
import { Picture } from '../../ui/picture/picture.tsx'
import { ProblemNote } from '../../ui/problem-note/problem-note.tsx'
import { Sheet } from '../../ui/sheet/sheet.tsx'
import { showToast } from '../../ui/toast/toast.tsx'
import { ListEnd } from '../../i18n/list-end.tsx'
import { acceptOffer, declineOffer, loadOffers, type OfferRole, type OffersData } from './queries.ts'

const roles = ['received', 'made'] as const
const tones: Record<OfferRow['state'], Tone> = {
  open: 'tangerine',
  accepted: 'leaf',
  declined: 'plain',
  lapsed: 'plain',
}

function offerRoleOf({ query }: Pick<PageAt, 'query'>): OfferRole {
  return query['role'] === 'made' ? 'made' : 'received'
}

/** A second chance: what was left over, offered to the next bidders. */
export function OffersPage(props: PageProps<OffersData>) {
  const t = useTexts('deals').offers
  const deals = useTexts('deals')
  const role = () => offerRoleOf(props.at)
  const [asking, setAsking] = createSignal<{ offer: OfferRow; answer: 'accept' | 'decline' } | null>(null)
  const list = createGrowingList<OfferRow>({
    first: () => props.data,
    next: (cursor) => loadOffers(session.call, role(), cursor),
  })
  useInbox().listen({
    onFact(fact) {
      if (fact.type === 'notified' && fact.notification.kind.startsWith('offer-')) void props.reload()
    },
  })
  return (
    <div class="mx-auto w-full max-w-3xl px-4 py-5 md:py-8">
      <p class="text-caption">
        <Link href="/deals" class="inline-flex min-h-11 items-center">
          {deals.title}
        </Link>
      </p>
      <h1 class="text-heading font-extrabold md:text-hero">{t.title}</h1>
      <p class="mt-1 text-pretty text-ink-soft">{t.lead}</p>
      <nav aria-label={t.title} class="mt-4 flex gap-2">
        <For each={roles}>
          {(one) => (
            <FilterChip href={`/deals/offers?role=${one}`} current={role() === one}>
              {t.roles[one]}
            </FilterChip>
          )}
        </For>
      </nav>
      <section
        aria-label={t.roles[role()]}
        aria-busy={props.isReloading}
        class={`mt-4 ${props.isReloading ? 'opacity-60' : ''}`}
      >
        <Show
          when={list.items().length > 0}
          fallback={
            <EmptyState
              icon={Tag}
              title={role() === 'made' ? t.emptyMade : t.emptyReceived}
              text={role() === 'made' ? t.emptyMadeText : t.emptyText}
            />
          }
        >
          <ul class="grid gap-3">
            <For each={list.items()}>
              {(offer) => <Row offer={offer} onAnswer={(answer) => setAsking({ offer, answer })} />}
            </For>
          </ul>
        </Show>
        <ListEnd list={list} />
      </section>
      <Show when={asking()} keyed>
        {({ offer, answer }) => (
          <AnswerSheet offer={offer} answer={answer} onClose={() => setAsking(null)} onDone={props.reload} />
        )}
      </Show>
    </div>
  )
}

export function offersHead({ texts }: HeadContext<OffersData>): PageHead {
  return { title: texts('deals').offers.title, isIndexed: false }
}

function Row(props: { offer: OfferRow; onAnswer: (answer: 'accept' | 'decline') => void }) {
  const t = useTexts('deals').offers
  const deals = useTexts('deals')
  const format = useFormat()
  const clock = createNow()
  const left = () => {
    const now = clock()
    return now === null ? null : Date.parse(props.offer.expiresAt) - now
  }
  const isOpen = () => props.offer.state === 'open' && (left() ?? 1) > 0
  const state = () => (props.offer.state === 'open' && !isOpen() ? 'lapsed' : props.offer.state)
  return (
    <li class={`${cardClass} flex gap-4`}>
      <Link
        bare
        href={`/auctions/${props.offer.auction}`}
        aria-label={props.offer.title}
        class="block size-20 shrink-0 overflow-hidden rounded-control md:size-24"
      >
        <Picture view={props.offer.cover} sizes="6rem" alt="" />
      </Link>
      <div class="grid min-w-0 flex-1 content-start gap-1">
        <p class="flex flex-wrap items-center gap-2">
          <Chip tone={tones[state()]}>{t.states[state()]}</Chip>
          <span class="text-caption text-ink-soft">{props.offer.other?.name ?? t.anonymous}</span>
        </p>
        <p class="line-clamp-2 font-semibold">{props.offer.title}</p>
        <p class="figures">
          <span class="text-caption text-ink-soft">{props.offer.role === 'made' ? t.amountMade : t.amount} </span>
          <span class="text-lead font-bold">{format.won(props.offer.amount)}</span>
          <Show when={props.offer.shippingFee > 0}>
            <span class="block text-caption text-ink-soft">{t.total(format.won(props.offer.total))}</span>
          </Show>
        </p>
        <Show when={isOpen()}>
          <p class="figures flex items-center gap-1.5 text-caption text-ink-soft">
            <Icon of={Clock} class="size-4" />
            <Show when={left()} fallback={t.until(format.shortDateTime(props.offer.expiresAt))}>
              {(ms) => deals.left(format.clock(ms()))}
            </Show>
          </p>
        </Show>
        <div class="mt-1 flex flex-wrap gap-2 empty:hidden">
          <Show when={isOpen() && props.offer.role === 'received'}>
            <Button look="main" size="small" onClick={() => props.onAnswer('accept')}>
              {t.accept}
            </Button>
            <Button size="small" onClick={() => props.onAnswer('decline')}>
              {t.decline}
            </Button>
          </Show>
          <Show when={props.offer.deal}>
            {(deal) => (
              <ButtonLink size="small" look="main" href={`/deals/${deal()}`}>
                {t.toDeal}
              </ButtonLink>
            )}
          </Show>
        </div>
      </div>
    </li>
  )
}

function AnswerSheet(props: {
  offer: OfferRow
  answer: 'accept' | 'decline'
  onClose: () => void
  onDone: () => Promise<void>
}) {
  const t = useTexts('deals').offers
  const common = useTexts('common')
  const format = useFormat()
  const words = useProblemWords()
  const navigate = useNavigate()
  const [isBusy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)
  const key = newKey()
  const accepts = () => props.answer === 'accept'

  async function send(): Promise<void> {
    setBusy(true)
    setProblem(null)
    try {
      if (accepts()) {
        const { deal } = await acceptOffer(props.offer.id, key)
        showToast({ text: t.accepted, tone: 'leaf' })
        return navigate(`/deals/${deal}`)
      }
      await declineOffer(props.offer.id, key)
      await props.onDone()
      props.onClose()
      showToast({ text: t.declined })
    } catch (thrown) {
      setProblem(asProblem(thrown))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Sheet
      open
      title={accepts() ? t.acceptAsk : t.declineAsk}
      busy={isBusy()}
      onClose={() => props.onClose()}
      footer={
        <div class="flex justify-end gap-2">
          <Button onClick={() => props.onClose()}>{common.cancel}</Button>
          <Button look={accepts() ? 'main' : 'plain'} busy={isBusy()} onClick={() => void send()}>
            {accepts() ? t.accept : t.decline}
          </Button>
        </div>
      }
    >
      <p class="font-semibold">{props.offer.title}</p>
      <p class="figures mt-1 text-title font-extrabold">{format.won(props.offer.total)}</p>
      <p class="mt-2 text-ink-soft">{accepts() ? t.acceptText : t.declineText}</p>
      <Show when={problem()}>{(failed) => <ProblemNote {...words(failed())} class="mt-4" />}</Show>
    </Sheet>
  )
}
