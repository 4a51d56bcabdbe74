import Keyboard from 'lucide/dist/esm/icons/keyboard.mjs'
import Share2 from 'lucide/dist/esm/icons/share-2.mjs'
import Users from 'lucide/dist/esm/icons/users.mjs'
import WifiOff from 'lucide/dist/esm/icons/wifi-off.mjs'
import { createEffect, createMemo, createSignal, createUniqueId, For, onMount, Show, Suspense } from 'solid-js'
import type { ChatMessage } from '../../../../worker/contract/auctions.ts'
import { whileHere } from '../../../api/while-here.ts'
import { useFormat, useTexts } from '../../../i18n/i18n.ts'
import { lazyPart } from '../../../i18n/lazy-part.ts'
import type { PageProps } from '../../../page.ts'
import { Button, IconButton } from '../../../ui/button/button.tsx'
import { Chip, type Tone } from '../../../ui/chip/chip.tsx'
import { Icon } from '../../../ui/icon/icon.tsx'
import { InTurn } from '../../../ui/in-turn/in-turn.tsx'
import { Note } from '../../../ui/problem-note/problem-note.tsx'
import { Skeleton } from '../../../ui/skeleton/skeleton.tsx'
import { useNavigate } from '../../../ui/navigation/navigation.ts'
import { panelId, TabList, tabId } from '../../../ui/tabs/tabs.tsx'
import { showToast } from '../../../ui/toast/toast.tsx'
import { likes } from '../cards/likes.ts'
import { LikeButton } from '../cards/like-button.tsx'
import { About } from './about.tsx'
import { BidBar, type SheetWish } from './bid-bar.tsx'
import { BidderRulesNote } from './bidder-rules.tsx'
import { BidList } from './bid-list.tsx'
import { Deadline } from './deadline.tsx'
import { Gallery } from './gallery.tsx'
import { PriceBlock } from './price-block.tsx'
import { Result } from './result.tsx'
import { createRoom, type RoomData, type RoomParts, RoomProvider, useRoom } from './room.tsx'
import { Rules } from './rules.tsx'
import { createShortcuts } from './shortcuts.ts'
import { isOver, type Phase } from './standing.ts'

const Announcer = lazyPart(() => import('./announcer.ts').then((file) => file.Announcer), ['signals'])
const Chat = lazyPart(() => import('./chat.tsx').then((file) => file.Chat), ['chat'])
const BidSheet = lazyPart(() => import('./bid-sheet.tsx').then((file) => file.BidSheet), ['bidding'])
const ManageSheet = lazyPart(() => import('./manage-sheet.tsx').then((file) => file.ManageSheet), ['manage'])
const Related = lazyPart(() => import('../recommended/related.tsx').then((file) => file.Related), ['search'])
const KeysSheet = lazyPart(() => import('./keys-sheet.tsx').then((file) => file.KeysSheet), ['signals'])

type Part = 'bids' | 'chat' | 'about' | 'rules'

/** One auction. A draft has no room yet: its seller goes on writing. */
export function AuctionPage(props: PageProps<RoomData> & { parts: RoomParts }) {
  const navigate = useNavigate()
  const isDraft = () => props.data.view.state === 'draft'
  createEffect(() => {
    if (isDraft()) navigate(`/sell/${props.data.view.id}`, { replace: true })
  })
  return (
    <Show when={!isDraft()}>
      <LiveAuction {...props} />
    </Show>
  )
}

/** Live: on phones one column with a bar at the thumb, wider in two, then three. */
function LiveAuction(props: PageProps<RoomData> & { parts: RoomParts }) {
  const room = createRoom(
    () => props.data,
    () => props.reload(),
    // oxlint-disable-next-line solid/reactivity -- the same for every auction
    props.parts,
  )
  whileHere(
    () => import('../../../api/signals/reporter.ts'),
    // oxlint-disable-next-line solid/reactivity -- another auction is another page
    ({ opened }) => opened(props.data.view.id),
  )
  createEffect(() => {
    const { id, isLiked } = room.view()
    if (isLiked !== null) likes.know(id, isLiked)
  })
  return (
    <RoomProvider value={room}>
      <RoomView />
    </RoomProvider>
  )
}

