import CloudOff from 'lucide/dist/esm/icons/cloud-off.mjs'
import DoorOpen from 'lucide/dist/esm/icons/door-open.mjs'
import { type Component, createEffect, createSignal, on, onCleanup, Show } from 'solid-js'
import type { MessageView } from '../../../../worker/contract/chat.ts'
import { useInbox } from '../../../api/inbox.ts'
import { useTexts } from '../../../i18n/i18n.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import { EmptyState } from '../../../ui/empty-state/empty-state.tsx'
import { Icon } from '../../../ui/icon/icon.tsx'
import { ButtonLink } from '../../../ui/link/link.tsx'
import { announceNow } from '../../../ui/live-region/live-region.tsx'
import type { RoomData } from '../queries.ts'
import { Composer } from './composer.tsx'
import { createConversation } from './conversation.ts'
import { MessageLog } from './message-log.tsx'
import { RequestBar } from './request-bar.tsx'
import { RoomHeader } from './room-header.tsx'
import { RoomProvider } from './room-context.ts'
import { Silence } from './silence.tsx'

/** What a deal's room shows above its messages, brought by the feature that knows deals. */
export type DealCard = Component<{ deal: string }>

/** Without a line for so long it is said. */
const silentMs = 3_000

/** One conversation. */
export function RoomPane(props: { data: RoomData; dealCard: DealCard | null }) {
  const t = useTexts('messages')
  const problemWords = useProblemWords()
  // oxlint-disable-next-line solid/reactivity -- another room is another page
  const conversation = createConversation(props.data)
  const [editing, setEditing] = createSignal<MessageView | null>(null)
  const room = { ...conversation, editing, setEditing }
  const { view } = room
  const silence = () => view().reason

  createEffect(
    on(
      () => room.outgoing().find(({ failed }) => failed !== null),
      (item) => {
        if (item?.failed) announceNow(t.failedSpoken(problemWords({ code: item.failed }).title))
      },
      { defer: true },
    ),
  )

  return (
    <RoomProvider value={room}>
      <Show
        when={!room.isGone()}
        fallback={
          <EmptyState
            icon={DoorOpen}
            title={t.gone}
            text={t.goneText}
            class="min-h-full justify-center"
            action={<ButtonLink href="/messages">{t.back}</ButtonLink>}
          />
        }
      >
        <div class="flex h-full min-h-0 flex-col">
          <RoomHeader />
          <Show when={props.dealCard && view().deal}>
            {(deal) => <div class="border-b border-line">{props.dealCard?.({ deal: deal().id })}</div>}
          </Show>
          <ConnectionLine />
          <MessageLog />
          <Show when={!view().invited} fallback={<RequestBar />}>
            <Show when={silence()} fallback={<Composer />}>
              {(why) => <Silence why={why()} />}
            </Show>
          </Show>
        </div>
      </Show>
    </RoomProvider>
  )
}

/** Says when nothing live comes, once that is no matter of a moment. */
function ConnectionLine() {
  const t = useTexts('messages')
  const inbox = useInbox()
  const [isSilent, setSilent] = createSignal(false)
  createEffect(
    on(
      () => inbox.state().connection,
      (connection) => {
        if (connection === 'live') return setSilent(false)
        const timer = setTimeout(() => setSilent(true), silentMs)
        onCleanup(() => clearTimeout(timer))
      },
    ),
  )
  const words = () => {
    const { connection } = inbox.state()
    // Of a lost network the frame of the page speaks, and each message that waits for it.
    if (!isSilent() || connection === 'idle' || connection === 'live' || connection === 'offline') return null
    return connection === 'connecting' ? t.connection.reconnecting : t.connection[connection]
  }
  return (
    <Show when={words()}>
      {(words) => (
        <output class="flex items-center justify-center gap-2 bg-sky-tint px-4 py-2 text-caption text-sky">
          <Icon of={CloudOff} class="size-4" />
          {words()}
        </output>
      )}
    </Show>
  )
}
