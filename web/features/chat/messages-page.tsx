import MessagesSquare from 'lucide/dist/esm/icons/messages-square.mjs'
import { createSignal, type JSX, onCleanup, onMount, Show } from 'solid-js'
import { answer, newKey } from '../../api/call.ts'
import { type ApiProblem, asProblem } from '../../api/problem.ts'
import { session } from '../../api/session.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { useProblemWords } from '../../i18n/problem-words.ts'
import type { HeadContext, PageHead, PageProps } from '../../page.ts'
import { EmptyState } from '../../ui/empty-state/empty-state.tsx'
import { ButtonLink } from '../../ui/link/link.tsx'
import { useNavigation } from '../../ui/navigation/navigation.ts'
import { ProblemNote } from '../../ui/problem-note/problem-note.tsx'
import { chatApi } from './api.ts'
import { type DealCard, RoomPane } from './conversation/room-pane.tsx'
import { RoomList } from './list/room-list.tsx'
import { folders, type RoomData } from './queries.ts'

/** List and conversation, side by side where there is room for both; the page itself does not scroll, its parts do. */
function Frame(props: { list: JSX.Element; room: JSX.Element; shows: 'list' | 'room' }) {
  return (
    <div class="mx-auto flex mt-(--offline-bar) h-[calc(100dvh-var(--header-height)-var(--offline-bar)-var(--bottom-bar)-1px)] min-h-96 w-full max-w-304">
      <div
        class={`min-w-0 flex-1 lg:block lg:max-w-92 lg:border-e lg:border-line ${props.shows === 'list' ? '' : 'hidden'}`}
      >
        {props.list}
      </div>
      <div class={`min-w-0 flex-1 lg:block xl:border-e xl:border-line ${props.shows === 'room' ? '' : 'hidden'}`}>
        {props.room}
      </div>
    </div>
  )
}

/** Everything one talks about. */
export function MessagesPage(props: PageProps<null>) {
  const t = useTexts('messages')
  const folder = () => {
    if (session.account()?.suspension) return 'deals'
    return folders.find((one) => one === props.at.query['folder']) ?? 'inbox'
  }
  return (
    <Show when={props.at.query['to']} fallback={<Both />} keyed>
      {(handle) => <Opening handle={handle} />}
    </Show>
  )

  function Both() {
    return (
      <Frame
        shows="list"
        list={<RoomList folder={folder()} current={null} isPage />}
        room={
          <EmptyState
            icon={MessagesSquare}
            title={t.empty.choose}
            text={t.empty.chooseText}
            class="min-h-full justify-center"
          />
        }
      />
    )
  }
}

/** On the way to the room of two: the link that led here names the other one. */
function Opening(props: { handle: string }) {
  const t = useTexts('messages')
  const words = useProblemWords()
  const { navigate, target } = useNavigation()
  let isLeft = false
  onCleanup(() => (isLeft = true))
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)
  onMount(async () => {
    try {
      const room = await answer(
        chatApi(session.call).rooms.$post(
          { json: { handles: [props.handle] } },
          { headers: { 'idempotency-key': newKey() } },
        ),
      )
      // Meanwhile the reader may have gone elsewhere, or be on the way.
      if (!isLeft && !target()) navigate(`/messages/${room.id}`, { replace: true })
    } catch (thrown) {
      setProblem(asProblem(thrown))
    }
  })
  return (
    <div class="column max-w-xl py-10" aria-busy={problem() === null}>
      <Show when={problem()} fallback={<p class="text-center text-ink-soft">{t.opening}</p>}>
        {(failed) => (
          <ProblemNote
            {...words(failed())}
            action={<ButtonLink href={`/users/${props.handle}`}>{t.profile}</ButtonLink>}
          />
        )}
      </Show>
    </div>
  )
}

/** One room, beside the others. */
export function RoomPage(props: PageProps<RoomData> & { dealCard: DealCard | null }) {
  return (
    <Frame
      shows="room"
      list={<RoomList folder={props.data.view.folder} current={props.data.view.id} isPage={false} />}
      room={<RoomPane data={props.data} dealCard={props.dealCard} />}
    />
  )
}

export function messagesHead({ texts }: HeadContext<null>): PageHead {
  return { title: texts('messages').title, isIndexed: false }
}

export function roomHead({ data, texts, format }: HeadContext<RoomData>): PageHead {
  const { name, members, deal } = data.view
  const people = members.map((one) => one.name)
  return {
    title: deal?.title ?? name ?? (people.length > 0 ? format.list(people) : texts('messages').title),
    isIndexed: false,
  }
}
