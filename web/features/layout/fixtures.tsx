import Bell from 'lucide/dist/esm/icons/bell.mjs'
import CircleUserRound from 'lucide/dist/esm/icons/circle-user-round.mjs'
import Gavel from 'lucide/dist/esm/icons/gavel.mjs'
import House from 'lucide/dist/esm/icons/house.mjs'
import MessageCircle from 'lucide/dist/esm/icons/message-circle.mjs'
import Plus from 'lucide/dist/esm/icons/plus.mjs'
import Search from 'lucide/dist/esm/icons/search.mjs'
import { For, Show } from 'solid-js'
import { useBoot } from '../../boot.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { inLanguage } from '../../i18n/language.ts'
import { Icon } from '../../ui/icon/icon.tsx'
import { ButtonLink, Link } from '../../ui/link/link.tsx'
import { Mark } from '../../ui/mark/mark.tsx'
import { useHref, useLocation } from '../../ui/navigation/navigation.ts'

/**
 * What the edge renders once and the browser never wakes: its code and words are in no script. Links and the search form
 * need none, and `current.ts` moves the mark of where one is.
 */

/** The way home, the main ways on wide screens, the search. */
export function Brand() {
  const t = useTexts('frame')
  const common = useTexts('common')
  return (
    <>
      <Link bare href="/" class="target -ms-1.5 flex items-center gap-1.5 rounded-control px-1.5">
        <Mark class="size-9" />
        <span class="text-title font-extrabold tracking-tight whitespace-nowrap">{common.site}</span>
      </Link>
      <nav aria-label={t.nav.label} class="ms-4 hidden items-center gap-1 md:flex">
        <NavLink href="/auctions">{t.nav.auctions}</NavLink>
        <NavLink href="/mine">{t.nav.mine}</NavLink>
      </nav>
      <SearchForm />
    </>
  )
}

function NavLink(props: { href: string; children: string }) {
  return (
    <Link
      bare
      href={props.href}
      data-nav
      aria-current={useIsHere(props.href) ? 'page' : undefined}
      class="inline-flex min-h-11 items-center rounded-control px-3 font-semibold whitespace-nowrap text-ink-soft hover:bg-sunken hover:text-ink aria-[current=page]:text-ink aria-[current=page]:underline aria-[current=page]:decoration-tangerine aria-[current=page]:decoration-3 aria-[current=page]:underline-offset-8"
    >
      {props.children}
    </Link>
  )
}

function useIsHere(href: string): boolean {
  return inLanguage(useLocation().pathname, 'ko') === href
}

function SearchForm() {
  const t = useTexts('frame')
  const location = useLocation()
  const action = useHref(() => '/search')
  const words = useIsHere('/search') ? location.query['q'] : undefined
  return (
    <search class="mx-2 hidden max-w-md flex-1 md:block">
      <form method="get" action={action()} data-suggestions class="relative">
        <label class="relative block">
          <span class="sr-only">{t.nav.search}</span>
          <span class="pointer-events-none absolute inset-y-0 start-3.5 grid place-items-center text-ink-faint">
            <Icon of={Search} />
          </span>
          <input
            type="search"
            name="q"
            data-suggest
            maxlength="100"
            enterkeyhint="search"
            placeholder={t.nav.searchPlaceholder}
            value={words ?? ''}
            class="min-h-11 w-full rounded-full border border-line bg-surface ps-11 pe-4 hover:border-edge"
          />
        </label>
      </form>
    </search>
  )
}

/** On phones the search page has the field, on wide screens the header has. */
export function SearchLink() {
  const t = useTexts('frame')
  return (
    <Link
      bare
      href="/search"
      aria-label={t.nav.search}
      class="target grid place-items-center rounded-full text-ink-soft hover:bg-sunken md:hidden"
    >
      <Icon of={Search} />
    </Link>
  )
}

export function SellLink() {
  const t = useTexts('frame')
  return (
    <div class="ms-1 hidden md:block">
      <ButtonLink href="/sell" size="small" icon={Plus}>
        {t.nav.sell}
      </ButtonLink>
    </div>
  )
}

/** The way to one's messages on wide screens; phones have it among their tabs. */
export function MessagesLink() {
  const t = useTexts('frame')
  return (
    <CountedLink href="/messages" of="messages" icon={MessageCircle} label={t.nav.messages} class="hidden md:grid" />
  )
}

/** The way to what one was told. */
export function NotificationsLink() {
  const t = useTexts('frame')
  return <CountedLink href="/notifications" of="notifications" icon={Bell} label={t.nav.notifications} class="grid" />
}

interface CountedLinkProps {
  href: string
  of: 'messages' | 'notifications'
  icon: typeof Bell
  label: string
  /** Where it is shown. */
  class: string
}

