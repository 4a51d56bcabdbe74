import { useNavigate } from '../../../ui/navigation/navigation.ts'
import Ban from 'lucide/dist/esm/icons/ban.mjs'
import Bell from 'lucide/dist/esm/icons/bell.mjs'
import ChevronRight from 'lucide/dist/esm/icons/chevron-right.mjs'
import CircleUserRound from 'lucide/dist/esm/icons/circle-user-round.mjs'
import Gavel from 'lucide/dist/esm/icons/gavel.mjs'
import Gauge from 'lucide/dist/esm/icons/gauge.mjs'
import KeyRound from 'lucide/dist/esm/icons/key-round.mjs'
import LogOut from 'lucide/dist/esm/icons/log-out.mjs'
import MonitorSmartphone from 'lucide/dist/esm/icons/monitor-smartphone.mjs'
import Scale from 'lucide/dist/esm/icons/scale.mjs'
import Shield from 'lucide/dist/esm/icons/shield.mjs'
import ShieldAlert from 'lucide/dist/esm/icons/shield-alert.mjs'
import ShieldCheck from 'lucide/dist/esm/icons/shield-check.mjs'
import SlidersHorizontal from 'lucide/dist/esm/icons/sliders-horizontal.mjs'
import Star from 'lucide/dist/esm/icons/star.mjs'
import UserRoundPlus from 'lucide/dist/esm/icons/user-round-plus.mjs'
import VolumeX from 'lucide/dist/esm/icons/volume-x.mjs'
import { For, Show } from 'solid-js'
import { session } from '../../../api/session.ts'
import { useFormat, useTexts } from '../../../i18n/i18n.ts'
import type { HeadContext, PageHead, PageProps } from '../../../page.ts'
import { Avatar } from '../../../ui/avatar/avatar.tsx'
import { Button } from '../../../ui/button/button.tsx'
import { Icon } from '../../../ui/icon/icon.tsx'
import { Link } from '../../../ui/link/link.tsx'
import { Note } from '../../../ui/problem-note/problem-note.tsx'
import { showToast } from '../../../ui/toast/toast.tsx'

