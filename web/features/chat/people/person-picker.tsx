import X from 'lucide/dist/esm/icons/x.mjs'
import { createSignal, For, Show } from 'solid-js'
import type { PersonCard } from '../../../../worker/contract/profiles.ts'
import { useTexts } from '../../../i18n/i18n.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import { Avatar } from '../../../ui/avatar/avatar.tsx'
import { TextField } from '../../../ui/field/text-field.tsx'
import { Icon } from '../../../ui/icon/icon.tsx'
import { ProblemNote } from '../../../ui/problem-note/problem-note.tsx'
import { createPeopleSearch } from './people.ts'

/** Finds people and gathers them. `without` are those who are there already. */
export function PersonPicker(props: {
  chosen: readonly PersonCard[]
  onChosen: (people: readonly PersonCard[]) => void
  without: readonly string[]
}) {
  const t = useTexts('messages')
  const words = useProblemWords()
  const [typed, setTyped] = createSignal('')
  const search = createPeopleSearch(typed)
  const found = () =>
    search
      .people()
      ?.filter(({ handle }) => !props.without.includes(handle) && !props.chosen.some((one) => one.handle === handle))
  let box: HTMLInputElement | undefined

  function choose(person: PersonCard): void {
    props.onChosen([...props.chosen, person])
    setTyped('')
    box?.focus()
  }

  return (
    <div class="flex flex-col gap-3">
      <Show when={props.chosen.length > 0}>
        <ul aria-label={t.create.chosen} class="flex flex-wrap gap-2">
          <For each={props.chosen}>
            {(person) => (
              <li>
                <button
                  type="button"
                  aria-label={t.create.unchoose(person.name)}
                  class="inline-flex min-h-11 items-center gap-2 rounded-full bg-tangerine-tint py-1 ps-1.5 pe-3 font-medium text-tangerine-text hover:opacity-80"
                  onClick={() => {
                    props.onChosen(props.chosen.filter((one) => one !== person))
                    box?.focus()
                  }}
                >
                  <Avatar name={person.name} handle={person.handle} picture={person.picture} size="small" />
                  {person.name}
                  <Icon of={X} class="size-4" />
                </button>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <TextField
        ref={(element) => (box = element)}
        label={t.create.who}
        type="search"
        autocomplete="off"
        autofocus
        placeholder={t.create.placeholder}
        value={typed()}
        onValue={setTyped}
        onKeyDown={(event) => {
          const [first] = found() ?? []
          if (event.key !== 'Enter' || event.isComposing) return
          event.preventDefault()
          if (first) choose(first)
        }}
      />
      <Show when={search.problem()}>{(failed) => <ProblemNote {...words(failed())} />}</Show>
      <div class="min-h-40" aria-busy={typed().trim() !== '' && search.people() === null}>
        <output class="block px-1 text-caption text-ink-faint empty:hidden">
          <Show when={typed().trim() !== ''}>
            <Show when={found()} fallback={<>{search.problem() ? '' : t.create.searching}</>}>
              {(found) => <>{found().length === 0 ? t.create.none : ''}</>}
            </Show>
          </Show>
        </output>
        <ul aria-label={t.create.found}>
          <For each={found()}>
            {(person) => (
              <li>
                <button
                  type="button"
                  class="flex min-h-14 w-full items-center gap-3 rounded-control px-2 text-start hover:bg-sunken"
                  onClick={() => choose(person)}
                >
                  <Avatar name={person.name} handle={person.handle} picture={person.picture} />
                  <span class="min-w-0">
                    <span class="block truncate font-semibold">{person.name}</span>
                    <span class="block truncate text-caption text-ink-faint">@{person.handle}</span>
                  </span>
                </button>
              </li>
            )}
          </For>
        </ul>
      </div>
    </div>
  )
}
