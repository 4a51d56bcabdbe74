import Search from 'lucide/dist/esm/icons/search.mjs'
import UserRoundSearch from 'lucide/dist/esm/icons/user-round-search.mjs'
import { createSignal, For, Show } from 'solid-js'
import type { StaffAccountRow } from '../../../worker/contract/moderation.ts'
import { createGrowingList } from '../../api/growing-list.ts'
import { session } from '../../api/session.ts'
import { useFormat, useTexts } from '../../i18n/i18n.ts'
import { ListEnd } from '../../i18n/list-end.tsx'
import type { HeadContext, PageHead, PageProps } from '../../page.ts'
import { Avatar } from '../../ui/avatar/avatar.tsx'
import { Button } from '../../ui/button/button.tsx'
import { Chip } from '../../ui/chip/chip.tsx'
import { EmptyState } from '../../ui/empty-state/empty-state.tsx'
import { TextField } from '../../ui/field/text-field.tsx'
import { Link } from '../../ui/link/link.tsx'
import { useNavigate } from '../../ui/navigation/navigation.ts'
import { StaffFrame } from './frame.tsx'
import { findAccounts, type FoundAccounts } from './queries.ts'

/** Finding the account that something is to be done about. */
export function AccountsPage(props: PageProps<FoundAccounts>) {
  const t = useTexts('staff')
  const navigate = useNavigate()
  // oxlint-disable-next-line solid/reactivity -- where typing begins
  const [words, setWords] = createSignal(props.data.search)
  const list = createGrowingList<StaffAccountRow>({
    first: () => props.data,
    next: (cursor) => findAccounts(session.call, props.data.search, cursor),
  })
  return (
    <StaffFrame part="accounts" title={t.accounts.title} lead={t.lead}>
      <form
        class="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          navigate(`/staff?search=${encodeURIComponent(words().trim())}`)
        }}
      >
        <TextField
          class="flex-1"
          type="search"
          name="search"
          label={t.accounts.search}
          autocomplete="off"
          value={words()}
          onValue={setWords}
        />
        <Button type="submit" look="main" size="large" icon={Search}>
          {t.accounts.find}
        </Button>
      </form>
      <Show
        when={list.items().length > 0}
        fallback={
          <EmptyState icon={UserRoundSearch} title={props.data.search === '' ? t.accounts.begin : t.accounts.none} />
        }
      >
        <ul class="mt-5 overflow-hidden rounded-card border border-line bg-surface">
          <For each={list.items()}>{(row) => <Row row={row} />}</For>
        </ul>
      </Show>
      <ListEnd list={list} />
    </StaffFrame>
  )
}

export function staffHead({ texts }: HeadContext<FoundAccounts>): PageHead {
  return { title: texts('staff').title, isIndexed: false }
}

function Row(props: { row: StaffAccountRow }) {
  const t = useTexts('staff').accounts
  const format = useFormat()
  return (
    <li class="border-line not-first:border-t">
      <Link
        bare
        href={`/staff/accounts/${props.row.id}`}
        class="flex min-h-16 items-center gap-3 px-4 py-3 hover:bg-sunken"
      >
        <Avatar name={props.row.name} handle={props.row.handle} picture={props.row.picture} size="small" />
        <span class="min-w-0 flex-1">
          <span class="block truncate font-semibold">{props.row.name}</span>
          <span class="block truncate text-caption text-ink-soft">@{props.row.handle}</span>
        </span>
        <span class="flex flex-wrap justify-end gap-1.5">
          <Show when={props.row.role !== 'member'}>
            <Chip tone="sky">{t.roles[props.row.role]}</Chip>
          </Show>
          <Show when={props.row.suspendedUntil}>
            {(until) => <Chip tone="brick">{t.suspendedUntil(format.shortDate(until()))}</Chip>}
          </Show>
        </span>
      </Link>
    </li>
  )
}
