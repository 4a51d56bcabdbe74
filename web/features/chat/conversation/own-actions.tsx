import Copy from 'lucide/dist/esm/icons/copy.mjs'
import Ellipsis from 'lucide/dist/esm/icons/ellipsis.mjs'
import Pencil from 'lucide/dist/esm/icons/pencil.mjs'
import Trash from 'lucide/dist/esm/icons/trash.mjs'
import { createSignal, Show } from 'solid-js'
import type { MessageView } from '../../../../worker/contract/chat.ts'
import { chat as limits } from '../../../../worker/contract/limits.ts'
import { asProblem } from '../../../api/problem.ts'
import { serverNow } from '../../../api/server-clock.ts'
import { useTexts } from '../../../i18n/i18n.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import { Icon } from '../../../ui/icon/icon.tsx'
import { Menu, menuItemClass } from '../../../ui/menu/menu.tsx'
import { showToast } from '../../../ui/toast/toast.tsx'
import { ConfirmSheet } from '../confirm-sheet.tsx'
import { useRoomWords } from '../words.ts'
import { useRoom } from './room-context.ts'

/** What one may do with a message of one's own. */
export function OwnActions(props: { message: MessageView }) {
  const t = useTexts('messages')
  const words = useRoomWords()
  const problemWords = useProblemWords()
  const room = useRoom()
  const [isRemoving, setRemoving] = createSignal(false)
  const [canEdit, setCanEdit] = createSignal(false)
  const [side, setSide] = createSignal<'above' | 'below'>('above')
  const [align, setAlign] = createSignal<'start' | 'end'>('end')
  let root: HTMLDivElement | undefined

  /** On the way to the menu: what it offers now, and where there is room for it. */
  function look(): void {
    const { text, at } = props.message
    setCanEdit(text !== null && room.view().canWrite && serverNow() - Date.parse(at) < limits.editForMs)
    const log = root?.closest('[role=log]')?.getBoundingClientRect()
    const here = root?.getBoundingClientRect()
    if (!log || !here) return
    setSide(here.top - log.top < log.height / 2 ? 'below' : 'above')
    setAlign(here.left - log.left < log.width / 2 ? 'start' : 'end')
  }

  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(props.message.text ?? '')
    showToast({ text: t.copied, tone: 'leaf' })
  }

  async function remove(): Promise<void> {
    try {
      await room.remove(props.message)
    } catch (thrown) {
      showToast({ text: problemWords(asProblem(thrown)).title, tone: 'brick' })
    }
  }

  return (
    <div
      ref={root}
      onPointerDown={look}
      onKeyDown={look}
      role="presentation"
      class="absolute end-full top-1/2 -translate-y-1/2 opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 has-[details[open]]:z-10 has-[details[open]]:opacity-100"
    >
      <Menu
        label={t.actions(words.contentOf(props.message).slice(0, 30))}
        side={side()}
        align={align()}
        class="rounded-full bg-paper"
        button={<Icon of={Ellipsis} class="size-4 text-ink-soft" />}
      >
        <Show when={props.message.text !== null}>
          <button type="button" class={menuItemClass} onClick={() => void copy()}>
            <Icon of={Copy} />
            {t.copy}
          </button>
        </Show>
        <Show when={canEdit()}>
          <button type="button" class={menuItemClass} onClick={() => room.setEditing(props.message)}>
            <Icon of={Pencil} />
            {t.edit}
          </button>
        </Show>
        <button type="button" class={menuItemClass} onClick={() => setRemoving(true)}>
          <Icon of={Trash} />
          {t.remove}
        </button>
      </Menu>
      <ConfirmSheet
        open={isRemoving()}
        title={t.removeTitle}
        text={t.removeText}
        action={t.remove}
        onClose={() => setRemoving(false)}
        onConfirm={remove}
      />
    </div>
  )
}
