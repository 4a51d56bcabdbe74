import MessageCirclePlus from 'lucide/dist/esm/icons/message-circle-plus.mjs'
import MessagesSquare from 'lucide/dist/esm/icons/messages-square.mjs'
import Search from 'lucide/dist/esm/icons/search.mjs'
import SearchX from 'lucide/dist/esm/icons/search-x.mjs'
import { createSignal, For, onCleanup, onMount, Show } from 'solid-js'
import type { Folder } from '../../../../worker/contract/chat.ts'
import { chat as limits } from '../../../../worker/contract/limits.ts'
import { useInbox } from '../../../api/inbox.ts'
import { session } from '../../../api/session.ts'
import { useTexts } from '../../../i18n/i18n.ts'
import { lazyPart } from '../../../i18n/lazy-part.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import { Button, IconButton } from '../../../ui/button/button.tsx'
import { EmptyState } from '../../../ui/empty-state/empty-state.tsx'
import { Heading } from '../../../ui/heading/heading.tsx'
import { Icon } from '../../../ui/icon/icon.tsx'
import { Link } from '../../../ui/link/link.tsx'
import { ProblemNote } from '../../../ui/problem-note/problem-note.tsx'
import { Skeleton } from '../../../ui/skeleton/skeleton.tsx'
import { folders } from '../queries.ts'
import { RoomRow } from './room-row.tsx'
import { createRooms } from './rooms.ts'

const NewRoomSheet = lazyPart(() => import('../people/new-room-sheet.tsx').then((file) => file.NewRoomSheet), [])

const typedMs = 250

/** How far down each list was left. */
const scrolled = new Map<string, number>()

/** All rooms of a folder, with the ways to find one and to begin one. */
export function RoomList(props: { folder: Folder; current: string | null; isPage: boolean }) {
  const t = useTexts('messages')
  const common = useTexts('common')
  const words = useProblemWords()
  const [search, setSearch] = createSignal('')
  const [isMaking, setMaking] = createSignal(false)
  const rooms = createRooms(() => props.folder, search)
  const isSuspended = () => session.account()?.suspension != null
  let typed: ReturnType<typeof setTimeout> | undefined
  let box: HTMLDivElement | undefined
  onMount(() => box?.scrollTo(0, scrolled.get(props.folder) ?? 0))
  onCleanup(() => clearTimeout(typed))

  return (
    <div class="flex h-full min-h-0 flex-col">
      <header class="flex items-center justify-between gap-2 ps-4 pe-2 pt-4 md:ps-3">
        <Heading level={props.isPage ? 'h1' : 'h2'} class="text-heading font-extrabold">
          {t.title}
        </Heading>
        <Show when={!isSuspended()}>
          <IconButton icon={MessageCirclePlus} label={t.newRoom} onClick={() => setMaking(true)} />
        </Show>
      </header>
      <Show when={isMaking()}>
        <NewRoomSheet onClose={() => setMaking(false)} />
      </Show>
      <label class="relative mx-4 mt-2 block md:mx-3">
        <span class="sr-only">{t.search}</span>
        <span class="pointer-events-none absolute inset-y-0 start-3.5 grid place-items-center text-ink-faint">
          <Icon of={Search} />
        </span>
        <input
          type="search"
          autocomplete="off"
          maxlength={limits.name}
          placeholder={t.searchPlaceholder}
          class="min-h-11 w-full rounded-full border border-line bg-surface ps-11 pe-4 hover:border-edge"
          onInput={({ currentTarget: { value } }) => {
            clearTimeout(typed)
            typed = setTimeout(() => setSearch(value.trim()), typedMs)
          }}
        />
      </label>
      <Folders current={props.folder} />
      <div
        ref={box}
        aria-busy={rooms.isLoading()}
        class="min-h-0 flex-1 overflow-y-auto overscroll-contain px-1 pt-1 pb-4 md:px-2"
        onScroll={({ currentTarget }) => scrolled.set(props.folder, currentTarget.scrollTop)}
      >
        <Show when={rooms.problem()}>
          {(failed) => (
            <ProblemNote
              {...words(failed())}
              class="m-3"
              action={<Button onClick={() => void rooms.retry()}>{common.retry}</Button>}
            />
          )}
        </Show>
        <Show when={rooms.isKnown()} fallback={<Show when={!rooms.problem()}>{<Waiting />}</Show>}>
          <Show
            when={rooms.rows().length > 0}
            fallback={
              <Show when={!rooms.isLoading() && !rooms.problem()}>
                <Nothing folder={props.folder} search={search()} onNew={isSuspended() ? null : () => setMaking(true)} />
              </Show>
            }
          >
            <ul aria-label={t.list}>
              <For each={rooms.rows().map(({ id }) => id)}>{(id) => <Row id={id} isOpen={props.current === id} />}</For>
            </ul>
            <Show when={rooms.hasMore()}>
              <div class="p-3">
                <Button wide look="quiet" busy={rooms.isLoading()} onClick={() => void rooms.more()}>
                  {t.more}
                </Button>
              </div>
            </Show>
          </Show>
        </Show>
      </div>
    </div>
  )
}

