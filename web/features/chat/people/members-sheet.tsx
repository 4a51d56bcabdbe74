import Crown from 'lucide/dist/esm/icons/crown.mjs'
import Ellipsis from 'lucide/dist/esm/icons/ellipsis.mjs'
import Trash from 'lucide/dist/esm/icons/trash.mjs'
import UserPlus from 'lucide/dist/esm/icons/user-plus.mjs'
import UserX from 'lucide/dist/esm/icons/user-x.mjs'
import { createSignal, For, Show } from 'solid-js'
import type { RoomView } from '../../../../worker/contract/chat.ts'
import { chat as limits } from '../../../../worker/contract/limits.ts'
import type { PersonCard } from '../../../../worker/contract/profiles.ts'
import { answer, newKey } from '../../../api/call.ts'
import { type ApiProblem, asProblem } from '../../../api/problem.ts'
import { session } from '../../../api/session.ts'
import { useTexts } from '../../../i18n/i18n.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import { Avatar } from '../../../ui/avatar/avatar.tsx'
import { Button, IconButton } from '../../../ui/button/button.tsx'
import { Chip } from '../../../ui/chip/chip.tsx'
import { Icon } from '../../../ui/icon/icon.tsx'
import { Link } from '../../../ui/link/link.tsx'
import { Menu, menuItemClass } from '../../../ui/menu/menu.tsx'
import { useNavigate } from '../../../ui/navigation/navigation.ts'
import { ProblemNote } from '../../../ui/problem-note/problem-note.tsx'
import { Sheet } from '../../../ui/sheet/sheet.tsx'
import { chatApi } from '../api.ts'
import { ConfirmSheet } from '../confirm-sheet.tsx'
import type { OpenRoom } from '../conversation/room-context.ts'
import { GroupForm } from './group-form.tsx'
import { PersonPicker } from './person-picker.tsx'

/** Who is in a group, and what its owner may do about it. */
export function MembersSheet(props: { room: OpenRoom; onClose: () => void }) {
  const t = useTexts('messages')
  const words = useProblemWords()
  const navigate = useNavigate()
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)
  const [isBusy, setBusy] = createSignal(false)
  const [isInviting, setInviting] = createSignal(false)
  const [isDeleting, setDeleting] = createSignal(false)
  const [chosen, setChosen] = createSignal<readonly PersonCard[]>([])
  const view = () => props.room.view()
  const room = () => chatApi(session.call).rooms[':id']
  const param = () => ({ id: view().id })
  const present = () => [...view().people, ...view().asked].map(({ handle }) => handle)

  /** Does it and shows the room as it then is; a refusal stands above the list. */
  async function change(pending: Promise<RoomView | undefined>): Promise<boolean> {
    setBusy(true)
    setProblem(null)
    try {
      const next = await pending
      if (next) props.room.setView(next)
      else await props.room.reloadView()
      return true
    } catch (thrown) {
      setProblem(asProblem(thrown))
      return false
    } finally {
      setBusy(false)
    }
  }

  const remove = (handle: string) =>
    change(answer(room().members[':handle'].$delete({ param: { ...param(), handle } })).then(() => undefined))

  async function invite(): Promise<void> {
    const handles = chosen().map(({ handle }) => handle)
    const isDone = await change(
      answer(room().members.$post({ param: param(), json: { handles } }, { headers: { 'idempotency-key': newKey() } })),
    )
    if (!isDone) return
    setInviting(false)
    setChosen([])
  }

  async function destroy(): Promise<void> {
    try {
      await answer(room().$delete({ param: param() }))
      props.onClose()
      navigate('/messages', { replace: true })
    } catch (thrown) {
      setProblem(asProblem(thrown))
    }
  }

  return (
    <>
      <Sheet
        open
        onClose={() => (isInviting() ? setInviting(false) : props.onClose())}
        title={isInviting() ? t.members.add : t.members.title}
        busy={isBusy()}
        footer={
          isInviting() ? (
            <Button
              look="main"
              wide
              busy={isBusy()}
              disabled={chosen().length === 0 || present().length + chosen().length > limits.members}
              onClick={() => void invite()}
            >
              {t.create.invite}
            </Button>
          ) : undefined
        }
      >
        <div class="flex flex-col gap-5">
          <Show when={problem()}>{(failed) => <ProblemNote {...words(failed())} />}</Show>
          <Show
            when={!isInviting()}
            fallback={<PersonPicker chosen={chosen()} onChosen={setChosen} without={present()} />}
          >
            <Show when={view().isOwner}>
              <GroupForm view={view()} change={change} />
              <Button icon={UserPlus} wide onClick={() => setInviting(true)}>
                {t.members.add}
              </Button>
            </Show>
            <People />
            <Show when={view().isOwner}>
              <Button look="dangerQuiet" icon={Trash} onClick={() => setDeleting(true)}>
                {t.members.delete}
              </Button>
            </Show>
          </Show>
        </div>
      </Sheet>
      <ConfirmSheet
        open={isDeleting()}
        title={t.members.delete}
        text={t.members.deleteText}
        action={t.members.delete}
        onClose={() => setDeleting(false)}
        onConfirm={destroy}
      />
    </>
  )

  function People() {
    return (
      <ul aria-label={t.members.title} class="flex flex-col">
        <For each={view().people}>
          {(person) => (
            <li class="flex items-center gap-3 py-1.5">
              <Person person={person} note={null} isOwner={person.isOwner} />
              <Show when={view().isOwner && person.handle !== props.room.me()}>
                <Menu label={t.members.actions(person.name)} button={<Icon of={Ellipsis} class="size-4" />}>
                  <button
                    type="button"
                    class={menuItemClass}
                    onClick={() =>
                      void change(answer(room().$patch({ param: param(), json: { owner: person.handle } })))
                    }
                  >
                    <Icon of={Crown} />
                    {t.members.passOn(person.name)}
                  </button>
                  <button type="button" class={menuItemClass} onClick={() => void remove(person.handle)}>
                    <Icon of={UserX} />
                    {t.members.remove(person.name)}
                  </button>
                </Menu>
              </Show>
            </li>
          )}
        </For>
        <For each={view().asked}>
          {(person) => (
            <li class="flex items-center gap-3 py-1.5">
              <Person person={person} note={t.members.asked} isOwner={false} />
              <IconButton
                icon={UserX}
                label={t.members.takeBack(person.name)}
                onClick={() => void remove(person.handle)}
              />
            </li>
          )}
        </For>
      </ul>
    )
  }

  function Person(own: { person: PersonCard; note: string | null; isOwner: boolean }) {
    return (
      <Link bare href={`/users/${own.person.handle}`} class="flex min-w-0 flex-1 items-center gap-3 rounded-control">
        <Avatar name={own.person.name} handle={own.person.handle} picture={own.person.picture} />
        <span class="min-w-0">
          <span class="flex items-center gap-1.5">
            <span class="truncate font-semibold">{own.person.name}</span>
            <Show when={own.isOwner}>
              <Chip tone="tangerine" icon={Crown}>
                {t.members.owner}
              </Chip>
            </Show>
            <Show when={own.person.handle === props.room.me()}>
              <Chip>{t.members.you}</Chip>
            </Show>
          </span>
          <span class="block truncate text-caption text-ink-faint">{own.note ?? `@${own.person.handle}`}</span>
        </span>
      </Link>
    )
  }
}
