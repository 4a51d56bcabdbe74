import BadgeCheck from 'lucide/dist/esm/icons/badge-check.mjs'
import { type JSX, Show } from 'solid-js'
import type { PersonCard } from '../../../worker/contract/profiles.ts'
import { useFormat, useTexts } from '../../i18n/i18n.ts'
import { Avatar } from '../../ui/avatar/avatar.tsx'
import { Chip } from '../../ui/chip/chip.tsx'
import { Icon } from '../../ui/icon/icon.tsx'
import { Link } from '../../ui/link/link.tsx'

/** Somebody on a list of people, with what can be done about them at the end. `bare` has no profile to lead to. */
export function PersonLine(props: { person: PersonCard; children: JSX.Element; bare?: boolean }) {
  const t = useTexts('profiles')
  const format = useFormat()
  return (
    <li class="flex flex-wrap items-center gap-x-3 gap-y-2 border-line px-4 py-3 not-first:border-t">
      <Avatar name={props.person.name} handle={props.person.handle} picture={props.person.picture} />
      <div class="min-w-40 flex-1">
        <p class="flex items-center gap-1.5 font-semibold">
          <Show when={!props.bare} fallback={<span class="truncate">{props.person.name}</span>}>
            <Link bare href={`/users/${props.person.handle}`} class="truncate hover:underline">
              {props.person.name}
            </Link>
          </Show>
          <Show when={props.person.phoneVerified}>
            <Icon of={BadgeCheck} class="size-4 shrink-0 text-leaf" label={t.verified} />
          </Show>
        </p>
        <p class="truncate text-caption text-ink-soft">
          @{props.person.handle} · {t.mannerOf(format.score(props.person.manner.score))}
        </p>
        <Show when={props.person.suspended}>
          <Chip tone="brick">{t.suspended}</Chip>
        </Show>
      </div>
      <div class="ms-auto flex flex-wrap items-center gap-2">{props.children}</div>
    </li>
  )
}
