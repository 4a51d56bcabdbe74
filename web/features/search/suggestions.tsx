import Search from 'lucide/dist/esm/icons/search.mjs'
import { createEffect, createSignal, on, onCleanup, Show } from 'solid-js'
import type { Suggestion } from '../../../worker/contract/search.ts'
import { answer } from '../../api/call.ts'
import { searchApi } from '../../api/search.ts'
import { session } from '../../api/session.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { inLanguage } from '../../i18n/language.ts'
import { Avatar } from '../../ui/avatar/avatar.tsx'
import { Combobox, type ComboboxOption } from '../../ui/combobox/combobox.tsx'
import { Icon } from '../../ui/icon/icon.tsx'
import { announce } from '../../ui/live-region/live-region.tsx'
import { useLocation, useNavigate } from '../../ui/navigation/navigation.ts'
import { searchHref } from './queries.ts'
import { createSuggesting } from './suggesting.ts'

const marked = 'input[data-suggest]'

/**
 * Suggestions below whichever search field of the page is used. The fields work by themselves, as forms; this comes after
 * the page and makes a combobox of the one that has the focus.
 */
export function Suggestions() {
  const location = useLocation()
  const [field, setField] = createSignal<HTMLInputElement | null>(fieldOf(document.activeElement))
  const onFocus = (event: FocusEvent) => setField((before) => fieldOf(event.target) ?? before)
  document.addEventListener('focusin', onFocus)
  onCleanup(() => document.removeEventListener('focusin', onFocus))

  // The header's field is of the edge and would keep the words of the first page.
  createEffect(
    on(
      () => location.pathname + location.search,
      () => {
        const isHere = inLanguage(location.pathname, 'ko') === '/search'
        for (const input of document.querySelectorAll<HTMLInputElement>(`header ${marked}`))
          if (input !== document.activeElement || isHere) input.value = (isHere && location.query['q']) || ''
        if (field()?.isConnected === false) setField(null)
      },
      { defer: true },
    ),
  )
  return (
    <Show when={field()} keyed>
      {(input) => <SuggestionsOf input={input} />}
    </Show>
  )
}

function fieldOf(target: EventTarget | null): HTMLInputElement | null {
  return target instanceof HTMLInputElement && target.matches(marked) ? target : null
}

function SuggestionsOf(props: { input: HTMLInputElement }) {
  const t = useTexts('search').suggestions
  const navigate = useNavigate()
  const suggesting = createSuggesting(
    async (words) => (await answer(searchApi(session.call).search.suggestions.$get({ query: { q: words } }))).items,
  )
  createEffect(
    on(
      () => session.account()?.handle,
      () => suggesting.readerChanged(),
      { defer: true },
    ),
  )
  createEffect(() => {
    const count = suggesting.items().length
    if (count > 0) announce(t.count(count))
  })

  function optionOf(suggestion: Suggestion): ComboboxOption {
    if (suggestion.kind === 'person') {
      const { person } = suggestion
      return {
        key: `@${person.handle}`,
        choose: () => navigate(`/users/${person.handle}`),
        content: () => (
          <>
            <Avatar name={person.name} handle={person.handle} picture={person.picture} size="small" />
            <span class="min-w-0 flex-1 truncate">
              <span class="font-semibold">{person.name}</span>{' '}
              <span class="text-caption text-ink-faint">@{person.handle}</span>
            </span>
            <span class="text-caption text-ink-faint">{t.person}</span>
          </>
        ),
      }
    }
    return {
      key: suggestion.text,
      choose() {
        // oxlint-disable-next-line solid/reactivity -- the field is the same for life
        props.input.value = suggestion.text
        navigate(searchHref({ q: suggestion.text }))
      },
      content: () => (
        <>
          <span class="grid size-8 shrink-0 place-items-center text-ink-faint">
            <Icon of={Search} />
          </span>
          <span class="min-w-0 flex-1 truncate">
            <Marked text={suggestion.text} words={suggesting.words()} />
          </span>
        </>
      ),
    }
  }

  return (
    <Combobox
      input={props.input}
      place={props.input.closest('[data-suggestions]') ?? document.body}
      label={t.label}
      options={suggesting.items().map((one) => optionOf(one))}
      onType={suggesting.type}
    />
  )
}

/** What was typed stands plain, what would come with it bold. */
function Marked(props: { text: string; words: string }) {
  const at = () => props.text.toLocaleLowerCase().indexOf(props.words.toLocaleLowerCase())
  return (
    <Show when={props.words !== '' && at() >= 0} fallback={<b class="font-semibold">{props.text}</b>}>
      <b class="font-semibold">{props.text.slice(0, at())}</b>
      {props.text.slice(at(), at() + props.words.length)}
      <b class="font-semibold">{props.text.slice(at() + props.words.length)}</b>
    </Show>
  )
}
