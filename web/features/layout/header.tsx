import Languages from 'lucide/dist/esm/icons/languages.mjs'
import SunMoon from 'lucide/dist/esm/icons/sun-moon.mjs'
import { For, Show } from 'solid-js'
import { logInHref } from '../../api/return-to.ts'
import { session } from '../../api/session.ts'
import { chooseTheme, theme, themes } from '../../api/theme.ts'
import { useLanguage, useTexts } from '../../i18n/i18n.ts'
import { inLanguage, languageNames, languages } from '../../i18n/language.ts'
import { lateParts } from '../../late.ts'
import { Icon } from '../../ui/icon/icon.tsx'
import { ButtonLink } from '../../ui/link/link.tsx'
import { Menu, menuItemClass } from '../../ui/menu/menu.tsx'
import { useLocation } from '../../ui/navigation/navigation.ts'
import { Skeleton } from '../../ui/skeleton/skeleton.tsx'
import { Fixture } from '../../fixture.tsx'

/** Brand, ways and search stay as the edge rendered them; only what changes is woken. */
export function Header() {
  return (
    <header class="sticky top-0 z-30 border-b border-line bg-paper/92 backdrop-blur-md supports-[not(backdrop-filter:blur(1px))]:bg-paper">
      <div class="column flex h-(--header-height) items-center gap-1 md:gap-2">
        <Fixture name="Brand" />
        <div class="ms-auto flex items-center md:gap-1">
          <Fixture name="SearchLink" />
          {/* Whoever is signed in has both among the settings, and the bell on a phone. */}
          <div class="not-on-own-phone flex md:gap-1">
            <LanguageMenu />
            <ThemeMenu />
          </div>
          <div class="when-signed-in flex md:gap-1">
            <Fixture name="MessagesLink" />
            <Fixture name="NotificationsLink" />
          </div>
          <Fixture name="SellLink" />
          <AccountPart />
        </div>
      </div>
    </header>
  )
}

function LanguageMenu() {
  const t = useTexts('common')
  const current = useLanguage()
  const location = useLocation()
  return (
    <Menu label={t.nav.language} button={<Icon of={Languages} class="size-5 text-ink-soft" />}>
      <ul>
        <For each={languages}>
          {(language) => (
            <li>
              {/* Another language is another document: a full load. */}
              <a
                href={inLanguage(location.pathname + location.search, language)}
                hreflang={language}
                lang={language}
                rel="external"
                aria-current={language === current ? 'true' : undefined}
                class={menuItemClass}
              >
                {languageNames[language]}
              </a>
            </li>
          )}
        </For>
      </ul>
    </Menu>
  )
}

function ThemeMenu() {
  const t = useTexts('common')
  return (
    <Menu label={t.nav.theme} button={<Icon of={SunMoon} class="size-5 text-ink-soft" />} class="needs-script">
      <ul>
        <For each={themes}>
          {(choice) => (
            <li>
              <button
                type="button"
                aria-current={theme() === choice ? 'true' : undefined}
                class={menuItemClass}
                onClick={() => chooseTheme(choice)}
              >
                {t.theme[choice]}
              </button>
            </li>
          )}
        </For>
      </ul>
    </Menu>
  )
}

/** Both faces are in the page; which one shows is decided before paint by an attribute of `<html>`. */
function AccountPart() {
  const t = useTexts('common')
  const location = useLocation()
  const known = () => {
    const account = session.account()
    const parts = lateParts()
    return account && parts ? { account, parts } : null
  }
  return (
    <>
      <div class="when-visiting ms-1">
        <ButtonLink href={logInHref(location.pathname + location.search)} size="small">
          {t.nav.logIn}
        </ButtonLink>
      </div>
      <div class="when-signed-in">
        <Show when={known()} fallback={<Skeleton round class="m-1.5 size-8" />}>
          {(known) => {
            const { AccountMenu } = known().parts
            return <AccountMenu account={known().account} />
          }}
        </Show>
      </div>
    </>
  )
}