function CountedLink(props: CountedLinkProps) {
  return (
    <Link
      bare
      href={props.href}
      data-nav
      aria-current={useIsHere(props.href) ? 'page' : undefined}
      title={props.label}
      class={`target place-items-center rounded-full text-ink-soft hover:bg-sunken aria-[current=page]:text-tangerine-text ${props.class}`}
    >
      <span class="relative">
        <Icon of={props.icon} />
        <Unread of={props.of} />
      </span>
      <span class="sr-only">{props.label}</span>
    </Link>
  )
}

/** Empty until `unread.tsx` knows how many. */
function Unread(props: { of: 'messages' | 'notifications' }) {
  return (
    <span
      data-unread={props.of}
      hidden
      class="figures absolute -end-2.5 -top-1.5 grid h-4.5 min-w-4.5 place-items-center rounded-full bg-brick px-1 text-caption leading-none font-bold text-on-brick"
    />
  )
}

/** The five places within a thumb's reach. */
export function TabBar() {
  const t = useTexts('frame')
  const tabs = [
    { href: '/', label: t.nav.home, icon: House },
    { href: '/auctions', label: t.nav.auctions, icon: Gavel },
    { href: '/sell', label: t.nav.sell, icon: Plus },
    { href: '/messages', label: t.nav.messages, icon: MessageCircle },
    { href: '/settings', label: t.nav.account, icon: CircleUserRound },
  ]
  return (
    <nav
      aria-label={t.nav.label}
      class="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-paper/95 pb-[env(safe-area-inset-bottom)] backdrop-blur-md md:hidden"
    >
      <ul class="grid h-(--tabbar-height) grid-cols-5">
        <For each={tabs}>
          {(tab) => (
            <li>
              <Link
                bare
                href={tab.href}
                data-nav
                aria-current={useIsHere(tab.href) ? 'page' : undefined}
                class="flex h-full flex-col items-center justify-center gap-0.5 text-caption font-medium whitespace-nowrap text-ink-soft aria-[current=page]:font-bold aria-[current=page]:text-tangerine-text"
              >
                <span
                  class={
                    tab.icon === Plus
                      ? 'grid h-6 w-10 place-items-center rounded-full bg-tangerine text-on-tangerine'
                      : 'relative'
                  }
                >
                  <Icon of={tab.icon} class={tab.icon === Plus ? 'size-5' : 'size-6'} />
                  <Show when={tab.icon === MessageCircle}>
                    <Unread of="messages" />
                  </Show>
                </span>
                {tab.label}
              </Link>
            </li>
          )}
        </For>
      </ul>
    </nav>
  )
}

/** Legal links and who runs the site, as Korean law asks of those who bring buyers and sellers together. */
export function Footer() {
  const t = useTexts('frame').footer
  const { operator } = useBoot()
  const facts = [
    [t.representative, operator.representative],
    [t.businessNumber, operator.businessNumber],
    [t.mailOrderNumber, operator.mailOrderNumber],
    [t.address, operator.address],
    [t.email, operator.email],
    [t.phone, operator.phone],
  ].filter((fact): fact is [string, string] => fact[1] !== null)
  const links = [
    ['/about', t.about],
    ['/rules', t.rules],
    ['/terms', t.terms],
    ['/privacy', t.privacy],
  ] as const
  return (
    <footer
      aria-label={t.label}
      class="mt-16 border-t border-line bg-sunken/60 pb-(--bottom-bar) text-caption text-ink-soft"
    >
      <div class="column flex flex-col gap-4 py-8">
        <ul class="-mx-2 flex flex-wrap gap-x-1">
          <For each={links}>
            {([href, label]) => (
              <li>
                <Link
                  bare
                  href={href}
                  class={`inline-flex min-h-11 items-center px-2 hover:text-ink hover:underline ${href === '/privacy' ? 'font-bold text-ink' : ''}`}
                >
                  {label}
                </Link>
              </li>
            )}
          </For>
          <li>
            <a
              href="/api/docs"
              rel="external"
              class="inline-flex min-h-11 items-center px-2 hover:text-ink hover:underline"
            >
              {t.api}
            </a>
          </li>
        </ul>
        <div class="flex flex-col gap-1">
          <p class="font-semibold">{operator.name}</p>
          <Show when={facts.length > 0}>
            <dl class="flex flex-wrap gap-x-4 gap-y-1">
              <For each={facts}>
                {([name, value]) => (
                  <div class="flex gap-1.5">
                    <dt class="text-ink-faint">{name}</dt>
                    <dd>{value}</dd>
                  </div>
                )}
              </For>
            </dl>
          </Show>
        </div>
        <p class="max-w-3xl text-pretty">{t.notice}</p>
      </div>
    </footer>
  )
}
