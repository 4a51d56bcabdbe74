import ArrowLeft from 'lucide/dist/esm/icons/arrow-left.mjs'
import CirclePlay from 'lucide/dist/esm/icons/circle-play.mjs'
import RefreshCw from 'lucide/dist/esm/icons/refresh-cw.mjs'
import ShieldCheck from 'lucide/dist/esm/icons/shield-check.mjs'
import { createEffect, createSignal, For, on, onMount, Show, Suspense } from 'solid-js'
import type { LedgerPage as Page } from '../../../../worker/contract/auctions.ts'
import type { Entry, Hash } from '../../../../worker/contract/ledger.ts'
import { answer } from '../../../api/call.ts'
import { type ApiProblem, asProblem } from '../../../api/problem.ts'
import { session } from '../../../api/session.ts'
import { useFormat, useTexts } from '../../../i18n/i18n.ts'
import { lazyPart } from '../../../i18n/lazy-part.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import type { HeadContext, PageHead, PageProps } from '../../../page.ts'
import { Button } from '../../../ui/button/button.tsx'
import { Card } from '../../../ui/card/card.tsx'
import { Icon } from '../../../ui/icon/icon.tsx'
import { InTurn } from '../../../ui/in-turn/in-turn.tsx'
import { Link } from '../../../ui/link/link.tsx'
import { ProblemNote } from '../../../ui/problem-note/problem-note.tsx'
import { auctionsApi } from '../api.ts'
import type { LedgerData } from './queries.ts'
import { type Opened, tellEntries } from './reasons.ts'
import { useEntryWords } from './entry-words.ts'

const Verification = lazyPart(() => import('./verification.tsx').then((file) => file.Verification), ['ledger'])
const Replay = lazyPart(() => import('../replay/replay.tsx').then((file) => file.Replay), ['ledger', 'replay'])

/** The public ledger of one auction, readable by anyone, and its verification. */
export function LedgerPage(props: PageProps<LedgerData>) {
  const t = useTexts('ledger')
  const words = useProblemWords()
  const [more, setMore] = createSignal<Page[]>([])
  const [isLoading, setLoading] = createSignal(false)
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)
  const [isVerifying, setVerifying] = createSignal(false)
  const [isReplaying, setReplaying] = createSignal(false)
  const pages = () => [props.data.page, ...more()]
  const lines = () => pages().flatMap(({ entries }) => entries as { entry: Entry; hash: Hash }[])
  const opened = (): Opened =>
    new Map(pages().flatMap(({ openings }) => openings.map(({ commitment, amount }) => [commitment as Hash, amount])))
  const isOver = () => ['ended', 'cancelled', 'voided'].includes(lines().at(-1)?.entry.type ?? '')
  /** Played again is what began and is over. */
  const isPlayable = () =>
    ['sold', 'unsold', 'cancelled', 'void'].includes(props.data.view.state) &&
    lines().some(({ entry }) => entry.type === 'started')

  createEffect(
    on(
      () => props.data,
      () => setMore([]),
      { defer: true },
    ),
  )

  // The link on the result of an auction leads right here.
  onMount(() => {
    if (location.hash === '#replay') void Replay.want().then(setReplaying)
  })

  /** The next page, or what has been added to the last one meanwhile. */
  async function loadMore(): Promise<void> {
    setLoading(true)
    setProblem(null)
    try {
      const from = String(lines().length + 1)
      const next = await answer(
        auctionsApi(session.call).auctions[':id'].log.$get({ param: { id: props.data.view.id }, query: { from } }),
      )
      setMore((before) => [...before, next])
    } catch (thrown) {
      setProblem(asProblem(thrown))
    } finally {
      setLoading(false)
    }
  }
  const isAll = () => pages().at(-1)?.next == null

  return (
    <div class="column grid max-w-5xl grid-cols-1 gap-6 py-5 md:py-8">
      <header class="grid gap-2">
        <p>
          <Link href={`/auctions/${props.data.view.id}`} class="inline-flex min-h-11 items-center gap-1.5">
            <Icon of={ArrowLeft} class="size-4" />
            {t.back}
          </Link>
        </p>
        <h1 class="text-heading font-extrabold text-pretty md:text-hero">
          {t.heading}
          <span class="block text-lead font-medium text-ink-soft">{props.data.view.terms.title}</span>
        </h1>
        <p class="max-w-2xl text-ink-soft text-pretty">{t.lead}</p>
      </header>

      <Card as="section" class="needs-script grid gap-4">
        <div class="flex flex-wrap items-center justify-between gap-3">
          <div>
            <h2 class="text-title font-extrabold">{t.verify.title}</h2>
            <p class="text-ink-soft text-pretty">{t.verify.lead}</p>
          </div>
          <Show when={!isVerifying()}>
            <Button look="main" icon={ShieldCheck} onClick={() => void Verification.want().then(setVerifying)}>
              {t.verify.button}
            </Button>
          </Show>
        </div>
        <Suspense>
          <Show when={isVerifying()}>
            <Verification auction={props.data.view.id} />
          </Show>
        </Suspense>
      </Card>

      <Show when={isPlayable()}>
        <Card as="section" id="replay" class="needs-script grid gap-4">
          <div class="flex flex-wrap items-center justify-between gap-3">
            <div>
              <h2 class="text-title font-extrabold">{t.replay.title}</h2>
              <p class="text-ink-soft text-pretty">{t.replay.lead}</p>
            </div>
            <Show when={!isReplaying()}>
              <Button icon={CirclePlay} onClick={() => void Replay.want().then(setReplaying)}>
                {t.replay.button}
              </Button>
            </Show>
          </div>
          <Suspense>
            <Show when={isReplaying()}>
              <Replay auction={props.data.view.id} mine={props.data.view.mine?.mask ?? null} />
            </Show>
          </Suspense>
        </Card>
      </Show>

      <section aria-label={t.heading} class="min-w-0">
        <div class="flex flex-wrap items-center justify-between gap-2">
          <p class="figures font-semibold">{t.entries(lines().length)}</p>
          <Show when={!isOver() && isAll()}>
            <Button size="small" look="quiet" icon={RefreshCw} busy={isLoading()} onClick={() => void loadMore()}>
              {t.refresh}
            </Button>
          </Show>
        </div>
        <Entries lines={lines()} opened={opened()} mine={props.data.view.mine?.mask ?? null} />
        <Show when={!isOver() && isAll()}>
          <p class="py-3 text-caption text-ink-faint">{t.running}</p>
        </Show>
        <Show when={problem()}>{(failed) => <ProblemNote {...words(failed())} class="mt-3" />}</Show>
        <Show when={!isAll()}>
          <Button wide class="mt-3" busy={isLoading()} onClick={() => void loadMore()}>
            {t.more}
          </Button>
        </Show>
      </section>
    </div>
  )
}

