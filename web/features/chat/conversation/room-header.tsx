import Archive from 'lucide/dist/esm/icons/archive.mjs'
import ArrowLeft from 'lucide/dist/esm/icons/arrow-left.mjs'
import Bell from 'lucide/dist/esm/icons/bell.mjs'
import BellOff from 'lucide/dist/esm/icons/bell-off.mjs'
import CircleUserRound from 'lucide/dist/esm/icons/circle-user-round.mjs'
import Ellipsis from 'lucide/dist/esm/icons/ellipsis.mjs'
import LogOut from 'lucide/dist/esm/icons/log-out.mjs'
import Pin from 'lucide/dist/esm/icons/pin.mjs'
import Users from 'lucide/dist/esm/icons/users.mjs'
import { createSignal, Show } from 'solid-js'
import type { RoomSettings } from '../../../../worker/contract/chat.ts'
import { answer } from '../../../api/call.ts'
import { asProblem } from '../../../api/problem.ts'
import { session } from '../../../api/session.ts'
import { useTexts } from '../../../i18n/i18n.ts'
import { lazyPart } from '../../../i18n/lazy-part.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import { IconButton } from '../../../ui/button/button.tsx'
import { Icon } from '../../../ui/icon/icon.tsx'
import { Link } from '../../../ui/link/link.tsx'
import { Menu, menuItemClass } from '../../../ui/menu/menu.tsx'
import { useNavigate } from '../../../ui/navigation/navigation.ts'
import { showToast } from '../../../ui/toast/toast.tsx'
import { chatApi } from '../api.ts'
import { ConfirmSheet } from '../confirm-sheet.tsx'
import { RoomAvatar } from '../room-avatar.tsx'
import { othersOf, useRoomWords } from '../words.ts'
import { useRoom } from './room-context.ts'

const MembersSheet = lazyPart(() => import('../people/members-sheet.tsx').then((file) => file.MembersSheet), ['forms'])

/** Whom one talks to, and what one can do with the room. */
export function RoomHeader() {
  const t = useTexts('messages')
  const words = useRoomWords()
  const problemWords = useProblemWords()
  const room = useRoom()
  const navigate = useNavigate()
  const [isShowingMembers, setShowingMembers] = createSignal(false)
  const [isLeaving, setLeaving] = createSignal(false)
  const view = room.view
  const other = () => (view().kind === 'group' ? undefined : othersOf(view(), room.me())[0])
  /** Where there is a block neither has a profile for the other. */
  const profile = () => (view().reason === 'cannot-message' ? undefined : other())
  const back = () => (view().folder === 'inbox' ? '/messages' : `/messages?folder=${view().folder}`)
  const settings = () => view().settings
  const subtitle = () => {
    if (view().kind === 'group') return t.members.count(view().membersCount)
    return view().kind === 'deal' ? (other()?.name ?? t.formerMember) : other() && `@${other()?.handle}`
  }

  async function choose(change: Partial<RoomSettings>): Promise<boolean> {
    const before = view()
    const next = { ...settings(), ...change }
    // At once, and back when it was refused.
    room.setView({ ...before, settings: next })
    try {
      await answer(chatApi(session.call).rooms[':id'].settings.$put({ param: { id: room.id }, json: next }))
      return true
    } catch (thrown) {
      room.setView((now) => ({ ...now, settings: before.settings }))
      showToast({ text: problemWords(asProblem(thrown)).title, tone: 'brick' })
      return false
    }
  }

  async function archive(): Promise<void> {
    const archived = !settings().archived
    if (!(await choose({ archived })) || !archived) return
    showToast({ text: t.isArchived, tone: 'leaf' })
    navigate('/messages')
  }

  async function leave(): Promise<void> {
    try {
      await answer(chatApi(session.call).rooms[':id'].members.me.$delete({ param: { id: room.id } }))
      navigate('/messages', { replace: true })
    } catch (thrown) {
      showToast({ text: problemWords(asProblem(thrown)).title, tone: 'brick' })
    }
  }

  return (
    <header class="flex min-h-15 items-center gap-2 border-b border-line px-1 py-1.5 md:px-4">
      <Link
        bare
        href={back()}
        aria-label={t.back}
        title={t.back}
        class="target grid place-items-center rounded-full text-ink-soft hover:bg-sunken lg:hidden"
      >
        <Icon of={ArrowLeft} />
      </Link>
      <RoomAvatar row={view()} />
      <div class="min-w-0 flex-1">
        <h1 class="truncate text-lead font-bold">{words.titleOf(view())}</h1>
        <p class="flex items-center gap-1.5 truncate text-caption text-ink-faint">
          {subtitle()}
          <Show when={settings().muted}>
            <Icon of={BellOff} class="size-3.5" label={t.muted} />
          </Show>
        </p>
      </div>
      <Show when={view().kind === 'group'}>
        <IconButton icon={Users} label={t.members.title} onClick={() => setShowingMembers(true)} />
      </Show>
      <Menu label={t.menu} button={<Icon of={Ellipsis} />}>
        <Show when={profile()}>
          {(other) => (
            <Link bare href={`/users/${other().handle}`} class={menuItemClass}>
              <Icon of={CircleUserRound} />
              {t.profile}
            </Link>
          )}
        </Show>
        <button type="button" class={menuItemClass} onClick={() => void choose({ muted: !settings().muted })}>
          <Icon of={settings().muted ? Bell : BellOff} />
          {settings().muted ? t.unmute : t.mute}
        </button>
        <button type="button" class={menuItemClass} onClick={() => void choose({ pinned: !settings().pinned })}>
          <Icon of={Pin} />
          {settings().pinned ? t.unpin : t.pin}
        </button>
        <button type="button" class={menuItemClass} onClick={() => void archive()}>
          <Icon of={Archive} />
          {settings().archived ? t.unarchive : t.archive}
        </button>
        <Show when={view().kind === 'group'}>
          <button type="button" class={menuItemClass} onClick={() => setLeaving(true)}>
            <Icon of={LogOut} />
            {t.members.leave}
          </button>
        </Show>
      </Menu>
      <Show when={isShowingMembers()}>
        <MembersSheet room={room} onClose={() => setShowingMembers(false)} />
      </Show>
      <ConfirmSheet
        open={isLeaving()}
        title={t.members.leave}
        text={t.members.leaveText}
        action={t.members.leave}
        onClose={() => setLeaving(false)}
        onConfirm={leave}
      />
    </header>
  )
}
