import { createSignal, Show } from 'solid-js'
import { answer } from '../../../api/call.ts'
import { type ApiProblem, asProblem } from '../../../api/problem.ts'
import { session } from '../../../api/session.ts'
import { useTexts } from '../../../i18n/i18n.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import { Button } from '../../../ui/button/button.tsx'
import { useNavigate } from '../../../ui/navigation/navigation.ts'
import { ProblemNote } from '../../../ui/problem-note/problem-note.tsx'
import { showToast } from '../../../ui/toast/toast.tsx'
import { chatApi } from '../api.ts'
import { othersOf, useRoomWords } from '../words.ts'
import { useRoom } from './room-context.ts'

/** In place of the composer while somebody waits for an answer. */
export function RequestBar() {
  const t = useTexts('messages')
  const words = useRoomWords()
  const problemWords = useProblemWords()
  const room = useRoom()
  const navigate = useNavigate()
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)
  const [busy, setBusy] = createSignal<'accept' | 'decline' | null>(null)
  const who = () => {
    const { kind, owner } = room.view()
    const others = othersOf(room.view(), room.me())
    const asker = kind === 'group' ? others.find(({ handle }) => handle === owner) : others[0]
    return words.nameOf(asker ?? room.messages()[0]?.author ?? null)
  }

  async function reply(how: 'accept' | 'decline'): Promise<void> {
    setBusy(how)
    setProblem(null)
    const { accept, decline } = chatApi(session.call).rooms[':id']
    const param = { id: room.id }
    try {
      if (how === 'accept') {
        room.setView(await answer(accept.$post({ param })))
        showToast({ text: t.request.accepted, tone: 'leaf' })
      } else {
        await answer(decline.$post({ param }))
        showToast({ text: t.request.declined })
        navigate('/messages?folder=requests', { replace: true })
      }
    } catch (thrown) {
      setProblem(asProblem(thrown))
    } finally {
      setBusy(null)
    }
  }

  return (
    <section
      aria-labelledby="request"
      class="border-t border-line bg-surface p-4 pb-[max(1rem,env(safe-area-inset-bottom))]"
    >
      <div class="mx-auto max-w-xl">
        <h2 id="request" class="text-lead font-bold">
          {room.view().kind === 'group' ? t.request.group(who()) : t.request.direct(who())}
        </h2>
        <p class="mt-1 text-pretty text-ink-soft">{t.request.text}</p>
        <Show when={problem()}>{(failed) => <ProblemNote {...problemWords(failed())} class="mt-2" />}</Show>
        <div class="mt-3 grid grid-cols-2 gap-2">
          <Button busy={busy() === 'decline'} onClick={() => void reply('decline')}>
            {t.request.decline}
          </Button>
          <Button look="main" busy={busy() === 'accept'} onClick={() => void reply('accept')}>
            {t.request.accept}
          </Button>
        </div>
      </div>
    </section>
  )
}
