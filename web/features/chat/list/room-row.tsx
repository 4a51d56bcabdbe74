import BellOff from 'lucide/dist/esm/icons/bell-off.mjs'
import Pin from 'lucide/dist/esm/icons/pin.mjs'
import { Show } from 'solid-js'
import type { RoomRow as Row } from '../../../../worker/contract/chat.ts'
import { useInbox } from '../../../api/inbox.ts'
import { serverNow } from '../../../api/server-clock.ts'
import { session } from '../../../api/session.ts'
import { useFormat, useTexts } from '../../../i18n/i18n.ts'
import { Icon } from '../../../ui/icon/icon.tsx'
import { Link } from '../../../ui/link/link.tsx'
import { RoomAvatar } from '../room-avatar.tsx'
import { useRoomWords, whenOf } from '../words.ts'

export function RoomRow(props: { row: Row; isOpen: boolean }) {
  const t = useTexts('messages')
  const format = useFormat()
  const words = useRoomWords()
  const inbox = useInbox()
  const pending = () => {
    const { id } = props.row
    return inbox.state().outgoing.findLast(({ room }) => room === id)
  }
  const typist = () => inbox.state().typing[props.row.id]?.[0]
  const preview = () => words.previewOf(props.row, session.account()?.handle, pending())
  return (
    <Link
      bare
      href={`/messages/${props.row.id}`}
      aria-current={props.isOpen ? 'page' : undefined}
      class="group flex min-h-18 items-center gap-3 rounded-card px-3 py-2.5 transition-colors hover:bg-sunken focus-visible:-outline-offset-3 aria-[current=page]:bg-tangerine-tint"
    >
      <RoomAvatar row={props.row} />
      <span class="min-w-0 flex-1">
        <span class="flex items-baseline gap-2">
          <span class={`truncate ${props.row.unread > 0 ? 'font-bold' : 'font-semibold'}`}>
            {words.titleOf(props.row)}
          </span>
          <span class="flex shrink-0 items-center gap-1 self-center text-ink-faint empty:hidden">
            <Show when={props.row.settings.pinned}>
              <Icon of={Pin} class="size-3.5" label={t.pinned} />
            </Show>
            <Show when={props.row.settings.muted}>
              <Icon of={BellOff} class="size-3.5" label={t.muted} />
            </Show>
          </span>
          <time dateTime={props.row.at} class="figures ms-auto shrink-0 text-caption text-ink-faint">
            {whenOf(props.row.at, serverNow(), format, t.yesterday)}
          </time>
        </span>
        <span class="mt-0.5 flex items-center gap-2">
          <span
            class={`min-w-0 flex-1 truncate ${
              pending()?.failed ? 'text-brick' : props.row.unread > 0 ? 'text-ink' : 'text-ink-soft'
            }`}
          >
            <Show when={typist()} fallback={<>{preview()}</>}>
              {(who) => <span class="text-tangerine-text">{t.typing.one(who().name)}</span>}
            </Show>
          </span>
          <Show when={props.row.unread > 0}>
            <span
              class={`figures grid h-5.5 min-w-5.5 shrink-0 place-items-center rounded-full px-1.5 text-caption font-bold forced-colors:border ${
                props.row.settings.muted ? 'bg-sunken text-ink-soft' : 'bg-tangerine text-on-tangerine'
              }`}
            >
              <span aria-hidden="true">{format.number(props.row.unread)}</span>
              <span class="sr-only">{t.unread(props.row.unread)}</span>
            </span>
          </Show>
        </span>
      </span>
    </Link>
  )
}