/** The own account at a glance, and the ways into each part of it. */
export function SettingsPage(_props: PageProps<null>) {
  const t = useTexts('settings')
  const common = useTexts('common')
  const format = useFormat()
  const navigate = useNavigate()
  const account = () => session.account()
  const suspension = () => account()?.suspension ?? null

  /** Requests come to private accounts alone. */
  const peopleParts = () => [
    ...(account()?.isPublic === false
      ? [
          {
            href: '/settings/follow-requests',
            icon: UserRoundPlus,
            title: t.sections.requests,
            hint: t.sections.requestsHint,
            isDue: false,
          },
        ]
      : []),
    { href: '/settings/blocked', icon: Ban, title: t.sections.blocked, hint: '', isDue: false },
    { href: '/settings/muted', icon: VolumeX, title: t.sections.muted, hint: '', isDue: false },
  ]

  /** For staff alone; whoever else goes there is told so by the API. */
  const staffParts = () =>
    account()?.role === 'member' || suspension()
      ? []
      : [{ href: '/staff', icon: Shield, title: t.sections.staff, hint: t.sections.staffHint, isDue: false }]

  const mannerParts = () => [
    ...(suspension()
      ? []
      : [
          {
            href: '/settings/reviews',
            icon: Star,
            title: t.sections.reviews,
            hint: t.sections.reviewsHint,
            isDue: false,
          },
        ]),
    { href: '/settings/manner', icon: Gauge, title: t.sections.manner, hint: t.sections.mannerHint, isDue: false },
    {
      href: '/settings/decisions',
      icon: Scale,
      title: t.sections.decisions,
      hint: t.sections.decisionsHint,
      isDue: suspension() !== null,
    },
  ]

  const parts = () => [
    ...staffParts(),
    ...(suspension()
      ? []
      : [
          { href: '/mine', icon: Gavel, title: common.nav.mine, hint: '', isDue: false },
          {
            href: '/settings/profile',
            icon: CircleUserRound,
            title: t.sections.profile,
            hint: t.sections.profileHint,
            isDue: false,
          },
          {
            href: '/settings/phone',
            icon: ShieldCheck,
            title: t.sections.phone,
            hint: account()?.phoneVerified ? t.sections.phoneVerified : t.sections.phoneMissing,
            isDue: !account()?.phoneVerified,
          },
          {
            href: '/settings/notifications',
            icon: Bell,
            title: t.sections.notifications,
            hint: t.sections.notificationsHint,
            isDue: false,
          },
        ]),
    ...mannerParts(),
    ...(suspension() ? [] : peopleParts()),
    { href: '/settings/password', icon: KeyRound, title: t.sections.password, hint: '', isDue: false },
    {
      href: '/settings/sign-ins',
      icon: MonitorSmartphone,
      title: t.sections.signIns,
      hint: t.sections.signInsHint,
      isDue: false,
    },
    {
      href: '/settings/preferences',
      icon: SlidersHorizontal,
      title: t.sections.preferences,
      hint: t.sections.preferencesHint,
      isDue: false,
    },
  ]

  async function logOut(): Promise<void> {
    navigate('/')
    await session.logOut().catch(() => {})
    showToast({ text: common.loggedOut, tone: 'leaf' })
  }

  return (
    <div class="mx-auto w-full max-w-2xl px-4 py-6 md:py-10">
      <h1 class="sr-only">{t.title}</h1>
      <Show when={account()}>
        {(account) => (
          <section class="flex items-center gap-4">
            <Avatar name={account().name} handle={account().handle} picture={account().picture} size="large" />
            <div class="min-w-0 flex-1">
              <p class="text-title font-extrabold">{account().name}</p>
              <p class="truncate text-ink-faint">@{account().handle}</p>
              <p class="truncate text-caption text-ink-soft">{account().email ?? t.noEmail}</p>
              <Link href={`/users/${account().handle}`} class="inline-flex min-h-11 items-center text-caption">
                {t.seeProfile}
              </Link>
            </div>
          </section>
        )}
      </Show>
      <Show when={suspension()}>
        {(suspension) => (
          <Note tone="brick" icon={ShieldAlert} title={t.suspended.title} class="mt-4">
            <p>{t.suspended.until(format.date(suspension().until))}</p>
            <p class="mt-1">{t.suspended.text}</p>
            <Show when={suspension().decision}>
              <Link href="/settings/decisions" class="mt-1 inline-flex min-h-11 items-center">
                {t.suspended.decision}
              </Link>
            </Show>
          </Note>
        )}
      </Show>
      <ul class="mt-6 overflow-hidden rounded-card border border-line bg-surface">
        <For each={parts()}>
          {(part) => (
            <li class="border-line not-first:border-t">
              <Link bare href={part.href} class="flex min-h-16 items-center gap-4 px-4 py-3 hover:bg-sunken">
                <span class={part.isDue ? 'text-tangerine-text' : 'text-ink-faint'}>
                  <Icon of={part.icon} class="size-6" />
                </span>
                <span class="min-w-0 flex-1">
                  <span class="font-semibold">{part.title}</span>
                  <Show when={part.hint}>
                    <span
                      class={`block text-caption ${part.isDue ? 'font-medium text-tangerine-text' : 'text-ink-soft'}`}
                    >
                      {part.hint}
                    </span>
                  </Show>
                </span>
                <span class="text-ink-faint">
                  <Icon of={ChevronRight} />
                </span>
              </Link>
            </li>
          )}
        </For>
      </ul>
      <Show when={account()?.phoneVerified && !suspension()}>
        <p class="mt-3 px-1 text-caption text-ink-faint">{t.auctionsAtOnce(account()?.limits.auctionsAtOnce ?? 0)}</p>
      </Show>
      <Button look="quiet" icon={LogOut} class="mt-6" onClick={() => void logOut()}>
        {t.logOut}
      </Button>
    </div>
  )
}

export function settingsHead({ texts }: HeadContext<null>): PageHead {
  return { title: texts('settings').title, isIndexed: false }
}
