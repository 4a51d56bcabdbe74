import Bell from 'lucide/dist/esm/icons/bell.mjs'
import CheckCheck from 'lucide/dist/esm/icons/check-check.mjs'
import Settings from 'lucide/dist/esm/icons/settings.mjs'
import Trash from 'lucide/dist/esm/icons/trash.mjs'
import { createEffect, createSignal, For, on, Show } from 'solid-js'
import type { NotificationView } from '../../../worker/contract/notifications.ts'
import { createGrowingList } from '../../api/growing-list.ts'
import { useInbox } from '../../api/inbox.ts'
import { asProblem } from '../../api/problem.ts'
import { session } from '../../api/session.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { useProblemWords } from '../../i18n/problem-words.ts'
import type { HeadContext, PageHead, PageProps } from '../../page.ts'
import { Button } from '../../ui/button/button.tsx'
import { FilterChip } from '../../ui/chip/chip.tsx'
import { EmptyState } from '../../ui/empty-state/empty-state.tsx'
import { ButtonLink } from '../../ui/link/link.tsx'
import { ProblemNote } from '../../ui/problem-note/problem-note.tsx'
import { Sheet } from '../../ui/sheet/sheet.tsx'
import { showToast } from '../../ui/toast/toast.tsx'
import { createLiveList } from './live-list.ts'
import { NotificationRow } from './notification-row.tsx'
import {
  clearNotifications,
  loadNotifications,
  markRead,
  type NotificationsData,
  removeNotification,
} from './queries.ts'

/** Everything one was told, newest first, and live while it is open. */
export function NotificationsPage(props: PageProps<NotificationsData>) {
  const t = useTexts('notifications')
  const common = useTexts('common')
  const words = useProblemWords()
  const inbox = useInbox()
  const onlyUnread = () => props.at.query['unread'] === 'true'
  const unread = () => inbox.unread()?.notifications ?? 0
  const [isAsking, setAsking] = createSignal(false)

  const list = createGrowingList<NotificationView>({
    first: () => props.data,
    next: (cursor) => loadNotifications(session.call, onlyUnread(), cursor),
  })
  const live = createLiveList(list.items, () => void props.reload())
  createEffect(
    on(
      () => props.data,
      () => live.forget(),
      { defer: true },
    ),
  )

  /** Answers at once; what the server refuses is told, and the next reload has the truth. */
  async function attempt(run: () => Promise<void>, undo?: () => void): Promise<void> {
    try {
      await run()
    } catch (thrown) {
      undo?.()
      showToast({ text: words(asProblem(thrown)).title, tone: 'brick' })
    }
  }

  function open({ id, read }: NotificationView): void {
    if (read) return
    live.markRead({ ids: [id] })
    void attempt(() => markRead({ ids: [id] }))
  }

  function remove({ id }: NotificationView): void {
    live.remove({ ids: [id] })
    void attempt(
      () => removeNotification(id),
      () => live.bringBack(id),
    )
  }

  function markAll(): void {
    const [newest] = live.shown()
    if (!newest) return
    live.markRead({})
    void attempt(() => markRead({ upTo: newest.id }))
  }

  async function clear(): Promise<void> {
    setAsking(false)
    await attempt(async () => {
      await clearNotifications()
      live.remove({})
      showToast({ text: t.cleared, tone: 'leaf' })
    })
  }

  return (
    <div class="mx-auto w-full max-w-2xl px-4 py-5 md:py-8">
      <div class="flex flex-wrap items-center justify-between gap-2">
        <h1 class="text-heading font-extrabold md:text-hero">{t.title}</h1>
        <ButtonLink href="/settings/notifications" look="quiet" icon={Settings} size="small">
          {t.settings}
        </ButtonLink>
      </div>
      <div class="mt-4 flex flex-wrap items-center justify-between gap-2">
        <nav aria-label={t.title} class="flex gap-2">
          <FilterChip href="/notifications" current={!onlyUnread()}>
            {t.tabs.all}
          </FilterChip>
          <FilterChip href="/notifications?unread=true" current={onlyUnread()}>
            {t.tabs.unread}
            <Show when={unread() > 0}>
              <span class="figures ms-1.5 font-bold">{unread()}</span>
            </Show>
          </FilterChip>
        </nav>
        <Show when={live.shown().length > 0}>
          <div class="flex">
            <Button size="small" look="quiet" icon={CheckCheck} disabled={unread() === 0} onClick={markAll}>
              {t.markAll}
            </Button>
            <Button size="small" look="quiet" icon={Trash} onClick={() => setAsking(true)}>
              {t.clear}
            </Button>
          </div>
        </Show>
      </div>
      <section
        aria-label={onlyUnread() ? t.tabs.unread : t.tabs.all}
        aria-busy={props.isReloading}
        class={`mt-4 ${props.isReloading ? 'opacity-60' : ''}`}
      >
        <Show
          when={live.shown().length > 0}
          fallback={
            <EmptyState
              icon={Bell}
              title={onlyUnread() ? t.emptyUnread : t.emptyAll}
              text={onlyUnread() ? t.emptyUnreadText : t.emptyAllText}
              action={<ButtonLink href="/auctions?status=running&sort=ending">{t.browse}</ButtonLink>}
            />
          }
        >
          <ul class="overflow-hidden rounded-card border border-line bg-surface">
            <For each={live.shown()}>
              {(one) => <NotificationRow of={one} onOpen={() => open(one)} onRemove={() => remove(one)} />}
            </For>
          </ul>
        </Show>
        <div ref={list.ref} class="mt-6 flex flex-col items-center gap-3">
          <Show when={list.problem()}>
            {(failed) => (
              <ProblemNote
                {...words(failed())}
                action={
                  <Button size="small" onClick={() => void list.more()}>
                    {common.retry}
                  </Button>
                }
              />
            )}
          </Show>
          <Show when={list.nextCursor() && !list.problem()}>
            <Button busy={list.isLoading()} onClick={() => void list.more()}>
              {common.more}
            </Button>
          </Show>
        </div>
        <Show when={live.shown().length > 0}>
          <p class="mt-4 text-center text-caption text-ink-faint">{t.lead}</p>
        </Show>
      </section>
      <Sheet
        open={isAsking()}
        onClose={() => setAsking(false)}
        title={t.clearAsk}
        footer={
          <div class="flex justify-end gap-2">
            <Button onClick={() => setAsking(false)}>{common.cancel}</Button>
            <Button look="danger" onClick={() => void clear()}>
              {t.clear}
            </Button>
          </div>
        }
      >
        <p>{t.clearText}</p>
      </Sheet>
    </div>
  )
}

export function notificationsHead({ texts }: HeadContext<NotificationsData>): PageHead {
  return { title: texts('notifications').title, isIndexed: false }
}
