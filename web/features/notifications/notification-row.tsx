import X from 'lucide/dist/esm/icons/x.mjs'
import { Show } from 'solid-js'
import type { NotificationView } from '../../../worker/contract/notifications.ts'
import { createNow } from '../../api/now.ts'
import { useFormat, useTexts } from '../../i18n/i18n.ts'
import { Avatar } from '../../ui/avatar/avatar.tsx'
import { IconButton } from '../../ui/button/button.tsx'
import { Icon } from '../../ui/icon/icon.tsx'
import { Link } from '../../ui/link/link.tsx'
import { kindLooks, toneClass } from './kind-icon.ts'
import { pathOf, sayTold } from './told.ts'

/** One notification: a link to what it is about, and the way to be rid of it. */
export function NotificationRow(props: { of: NotificationView; onOpen: () => void; onRemove: () => void }) {
  const t = useTexts('notifications')
  const format = useFormat()
  const now = createNow()
  const said = () => sayTold(props.of, t, format)
  const look = () => kindLooks[props.of.kind]
  return (
    <li
      class={`relative flex items-start gap-1 border-line not-first:border-t ${props.of.read ? '' : 'bg-tangerine-tint/45'}`}
    >
      <Link
        bare
        href={pathOf(props.of)}
        onClick={() => props.onOpen()}
        class="flex min-h-18 min-w-0 flex-1 items-start gap-3 py-3.5 ps-4 hover:bg-sunken/60"
      >
        <span class="relative shrink-0">
          <Show
            when={props.of.actors[0]}
            fallback={
              <span class={`grid size-11 place-items-center rounded-full ${toneClass[look()[1]]}`}>
                <Icon of={look()[0]} />
              </span>
            }
          >
            {(actor) => (
              <>
                <Avatar name={actor().name} handle={actor().handle} picture={actor().picture} />
                <span
                  class={`absolute -end-1 -bottom-1 grid size-5.5 place-items-center rounded-full ring-2 ring-surface ${toneClass[look()[1]]}`}
                >
                  <Icon of={look()[0]} class="size-3.5" />
                </span>
              </>
            )}
          </Show>
        </span>
        <span class="min-w-0 flex-1">
          <span class={props.of.read ? 'font-medium text-ink-soft' : 'font-bold'}>
            <Show when={!props.of.read}>
              <span class="me-1.5 inline-block size-2 rounded-full bg-tangerine-text align-middle" aria-hidden="true" />
              <span class="sr-only">{t.isUnread}. </span>
            </Show>
            {said().title}
          </span>
          <span class="line-clamp-3 text-pretty text-ink-soft">{said().text}</span>
          <time class="figures text-caption text-ink-faint" datetime={props.of.at} title={format.dateTime(props.of.at)}>
            <Show when={now()} fallback={format.shortDateTime(props.of.at)}>
              {(now) => format.relative(props.of.at, now())}
            </Show>
          </time>
        </span>
      </Link>
      <IconButton
        icon={X}
        label={`${t.remove}: ${said().title}`}
        class="me-1.5 mt-2.5 text-ink-faint"
        onClick={() => props.onRemove()}
      />
    </li>
  )
}
