import { createSignal, For, type JSX, Show } from 'solid-js'
import type { StaffAccount } from '../../../worker/contract/moderation.ts'
import { session } from '../../api/session.ts'
import { useFormat, useTexts } from '../../i18n/i18n.ts'
import type { HeadContext, PageHead, PageProps } from '../../page.ts'
import { Avatar } from '../../ui/avatar/avatar.tsx'
import { Button } from '../../ui/button/button.tsx'
import { Card } from '../../ui/card/card.tsx'
import { Chip } from '../../ui/chip/chip.tsx'
import { Link } from '../../ui/link/link.tsx'
import { type Act, Acts } from './acts.tsx'
import { StaffFrame } from './frame.tsx'

/** One account: how it stands, and what can be done about it. */
export function AccountPage(props: PageProps<StaffAccount>) {
  const t = useTexts('staff')
  const format = useFormat()
  const [act, setAct] = createSignal<Act | null>(null)
  const [email, setEmail] = createSignal<string | null>(null)
  const one = () => props.data
  const isOwn = () => one().handle === session.account()?.handle
  const isAdmin = () => session.account()?.role === 'admin'
  const mayAct = () => !isOwn() && (isAdmin() || one().role === 'member')
  return (
    <StaffFrame part="accounts" title={one().name}>
      <div class="grid gap-4">
        <Card as="section" class="flex flex-wrap items-center gap-4">
          <Avatar name={one().name} handle={one().handle} picture={one().picture} size="large" />
          <div class="min-w-52 flex-1">
            <p class="flex flex-wrap gap-1.5">
              <Chip tone={one().role === 'member' ? 'plain' : 'sky'}>{t.accounts.roles[one().role]}</Chip>
              <Show when={one().suspendedUntil}>
                {(until) => <Chip tone="brick">{t.accounts.suspendedUntil(format.dateTime(until()))}</Chip>}
              </Show>
            </p>
            <p class="mt-1 text-ink-soft">
              @{one().handle} · {t.account.joined} {format.date(one().joinedAt)}
            </p>
            <p class="break-all text-caption text-ink-faint">
              {t.account.id} {one().id}
            </p>
            <Link href={`/users/${one().handle}`} class="inline-flex min-h-11 items-center">
              {t.account.profile}
            </Link>
          </div>
          <Show when={mayAct()}>
            <div class="flex flex-wrap gap-2">
              <Show
                when={one().suspendedUntil}
                fallback={
                  <Button look="dangerQuiet" onClick={() => setAct('suspend')}>
                    {t.account.suspend}
                  </Button>
                }
              >
                <Button onClick={() => setAct('lift')}>{t.account.lift}</Button>
              </Show>
              <Show when={isAdmin()}>
                <Button onClick={() => setAct('role')}>{t.account.role}</Button>
              </Show>
            </div>
          </Show>
        </Card>
        <Part title={t.account.email}>
          <Show when={one().hasEmail} fallback={<p class="text-ink-soft">{t.account.noEmail}</p>}>
            <Show when={email()} fallback={<Button onClick={() => setAct('see-email')}>{t.account.seeEmail}</Button>}>
              {(address) => <p class="break-all font-semibold">{address()}</p>}
            </Show>
          </Show>
        </Part>
        <Part title={t.account.deals}>
          <p>{t.account.dealCounts(one().deals.completed, one().deals.open, one().deals.noShows)}</p>
        </Part>
        <Part title={t.account.signIns}>
          <Show when={one().signIns.length > 0} fallback={<p class="text-ink-soft">{t.account.noSignIns}</p>}>
            <ul class="grid gap-2">
              <For each={one().signIns}>
                {(signIn) => (
                  <li>
                    <span class="font-semibold">{signIn.device ?? t.account.unknownDevice}</span>{' '}
                    <span class="text-caption text-ink-soft">
                      {[signIn.place, t.account.lastUsed(format.dateTime(signIn.lastUsedAt))]
                        .filter(Boolean)
                        .join(' · ')}
                    </span>
                  </li>
                )}
              </For>
            </ul>
          </Show>
        </Part>
        <Decisions of={one().decisions} />
      </div>
      <Acts account={one()} act={act()} onClose={() => setAct(null)} onEmail={setEmail} onDone={() => props.reload()} />
    </StaffFrame>
  )
}

export function accountHead({ data, texts }: HeadContext<StaffAccount>): PageHead {
  return { title: `${data.name} · ${texts('staff').title}`, isIndexed: false }
}

function Part(props: { title: string; children: JSX.Element }) {
  return (
    <Card as="section">
      <h2 class="mb-2 text-lead font-bold">{props.title}</h2>
      {props.children}
    </Card>
  )
}

function Decisions(props: { of: StaffAccount['decisions'] }) {
  const t = useTexts('staff').account
  const words = useTexts('decisions')
  const format = useFormat()
  return (
    <Part title={t.decisions}>
      <Show when={props.of.length > 0} fallback={<p class="text-ink-soft">{t.noDecisions}</p>}>
        <ul class="grid gap-3">
          <For each={props.of}>
            {(decision) => (
              <li>
                <p class="flex flex-wrap items-center gap-2">
                  <span class="font-semibold">{words.actions[decision.action]}</span>
                  <Chip tone={decision.state === 'standing' ? 'brick' : 'plain'}>{words.states[decision.state]}</Chip>
                </p>
                <p class="text-ink-soft">{words.rules[decision.rule]}</p>
                <Show when={decision.facts}>
                  <p class="whitespace-pre-line text-pretty">{decision.facts}</p>
                </Show>
                <p class="text-caption text-ink-faint">
                  {[decision.from, decision.until].flatMap((at) => (at ? [format.dateTime(at)] : [])).join(' – ')}
                </p>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </Part>
  )
}