export function ledgerHead({ data, texts }: HeadContext<LedgerData>): PageHead {
  const t = texts('ledger')
  const { title } = data.view.terms
  return {
    title: t.title(title),
    description: t.description(title),
    image: data.view.terms.images[0]?.share ?? null,
    canonical: `/auctions/${data.view.id}/ledger`,
  }
}

function Entries(props: { lines: readonly { entry: Entry; hash: Hash }[]; opened: Opened; mine: number | null }) {
  const t = useTexts('ledger')
  const format = useFormat()
  const say = useEntryWords(() => props.mine)
  return (
    <table class="mt-2 w-full border-collapse text-start">
      <thead class="max-md:sr-only">
        <tr class="border-b border-line text-caption text-ink-faint">
          <th scope="col" class="py-2 pe-3 text-start font-medium whitespace-nowrap">
            {t.columns.place}
          </th>
          <th scope="col" class="py-2 pe-4 text-start font-medium max-md:hidden">
            {t.columns.time}
          </th>
          <th scope="col" class="py-2 pe-4 text-start font-medium">
            {t.columns.event}
          </th>
          <th scope="col" class="py-2 text-end font-medium">
            {t.columns.price}
          </th>
          <th scope="col" class="py-2 ps-4 text-start font-medium max-lg:hidden">
            {t.columns.hash}
          </th>
        </tr>
      </thead>
      <tbody>
        <For each={tellEntries(props.lines, props.opened)}>
          {(told) => (
            <InTurn>
              <tr
                id={`entry-${told.entry.seq}`}
                class="border-b border-line align-top target:bg-tangerine-tint [&>*]:py-2.5"
              >
                <th scope="row" class="figures w-8 pe-3 text-start font-medium text-ink-faint">
                  {told.entry.seq}
                </th>
                <td class="figures w-px pe-4 text-caption whitespace-nowrap text-ink-soft max-md:hidden">
                  <Time at={told.entry.at} />
                </td>
                <td class="pe-3">
                  <p class="figures text-caption text-ink-faint md:hidden">
                    <Time at={told.entry.at} />
                  </p>
                  <p class="font-semibold">{say.headline(told, props.opened)}</p>
                  <p class="text-caption text-ink-soft text-pretty">{say.reason(told)}</p>
                  <Show when={told.entry.raises.length > 0}>
                    <p class="text-caption text-ink-faint">{t.raises(told.entry.raises.length)}</p>
                  </Show>
                </td>
                <td class={`figures text-end whitespace-nowrap ${told.isRise ? 'font-bold' : 'text-ink-faint'}`}>
                  {format.won(told.price)}
                </td>
                <td class="ps-4 max-lg:hidden">
                  <code class="font-mono text-caption text-ink-faint" title={told.hash}>
                    {told.hash.slice(0, 10)}…
                  </code>
                </td>
              </tr>
            </InTurn>
          )}
        </For>
      </tbody>
    </table>
  )
}

function Time(props: { at: number }) {
  const format = useFormat()
  return (
    <time dateTime={new Date(props.at).toISOString()} title={format.dateTime(props.at)}>
      {format.exactTime(props.at)}
    </time>
  )
}
