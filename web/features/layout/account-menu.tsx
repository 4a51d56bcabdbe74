import CircleUserRound from 'lucide/dist/esm/icons/circle-user-round.mjs'
import Gavel from 'lucide/dist/esm/icons/gavel.mjs'
import Handshake from 'lucide/dist/esm/icons/handshake.mjs'
import LogOut from 'lucide/dist/esm/icons/log-out.mjs'
import Settings from 'lucide/dist/esm/icons/settings.mjs'
import type { OwnAccount } from '../../../worker/contract/accounts.ts'
import { session } from '../../api/session.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { Avatar } from '../../ui/avatar/avatar.tsx'
import { Icon } from '../../ui/icon/icon.tsx'
import { Link } from '../../ui/link/link.tsx'
import { Menu, menuItemClass } from '../../ui/menu/menu.tsx'
import { showToast } from '../../ui/toast/toast.tsx'

export function AccountMenu(props: { account: OwnAccount }) {
  const t = useTexts('common')

  async function logOut(): Promise<void> {
    try {
      await session.logOut()
    } finally {
      showToast({ text: t.loggedOut, tone: 'leaf' })
    }
  }

  return (
    <Menu
      label={t.nav.accountMenu}
      button={
        <Avatar name={props.account.name} handle={props.account.handle} picture={props.account.picture} size="small" />
      }
    >
      <p class="truncate px-3 py-2">
        <span class="font-semibold">{props.account.name}</span>
        <span class="block text-caption text-ink-faint">@{props.account.handle}</span>
      </p>
      <ul>
        <li>
          <Link bare href={`/users/${props.account.handle}`} class={menuItemClass}>
            <Icon of={CircleUserRound} /> {t.nav.profile}
          </Link>
        </li>
        <li>
          <Link bare href="/mine" class={menuItemClass}>
            <Icon of={Gavel} /> {t.nav.mine}
          </Link>
        </li>
        <li>
          <Link bare href="/deals" class={menuItemClass}>
            <Icon of={Handshake} /> {t.nav.deals}
          </Link>
        </li>
        <li>
          <Link bare href="/settings" class={menuItemClass}>
            <Icon of={Settings} /> {t.nav.settings}
          </Link>
        </li>
        <li>
          <button type="button" class={menuItemClass} onClick={() => void logOut()}>
            <Icon of={LogOut} /> {t.nav.logOut}
          </button>
        </li>
      </ul>
    </Menu>
  )
}