function RoomView() {
  const t = useTexts('room')
  const room = useRoom()
  const id = createUniqueId()
  const [part, setPart] = createSignal<Part>('bids')
  const [wish, setWish] = createSignal<SheetWish | null>(null)
  const [isManaging, setManaging] = createSignal(false)
  const [banning, setBanning] = createSignal<ChatMessage | null>(null)
  const [isAwake, setAwake] = createSignal(false)
  const [showsKeys, setShowsKeys] = createSignal(false)
  // Once shown, chat and sheets stay in the page: what they hold goes on unseen.
  const needsChat = createMemo<boolean>((before) => before || part() === 'chat', false)
  const needsBidSheet = createMemo<boolean>((before) => before || wish() !== null, false)
  const needsManage = createMemo<boolean>((before) => before || isManaging(), false)
  const needsKeys = createMemo<boolean>((before) => before || showsKeys(), false)

  onMount(() => {
    setAwake(true)
    // Its code is here before the thumb is.
    if (room.phase() === 'running') void BidSheet.preload()
  })
  createShortcuts({
    bid: () => focusOn('bid'),
    max: () => focusOn('max'),
    async chat() {
      setPart('chat')
      if (await Chat.want()) requestAnimationFrame(() => focusOn('chat'))
    },
    help: showKeys,
  })

  function manage(): void {
    setManaging(true)
    void ManageSheet.want()
  }
  function showKeys(): void {
    setShowsKeys(true)
    void KeysSheet.want()
  }

  // The same tabs for life: one that is made anew with each bid loses the focus.
  const tabs = [
    {
      value: 'bids' as const,
      label: t.tabs.bids,
      get count() {
        return room.state().auction.bidCount
      },
    },
    { value: 'chat' as const, label: t.tabs.chat },
    { value: 'about' as const, label: t.tabs.about, class: 'md:hidden' },
    { value: 'rules' as const, label: t.tabs.rules, class: 'md:hidden' },
  ]
  /** On wider screens text and rules stand apart, and of the other two one is always open. */
  const panelClass = (value: Part) => {
    if (value === 'about' || value === 'rules') return part() === value ? '' : 'max-md:hidden noscript:block!'
    if (part() === value) return ''
    const isFallback = value === 'bids' && (part() === 'about' || part() === 'rules')
    return isFallback ? 'hidden md:block noscript:block!' : 'hidden noscript:block!'
  }
  return (
    <div class="column grid grid-cols-1 gap-x-8 pb-6 md:grid-cols-[minmax(0,1fr)_22rem] md:grid-rows-[auto_1fr] md:py-6 xl:grid-cols-[minmax(0,1fr)_22rem_20rem]">
      <div class="grid min-w-0 content-start gap-4 md:col-start-1 md:row-start-1">
        <InTurn>
          <Gallery images={room.view().terms.images}>
            <StateChip />
            <Present />
          </Gallery>
        </InTurn>
        <InTurn>
          <Heading onKeys={showKeys} />
        </InTurn>
      </div>

      <div class="min-w-0 md:col-start-2 md:row-span-2 md:row-start-1 xl:contents">
        <div class="min-w-0 py-4 md:py-0 xl:col-start-2 xl:row-span-2 xl:row-start-1">
          <div class="grid grid-cols-1 gap-5 xl:sticky xl:top-[calc(var(--header-height)+1.5rem)]">
            <Connection />
            <Show when={isOver(room.phase())}>
              <Result />
            </Show>
            <InTurn>
              <PriceBlock />
            </InTurn>
            <InTurn>
              <Deadline />
            </InTurn>
            <BidderRulesNote />
            <InTurn>
              <BidBar
                onSheet={(wanted) => {
                  setWish(wanted)
                  void BidSheet.want()
                }}
                onManage={manage}
              />
            </InTurn>
          </div>
        </div>

        <div class="min-w-0 md:mt-6 xl:col-start-3 xl:row-span-2 xl:row-start-1 xl:mt-0">
          <InTurn>
            <TabList
              id={id}
              label={t.tabs.label}
              tabs={tabs}
              value={part()}
              onValue={(value) => {
                setPart(value)
                if (value === 'chat') void Chat.want()
              }}
            />
          </InTurn>
          <div role="tabpanel" id={panelId(id, 'bids')} aria-labelledby={tabId(id, 'bids')} class={panelClass('bids')}>
            <InTurn>
              <BidList />
            </InTurn>
          </div>
          <div role="tabpanel" id={panelId(id, 'chat')} aria-labelledby={tabId(id, 'chat')} class={panelClass('chat')}>
            <Suspense fallback={<Skeleton class="mt-3 h-72 w-full" />}>
              <Show when={needsChat()}>
                <Chat
                  onBan={(message) => {
                    setBanning(message)
                    manage()
                  }}
                />
              </Show>
            </Suspense>
          </div>
        </div>
      </div>

      <div class="min-w-0 md:col-start-1 md:row-start-2 md:mt-8">
        <div role="tabpanel" id={panelId(id, 'about')} aria-labelledby={tabId(id, 'about')} class={panelClass('about')}>
          <h2 class="text-title font-extrabold max-md:sr-only">{t.about.title}</h2>
          <InTurn>
            <About />
          </InTurn>
        </div>
        <div role="tabpanel" id={panelId(id, 'rules')} aria-labelledby={tabId(id, 'rules')} class={panelClass('rules')}>
          <h2 class="text-title font-extrabold max-md:sr-only">{t.rules.title}</h2>
          <InTurn>
            <Rules />
          </InTurn>
        </div>
      </div>

      <div class="min-w-0 md:col-span-full md:row-start-3">
        <Show when={isAwake()}>
          <Related target={room.view().id} />
        </Show>
      </div>

      <Suspense>
        <Show when={room.live()}>
          <Announcer />
        </Show>
        <Show when={needsBidSheet()}>
          <BidSheet wish={wish()} onClose={() => setWish(null)} />
        </Show>
        <Show when={needsManage()}>
          <ManageSheet
            open={isManaging()}
            banning={banning()}
            onClose={() => {
              setManaging(false)
              setBanning(null)
            }}
          />
        </Show>
        <Show when={needsKeys()}>
          <KeysSheet open={showsKeys()} onClose={() => setShowsKeys(false)} />
        </Show>
      </Suspense>
    </div>
  )
}

