import FilePen from 'lucide/dist/esm/icons/file-pen.mjs'
import Gavel from 'lucide/dist/esm/icons/gavel.mjs'
import Trash from 'lucide/dist/esm/icons/trash.mjs'
import { createEffect, createSignal, For, on, Show } from 'solid-js'
import type { AuctionCard as Card, AuctionPage } from '../../../../worker/contract/auctions.ts'
import { answer } from '../../../api/call.ts'
import { type ApiProblem, asProblem } from '../../../api/problem.ts'
import { session } from '../../../api/session.ts'
import { useTexts } from '../../../i18n/i18n.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import type { HeadContext, PageHead, PageProps } from '../../../page.ts'
import { Button } from '../../../ui/button/button.tsx'
import { FilterChip } from '../../../ui/chip/chip.tsx'
import { EmptyState } from '../../../ui/empty-state/empty-state.tsx'
import { ButtonLink } from '../../../ui/link/link.tsx'
import { ProblemNote } from '../../../ui/problem-note/problem-note.tsx'
import { Sheet } from '../../../ui/sheet/sheet.tsx'
import { showToast } from '../../../ui/toast/toast.tsx'
import { auctionsApi } from '../api.ts'
import { AuctionCard, cardGrid } from '../cards/auction-card.tsx'
import { createLikesOf, likes } from '../cards/likes.ts'
import { RelistButton } from '../cards/relist-button.tsx'
import { loadMine, type Role, roleOf, roles } from './mine-queries.ts'

const api = () => auctionsApi(session.call).auctions

export function MinePage(props: PageProps<AuctionPage>) {
  const t = useTexts('lists').mine
  const common = useTexts('common')
  const words = useProblemWords()
  const role = () => roleOf(props.at)
  const [more, setMore] = createSignal<AuctionPage | null>(null)
  const [isLoading, setLoading] = createSignal(false)
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)
  const [leaving, setLeaving] = createSignal<Card | null>(null)
  const cards = () => [...props.data.items, ...(more()?.items ?? [])]
  const nextCursor = () => (more() ?? props.data).nextCursor

  createEffect(
    on(
      () => props.data,
      () => {
        setMore(null)
        setProblem(null)
      },
    ),
  )
  createEffect(() => {
    if (role() === 'liked') for (const { id } of cards()) likes.know(id, true)
  })
  createLikesOf(() => (role() === 'liked' ? [] : cards().map(({ id }) => id)))

  async function loadMore(): Promise<void> {
    const cursor = nextCursor()
    const { data } = props
    if (cursor === null || isLoading()) return
    setLoading(true)
    setProblem(null)
    try {
      const next = await loadMine(session.call, role(), cursor)
      // Another list may stand here by now.
      if (data === props.data)
        setMore({ items: [...(more()?.items ?? []), ...next.items], nextCursor: next.nextCursor })
    } catch (thrown) {
      if (data === props.data) setProblem(asProblem(thrown))
    } finally {
      setLoading(false)
    }
  }

  return (
    <div class="column py-5 md:py-8">
      <h1 class="text-heading font-extrabold md:text-hero">{t.title}</h1>
      <nav aria-label={t.title} class="rail -mx-4 scroll-px-4 mt-4 gap-2 px-4 py-1 md:-mx-6 md:scroll-px-6 md:px-6">
        <For each={roles}>
          {(one) => (
            <FilterChip href={`/mine?role=${one}`} current={role() === one}>
              {t.roles[one]}
            </FilterChip>
          )}
        </For>
      </nav>
      <section
        aria-label={t.roles[role()]}
        aria-busy={props.isReloading}
        class={`mt-5 ${props.isReloading ? 'opacity-60' : ''}`}
      >
        <Show when={cards().length > 0} fallback={<Nothing role={role()} />}>
          <ul class={cardGrid}>
            <For each={cards()}>
              {(card) => (
                <li class="min-w-0">
                  <MineCard card={card} onDelete={() => setLeaving(card)} />
                </li>
              )}
            </For>
          </ul>
        </Show>
        <div class="mt-8 flex flex-col items-center gap-3">
          <Show when={problem()}>{(failed) => <ProblemNote {...words(failed())} />}</Show>
          <Show when={nextCursor()}>
            <Button busy={isLoading()} onClick={() => void loadMore()}>
              {common.more}
            </Button>
          </Show>
        </div>
      </section>
      <DeleteDraft card={leaving()} onClose={() => setLeaving(null)} onDeleted={props.reload} />
    </div>
  )
}

export function mineHead({ texts }: HeadContext<AuctionPage>): PageHead {
  return { title: texts('lists').mine.title, isIndexed: false }
}

function Nothing(props: { role: Role }) {
  const t = useTexts('lists').mine
  const sells = () => props.role === 'selling' || props.role === 'sold' || props.role === 'draft'
  return (
    <EmptyState
      icon={sells() ? FilePen : Gavel}
      title={t.empty[props.role]}
      action={
        <ButtonLink look="main" href={sells() ? '/sell' : '/auctions?status=running&sort=ending'}>
          {sells() ? t.sell : t.browse}
        </ButtonLink>
      }
    />
  )
}

function MineCard(props: { card: Card; onDelete: () => void }) {
  const t = useTexts('lists').mine
  const title = () => props.card.title || t.untitled
  const isDraft = () => props.card.state === 'draft'
  const canRelist = () => props.card.state === 'unsold' || props.card.state === 'cancelled'
  const own = () => props.card.seller.handle === session.account()?.handle
  return (
    <AuctionCard
      heading="h2"
      card={{ ...props.card, title: title() }}
      href={isDraft() ? `/sell/${props.card.id}` : undefined}
      actions={
        isDraft() ? (
          <>
            <ButtonLink size="small" href={`/sell/${props.card.id}`}>
              {t.continue}
            </ButtonLink>
            <Button size="small" look="quiet" icon={Trash} onClick={() => props.onDelete()}>
              {t.deleteDraft}
            </Button>
          </>
        ) : own() && canRelist() ? (
          <RelistButton id={props.card.id} label={t.relist} done={t.relisted} size="small" />
        ) : undefined
      }
    />
  )
}

function DeleteDraft(props: { card: Card | null; onClose: () => void; onDeleted: () => Promise<void> }) {
  const t = useTexts('lists').mine
  const common = useTexts('common')
  const words = useProblemWords()
  const [isBusy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)
  async function remove(id: string): Promise<void> {
    setBusy(true)
    setProblem(null)
    try {
      await answer(api()[':id'].$delete({ param: { id } }))
      await props.onDeleted()
      props.onClose()
      showToast({ text: t.deleted })
    } catch (thrown) {
      setProblem(asProblem(thrown))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Sheet
      open={props.card !== null}
      title={t.deleteDraft}
      busy={isBusy()}
      onClose={() => props.onClose()}
      footer={
        <div class="flex justify-end gap-2">
          <Button onClick={() => props.onClose()}>{common.cancel}</Button>
          <Button look="danger" busy={isBusy()} onClick={() => props.card && void remove(props.card.id)}>
            {t.deleteDraft}
          </Button>
        </div>
      }
    >
      <p class="font-semibold">{props.card?.title || t.untitled}</p>
      <p class="mt-1 text-ink-soft">{t.deleteDraftConfirm}</p>
      <Show when={problem()}>{(failed) => <ProblemNote {...words(failed())} class="mt-4" />}</Show>
    </Sheet>
  )
}
