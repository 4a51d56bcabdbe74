import BadgeCheck from 'lucide/dist/esm/icons/badge-check.mjs'
import Crown from 'lucide/dist/esm/icons/crown.mjs'
import ScrollText from 'lucide/dist/esm/icons/scroll-text.mjs'
import TriangleAlert from 'lucide/dist/esm/icons/triangle-alert.mjs'
import { createEffect, createSignal, For, on, Show } from 'solid-js'
import type { BidRow } from '../../../../worker/contract/auctions.ts'
import { answer } from '../../../api/call.ts'
import { type ApiProblem, asProblem } from '../../../api/problem.ts'
import { session } from '../../../api/session.ts'
import { useFormat, useTexts } from '../../../i18n/i18n.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import { Button } from '../../../ui/button/button.tsx'
import { Chip } from '../../../ui/chip/chip.tsx'
import { Icon } from '../../../ui/icon/icon.tsx'
import { Link } from '../../../ui/link/link.tsx'
import { ProblemNote } from '../../../ui/problem-note/problem-note.tsx'
import { auctionsApi } from '../api.ts'
import { olderAfter } from './older-bids.ts'
import { useRoom } from './room.tsx'
import { isOver } from './standing.ts'

/** Every accepted bid, newest first; older ones come when asked for. */
export function BidList() {
  const t = useTexts('room').bids
  const words = useProblemWords()
  const room = useRoom()
  const [older, setOlder] = createSignal<BidRow[]>([])
  const [cursor, setCursor] = createSignal<string | null | undefined>(undefined)
  const [isLoading, setLoading] = createSignal(false)
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)
  const rows = () => {
    const live = room.state().bids
    const last = live.at(-1)?.logSeq ?? Infinity
    return [...live, ...older().filter(({ logSeq }) => logSeq < last)]
  }
  /** The last bid of whoever leads: not the newest one where a maximum has held against it. */
  const leading = () => rows().find(({ bidder }) => bidder === rows()[0]?.leader)
  createEffect(
    on(
      () => [...room.state().bids],
      (live, before) => {
        if (!before || cursor() === undefined) return
        const kept = olderAfter(older(), before, live)
        setOlder(kept ?? [])
        if (!kept) setCursor(undefined)
      },
    ),
  )
  const hasOlder = () => cursor() !== null && rows().length < room.state().auction.bidCount

  async function loadOlder(): Promise<void> {
    setLoading(true)
    setProblem(null)
    try {
      const known = cursor()
      const page = await answer(
        auctionsApi(session.call).auctions[':id'].bids.$get({
          param: { id: room.view().id },
          query: { limit: '50', ...(known ? { cursor: known } : {}) },
        }),
      )
      setOlder((before) => [...before, ...page.items])
      setCursor(page.nextCursor)
    } catch (thrown) {
      setProblem(asProblem(thrown))
    } finally {
      setLoading(false)
    }
  }

  return (
    <div class="grid gap-3 py-3">
      <Show
        when={rows().length > 0}
        fallback={
          <p class="py-6 text-center text-ink-soft">
            {room.phase() === 'scheduled' ? t.emptyScheduled : isOver(room.phase()) ? t.emptyOver : t.empty}
          </p>
        }
      >
        <ol class="grid">
          <For each={rows()}>
            {(row, index) => <Row row={row} isNewest={index() === 0} isLeaders={row === leading()} />}
          </For>
        </ol>
      </Show>
      <Show when={problem()}>{(failed) => <ProblemNote {...words(failed())} />}</Show>
      <Show when={hasOlder()}>
        <Button look="quiet" busy={isLoading()} onClick={() => void loadOlder()}>
          {t.older}
        </Button>
      </Show>
      <Proof />
    </div>
  )
}

function Row(props: { row: BidRow; isNewest: boolean; isLeaders: boolean }) {
  const t = useTexts('room').bids
  const format = useFormat()
  const room = useRoom()
  const nameOf = (number: number, name: BidRow['name']) =>
    number === room.mask() ? t.me : (name?.name ?? t.bidder(number))
  const leads = () => props.isLeaders && (room.phase() === 'sold' || !isOver(room.phase()))
  const isMine = () => props.row.bidder === room.mask()
  /** Where bids may be of several days the day matters more than the second. */
  const isLong = () => room.view().terms.durationMinutes > 720
  return (
    <li
      class={`grid grid-cols-[1fr_auto] gap-x-3 border-b border-line px-1 py-2.5 last:border-0 ${props.isNewest && room.live() ? 'enter-up' : ''}`}
    >
      <p class="flex min-w-0 flex-wrap items-center gap-1.5">
        <span class={`truncate ${isMine() ? 'font-bold text-tangerine-text' : 'font-semibold'}`}>
          {nameOf(props.row.bidder, props.row.name)}
        </span>
        <Show when={leads()}>
          <Chip tone="leaf" icon={Crown}>
            {room.phase() === 'sold' ? t.won : t.leads}
          </Chip>
        </Show>
      </p>
      <p class="figures text-end font-bold">{format.won(props.row.price)}</p>
      <p class="text-caption text-ink-faint">
        {t[props.row.kind === 'buy-now' ? 'buyNow' : props.row.kind]}
        <Show when={props.row.leader !== props.row.bidder}>
          {' · '}
          {t.held(nameOf(props.row.leader, null))}
        </Show>
      </p>
      <p class="figures text-end text-caption text-ink-faint">
        <time dateTime={props.row.at} title={format.dateTime(props.row.at)}>
          {isLong() ? format.shortDateTime(props.row.at) : format.exactTime(props.row.at).slice(0, 8)}
        </time>
      </p>
    </li>
  )
}

/** That what arrived here is what the ledger holds, and where to see all of it. */
function Proof() {
  const t = useTexts('room').bids
  const room = useRoom()
  return (
    <p class="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 border-t border-line pt-3 text-caption">
      <Show when={room.state().chain !== 'unproved'} fallback={<span class="text-ink-faint">{t.ledgerHelp}</span>}>
        <span
          class={`flex items-center gap-1.5 font-medium ${room.state().chain === 'broken' ? 'text-brick' : 'text-leaf'}`}
        >
          <Icon of={room.state().chain === 'broken' ? TriangleAlert : BadgeCheck} class="size-4" />
          {room.state().chain === 'broken' ? t.broken : t.proved}
        </span>
      </Show>
      <Link href={`/auctions/${room.view().id}/ledger`} class="inline-flex min-h-11 items-center gap-1.5">
        <Icon of={ScrollText} class="size-4" />
        {t.ledger}
      </Link>
    </p>
  )
}
