import ScrollText from 'lucide/dist/esm/icons/scroll-text.mjs'
import { For, Show } from 'solid-js'
import type { AuditView } from '../../../worker/contract/moderation.ts'
import { createGrowingList } from '../../api/growing-list.ts'
import { session } from '../../api/session.ts'
import { useFormat, useTexts } from '../../i18n/i18n.ts'
import { ListEnd } from '../../i18n/list-end.tsx'
import type { HeadContext, PageHead, PageProps } from '../../page.ts'
import { EmptyState } from '../../ui/empty-state/empty-state.tsx'
import { Link } from '../../ui/link/link.tsx'
import { StaffFrame } from './frame.tsx'
import { loadAudit } from './queries.ts'

export interface AuditData {
  items: AuditView[]
  nextCursor: string | null
}

/** Who of the staff did what, when and why. */
export function AuditPage(props: PageProps<AuditData>) {
  const t = useTexts('staff').audit
  const list = createGrowingList<AuditView>({
    first: () => props.data,
    next: (cursor) => loadAudit(session.call, cursor),
  })
  return (
    <StaffFrame part="audit" title={t.title} lead={t.lead}>
      <Show when={list.items().length > 0} fallback={<EmptyState icon={ScrollText} title={t.none} />}>
        <ul class="overflow-hidden rounded-card border border-line bg-surface">
          <For each={list.items()}>{(row) => <Row row={row} />}</For>
        </ul>
      </Show>
      <ListEnd list={list} />
    </StaffFrame>
  )
}

export function auditHead({ texts }: HeadContext<AuditData>): PageHead {
  const { audit, title } = texts('staff')
  return { title: `${audit.title} · ${title}`, isIndexed: false }
}

function Row(props: { row: AuditView }) {
  const t = useTexts('staff').audit
  const format = useFormat()
  const isAccount = () => props.row.target.startsWith('acc_')
  return (
    <li class="grid gap-0.5 border-line px-4 py-3 not-first:border-t">
      <p class="flex flex-wrap items-baseline justify-between gap-x-3">
        <span class="font-semibold">{t.actions[props.row.action] ?? props.row.action}</span>
        <span class="figures text-caption text-ink-faint">{format.dateTime(props.row.at)}</span>
      </p>
      <p class="text-pretty">{props.row.reason}</p>
      <p class="text-caption text-ink-soft">
        {props.row.staff ? `@${props.row.staff.handle}` : '–'} →{' '}
        <Show when={isAccount()} fallback={<span class="break-all">{props.row.target}</span>}>
          <Link href={`/staff/accounts/${props.row.target}`} class="inline-flex min-h-11 items-center break-all">
            {props.row.target}
          </Link>
        </Show>
      </p>
    </li>
  )
}
