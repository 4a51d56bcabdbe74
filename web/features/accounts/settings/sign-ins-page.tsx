import MonitorSmartphone from 'lucide/dist/esm/icons/monitor-smartphone.mjs'
import { createSignal, For, Show } from 'solid-js'
import type { LoginView } from '../../../../worker/contract/accounts.ts'
import { accountsApi } from '../../../api/accounts.ts'
import { answer } from '../../../api/call.ts'
import { asProblem } from '../../../api/problem.ts'
import { useFormat, useTexts } from '../../../i18n/i18n.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import type { HeadContext, PageHead, PageProps } from '../../../page.ts'
import { Button } from '../../../ui/button/button.tsx'
import { Chip } from '../../../ui/chip/chip.tsx'
import { Icon } from '../../../ui/icon/icon.tsx'
import { Sheet } from '../../../ui/sheet/sheet.tsx'
import { showToast } from '../../../ui/toast/toast.tsx'
import { SubPage } from '../../../ui/sub-page/sub-page.tsx'

export interface SignInsData {
  items: LoginView[]
  nextCursor: string | null
}

/** Where one is logged in, and the way to end it. */
export function SignInsPage(props: PageProps<SignInsData>) {
  const t = useTexts('settings')
  const common = useTexts('common')
  const words = useProblemWords()
  const [more, setMore] = createSignal<SignInsData | null>(null)
  const [ending, setEnding] = createSignal<string | null>(null)
  const [isAsking, setAsking] = createSignal(false)
  const [isLoading, setLoading] = createSignal(false)
  const items = () => [...props.data.items, ...(more()?.items ?? [])]
  const nextCursor = () => (more() ?? props.data).nextCursor
  const hasOthers = () => items().some((item) => !item.current)

  async function act(id: string, run: () => Promise<unknown>, done: string): Promise<void> {
    setEnding(id)
    try {
      await run()
      setMore(null)
      // Done it is also where that cannot be shown.
      await props.reload().catch(() => {})
      showToast({ text: done, tone: 'leaf' })
    } catch (thrown) {
      showToast({ text: words(asProblem(thrown)).title, tone: 'brick' })
    } finally {
      setEnding(null)
    }
  }

  async function showMore(cursor: string): Promise<void> {
    setLoading(true)
    try {
      const next = await answer(accountsApi.logins.$get({ query: { cursor } }))
      // One may have been ended meanwhile: then the list began anew.
      if (cursor !== nextCursor()) return
      setMore((before) => ({ items: [...(before?.items ?? []), ...next.items], nextCursor: next.nextCursor }))
    } catch (thrown) {
      showToast({ text: words(asProblem(thrown)).title, tone: 'brick' })
    } finally {
      setLoading(false)
    }
  }

  return (
    <SubPage back={{ href: '/settings', label: t.title }} title={t.signIns.title} lead={t.signIns.lead}>
      <ul class="overflow-hidden rounded-card border border-line bg-surface">
        <For each={items()}>
          {(item) => (
            <li class="flex flex-wrap items-center gap-x-4 gap-y-2 border-line px-4 py-3 not-first:border-t">
              <span class="text-ink-faint">
                <Icon of={MonitorSmartphone} class="size-6" />
              </span>
              <SignIn item={item} />
              <Show when={!item.current}>
                <Button
                  size="small"
                  look="dangerQuiet"
                  busy={ending() === item.id}
                  aria-label={t.signIns.endLabel(item.device ?? t.signIns.unknownDevice)}
                  onClick={() =>
                    void act(
                      item.id,
                      () => answer(accountsApi.logins[':id'].$delete({ param: { id: item.id } })),
                      t.signIns.ended,
                    )
                  }
                >
                  {t.signIns.end}
                </Button>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <div class="mt-4 flex flex-wrap gap-2">
        <Show when={nextCursor()}>
          {(cursor) => (
            <Button busy={isLoading()} onClick={() => void showMore(cursor())}>
              {common.more}
            </Button>
          )}
        </Show>
        <Show when={hasOthers()} fallback={<p class="text-caption text-ink-faint">{t.signIns.none}</p>}>
          <Button look="dangerQuiet" onClick={() => setAsking(true)}>
            {t.signIns.endOthers}
          </Button>
        </Show>
      </div>
      <Sheet
        open={isAsking()}
        onClose={() => setAsking(false)}
        title={t.signIns.askOthers}
        footer={
          <div class="flex justify-end gap-2">
            <Button onClick={() => setAsking(false)}>{common.cancel}</Button>
            <Button
              look="danger"
              onClick={() => {
                setAsking(false)
                void act('others', () => answer(accountsApi.logins.$delete()), t.signIns.endedOthers)
              }}
            >
              {t.signIns.endOthers}
            </Button>
          </div>
        }
      >
        <p>{t.signIns.askOthersText}</p>
      </Sheet>
    </SubPage>
  )
}

function SignIn(props: { item: LoginView }) {
  const t = useTexts('settings')
  const format = useFormat()
  return (
    <div class="min-w-0 flex-1">
      <p class="flex flex-wrap items-center gap-2 font-semibold">
        {props.item.device ?? t.signIns.unknownDevice}
        <Show when={props.item.current}>
          <Chip tone="leaf">{t.signIns.current}</Chip>
        </Show>
      </p>
      <p class="figures text-caption text-ink-soft">
        {[props.item.place, t.signIns.last(format.dateTime(props.item.lastUsedAt))].filter(Boolean).join(' · ')}
      </p>
      <p class="figures text-caption text-ink-faint">{t.signIns.first(format.dateTime(props.item.firstUsedAt))}</p>
    </div>
  )
}

export function signInsHead({ texts }: HeadContext<SignInsData>): PageHead {
  return { title: texts('settings').signIns.title, isIndexed: false }
}