function focusOn(name: 'bid' | 'max' | 'chat'): void {
  const target = document.querySelector<HTMLElement>(`[data-shortcut~="${name}"]`)
  target?.focus()
  target?.scrollIntoView({ block: 'nearest' })
}

const chipTones: Record<Phase, Tone> = {
  scheduled: 'sky',
  opening: 'sky',
  running: 'tangerine',
  closing: 'tangerine',
  sold: 'leaf',
  unsold: 'plain',
  cancelled: 'plain',
  void: 'brick',
}

function StateChip() {
  const t = useTexts('auctions').states
  const clock = useTexts('room').clock
  const room = useRoom()
  const word = () => {
    const phase = room.phase()
    if (phase === 'opening') return clock.opening
    return phase === 'closing' ? clock.closing : t[phase]
  }
  return (
    <Chip tone={chipTones[room.phase()]} solid size="normal">
      {word()}
    </Chip>
  )
}

/** How many are here; those who let themselves be named, on demand. */
function Present() {
  const t = useTexts('room')
  const format = useFormat()
  const room = useRoom()
  const presence = () => room.state().presence
  return (
    <details class="group pointer-events-auto relative">
      <summary class="figures inline-flex min-h-8 items-center gap-1.5 rounded-full bg-surface/85 px-3 text-caption font-semibold backdrop-blur-sm">
        <Icon of={Users} class="size-4" />
        {t.present(presence().count)}
      </summary>
      <div class="absolute end-0 top-full z-10 mt-1 max-h-56 w-56 overflow-y-auto rounded-card border border-line bg-surface p-3 shadow-lift">
        <p class="text-caption font-semibold text-ink-faint">{t.presentNamed}</p>
        <ul class="mt-1 grid gap-1">
          <For each={presence().named}>{(person) => <li class="truncate">{person.name}</li>}</For>
          <Show when={presence().count > presence().named.length}>
            <li class="text-ink-soft">{t.presentMore(presence().count - presence().named.length)}</li>
          </Show>
        </ul>
        <span class="sr-only">{format.number(presence().count)}</span>
      </div>
    </details>
  )
}

function Heading(props: { onKeys: () => void }) {
  const t = useTexts('room')
  const room = useRoom()

  async function share(): Promise<void> {
    const { title } = room.view().terms
    const url = location.origin + location.pathname
    try {
      if (navigator.share) await navigator.share({ title, url })
      else {
        await navigator.clipboard.writeText(url)
        showToast({ text: t.shared, tone: 'leaf' })
      }
    } catch {
      // Closing the platform's own sheet is no failure.
    }
  }

  return (
    <div class="flex items-start justify-between gap-3">
      <h1 class="min-w-0 pt-1.5 text-heading font-extrabold text-pretty md:max-xl:text-hero">
        {room.view().terms.title}
      </h1>
      <div class="needs-script flex shrink-0 items-center gap-1">
        <LikeButton id={room.view().id} title={room.view().terms.title} count={room.view().likesCount} />
        <IconButton icon={Share2} label={t.share} onClick={() => void share()} />
        <IconButton icon={Keyboard} label={t.openKeys} onClick={() => props.onKeys()} class="max-md:hidden" />
      </div>
    </div>
  )
}

/** When the live view has ended and will not come back by itself: why, and the way back. */
function Connection() {
  const t = useTexts('room').connection
  const common = useTexts('common')
  const room = useRoom()
  const stopped = () => {
    const { connection, stoppedBy } = room.state()
    if (isOver(room.phase())) return null
    if (room.isLost()) return { title: t.lost, back: { label: common.retry, run: () => location.reload() } }
    if (connection !== 'stopped') return null
    if (stoppedBy === 4409) return { title: t.tooMany, back: { label: t.here, run: () => room.live()?.reconnect() } }
    return { title: stoppedBy === 4403 ? t.suspended : t.gone, back: null }
  }
  return (
    <Show when={stopped()}>
      {(why) => (
        <Note
          tone="brick"
          icon={WifiOff}
          title={why().title}
          action={
            why().back ? (
              <Button size="small" onClick={() => why().back?.run()}>
                {why().back?.label}
              </Button>
            ) : undefined
          }
        />
      )}
    </Show>
  )
}
