import { For, Show } from 'solid-js'
import type { NotificationKind, NotificationPreferences } from '../../../worker/contract/notifications.ts'
import { session } from '../../api/session.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { cardClass } from '../../ui/card/card.tsx'
import type { TellingTexts } from '../../i18n/ko/telling.ts'

type Kinds = NotificationPreferences['kinds']
type Channel = 'app' | 'push' | 'mail'

const channels = ['app', 'push', 'mail'] as const

const groups: Record<keyof TellingTexts['groups'], readonly NotificationKind[]> = {
  bidding: ['auction-started', 'auction-soon', 'outbid', 'ending-soon', 'won', 'lost', 'offer-made'],
  selling: ['first-bid', 'sold', 'unsold', 'auction-cancelled', 'offer-answered'],
  deals: ['deal-step', 'deal-reminder', 'no-show', 'dispute', 'review-due', 'review-released'],
  talking: ['message', 'message-request', 'follow', 'follow-request', 'follow-accepted'],
  account: ['decision', 'appeal-answered', 'suspension-started', 'suspension-ended', 'security'],
}

/** Must be told in the app, whatever was chosen. The server says no as well. */
const always: ReadonlySet<NotificationKind> = new Set(groups.account)

/** For every kind: in the app, by push, by mail. */
export function Kinds(props: { kinds: Kinds; onChoose: (kinds: Kinds) => void }) {
  const t = useTexts('telling')
  const hasMail = () => session.account()?.email != null
  const isOn = (kind: NotificationKind, channel: Channel) => props.kinds[kind]?.[channel] ?? false
  const isFixed = (kind: NotificationKind, channel: Channel) =>
    (channel === 'app' && always.has(kind)) || (channel === 'mail' && !hasMail())

  function choose(kind: NotificationKind, channel: Channel, on: boolean): void {
    const before = props.kinds[kind] ?? { app: true, push: false, mail: false }
    props.onChoose({ ...props.kinds, [kind]: { ...before, [channel]: on } })
  }

  return (
    <section aria-label={t.kinds.title}>
      <h2 class="mt-4 text-lead font-bold">{t.kinds.title}</h2>
      <Show when={!hasMail()}>
        <p class="text-caption text-ink-soft">{t.kinds.noMail}</p>
      </Show>
      <For each={Object.keys(groups) as (keyof typeof groups)[]}>
        {(group) => (
          <div class={`${cardClass} mt-3 px-3`}>
            <table class="w-full table-fixed">
              <caption class="sr-only">{t.groups[group]}</caption>
              <thead>
                <tr>
                  <th scope="col" class="text-start font-bold">
                    {t.groups[group]}
                  </th>
                  <For each={channels}>
                    {(channel) => (
                      <th scope="col" class="w-12 text-center text-caption font-medium text-ink-soft md:w-16">
                        {t.kinds[channel]}
                      </th>
                    )}
                  </For>
                </tr>
              </thead>
              <tbody>
                <For each={groups[group]}>
                  {(kind) => (
                    <tr class="border-t border-line">
                      <th scope="row" class="py-2 text-start font-normal">
                        {t.names[kind]}
                      </th>
                      <For each={channels}>
                        {(channel) => (
                          <td class="text-center">
                            {/* oxlint-disable-next-line jsx-a11y/label-has-associated-control -- named by its box */}
                            <label class="target inline-grid place-items-center">
                              <input
                                type="checkbox"
                                aria-label={t.kinds.box(t.names[kind], t.kinds[channel])}
                                title={isFixed(kind, channel) && channel === 'app' ? t.kinds.always : undefined}
                                checked={isOn(kind, channel)}
                                disabled={isFixed(kind, channel)}
                                onChange={(event) => choose(kind, channel, event.currentTarget.checked)}
                                class="size-5 accent-(--tangerine-text)"
                              />
                            </label>
                          </td>
                        )}
                      </For>
                    </tr>
                  )}
                </For>
              </tbody>
            </table>
          </div>
        )}
      </For>
    </section>
  )
}