/** Keyed by the room, so that a row that rises keeps its place in the reader's hand. */
function Row(props: { id: string; isOpen: boolean }) {
  const inbox = useInbox()
  return (
    <Show when={inbox.state().rooms[props.id]}>
      {(row) => (
        <li>
          <RoomRow row={row()} isOpen={props.isOpen} />
        </li>
      )}
    </Show>
  )
}

function Folders(props: { current: Folder }) {
  const t = useTexts('messages')
  const inbox = useInbox()
  const counts = (folder: Folder) => (folder === 'requests' ? (inbox.unread()?.requests ?? 0) : 0)
  return (
    <nav aria-label={t.folders.label} class="rail mx-4 mt-2 gap-1 border-b border-line md:mx-3">
      <For each={folders}>
        {(folder) => (
          <Link
            bare
            href={folder === 'inbox' ? '/messages' : `/messages?folder=${folder}`}
            aria-current={props.current === folder ? 'page' : undefined}
            class="-mb-px inline-flex min-h-11 items-center gap-1.5 border-b-2 border-transparent px-3 font-medium whitespace-nowrap text-ink-soft transition-colors hover:text-ink aria-[current=page]:border-tangerine-text aria-[current=page]:font-bold aria-[current=page]:text-ink"
          >
            {t.folders[folder]}
            <Show when={counts(folder) > 0}>
              <span class="figures rounded-full bg-tangerine-tint px-1.5 text-caption font-bold text-tangerine-text">
                {counts(folder)}
              </span>
            </Show>
          </Link>
        )}
      </For>
    </nav>
  )
}

function Waiting() {
  return (
    <ul aria-hidden="true">
      <For each={[0, 1, 2, 3, 4, 5]}>
        {() => (
          <li class="flex items-center gap-3 px-3 py-3">
            <Skeleton round class="skeleton size-12" />
            <span class="flex-1">
              <Skeleton class="h-4 w-2/5" />
              <Skeleton class="mt-2 h-4 w-4/5" />
            </span>
          </li>
        )}
      </For>
    </ul>
  )
}

function Nothing(props: { folder: Folder; search: string; onNew: (() => void) | null }) {
  const t = useTexts('messages')
  return (
    <Show
      when={props.search === ''}
      fallback={<EmptyState icon={SearchX} title={t.empty.search(props.search)} text={t.empty.searchText} />}
    >
      <EmptyState
        icon={MessagesSquare}
        title={t.empty[props.folder]}
        text={t.empty[`${props.folder}Text`]}
        action={
          <Show when={props.folder === 'inbox' && props.onNew}>
            {(onNew) => (
              <Button look="main" icon={MessageCirclePlus} onClick={() => onNew()()}>
                {t.newRoom}
              </Button>
            )}
          </Show>
        }
      />
    </Show>
  )
}
