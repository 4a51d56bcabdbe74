import BadgeCheck from 'lucide/dist/esm/icons/badge-check.mjs'
import { For, Show } from 'solid-js'
import type { PersonCard } from '../../../worker/contract/profiles.ts'
import { useFormat, useTexts } from '../../i18n/i18n.ts'
import { Avatar } from '../../ui/avatar/avatar.tsx'
import { Chip } from '../../ui/chip/chip.tsx'
import { Link } from '../../ui/link/link.tsx'

export function People(props: { people: readonly PersonCard[] }) {
  const t = useTexts('profiles')
  const format = useFormat()
  return (
    <ul class="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
      <For each={props.people}>
        {(person) => (
          <li class="relative flex min-w-0 items-center gap-4 rounded-card border border-line bg-surface p-4 hover:bg-sunken">
            <Avatar name={person.name} handle={person.handle} picture={person.picture} size="large" />
            <div class="min-w-0 flex-1">
              <h2 class="truncate font-bold">
                <Link
                  bare
                  href={`/users/${person.handle}`}
                  class="after:absolute after:inset-0 after:rounded-card after:content-[''] hover:underline"
                >
                  {person.name}
                </Link>
              </h2>
              <p class="truncate text-caption text-ink-faint">@{person.handle}</p>
              <p class="mt-1 text-caption text-ink-soft">
                {t.manner} <span class="figures font-semibold">{format.score(person.manner.score)}</span> ·{' '}
                {t.bands[person.manner.band]}
              </p>
              <p class="mt-1.5 flex flex-wrap gap-1.5 empty:hidden">
                <Show when={person.suspended}>
                  <Chip tone="brick">{t.suspended}</Chip>
                </Show>
                <Show when={person.phoneVerified && !person.suspended}>
                  <Chip tone="leaf" icon={BadgeCheck}>
                    {t.verified}
                  </Chip>
                </Show>
              </p>
            </div>
          </li>
        )}
      </For>
    </ul>
  )
}
