import Lock from 'lucide/dist/esm/icons/lock.mjs'
import { createSignal, Show } from 'solid-js'
import type { RoomView } from '../../../../worker/contract/chat.ts'
import { people } from '../../../api/people.ts'
import { asProblem } from '../../../api/problem.ts'
import { useTexts } from '../../../i18n/i18n.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import { Button } from '../../../ui/button/button.tsx'
import { Icon } from '../../../ui/icon/icon.tsx'
import { showToast } from '../../../ui/toast/toast.tsx'
import { othersOf } from '../words.ts'
import { useRoom } from './room-context.ts'

/** Stands where one would write, and says why one cannot; what one has done oneself can be undone here. */
export function Silence(props: { why: NonNullable<RoomView['reason']> }) {
  const t = useTexts('messages')
  const words = useProblemWords()
  const room = useRoom()
  const [isBusy, setBusy] = createSignal(false)
  const blocked = () => (room.view().isBlocking ? othersOf(room.view(), room.me())[0] : undefined)

  async function unblock(handle: string): Promise<void> {
    setBusy(true)
    try {
      await people.unblock(handle)
      await room.reloadView()
    } catch (thrown) {
      showToast({ text: words(asProblem(thrown)).title, tone: 'brick' })
    } finally {
      setBusy(false)
    }
  }

  return (
    <div class="flex flex-wrap items-center justify-center gap-x-4 gap-y-2 border-t border-line p-4 pb-[max(1rem,env(safe-area-inset-bottom))] text-center text-ink-soft">
      <p class="flex items-center gap-2 text-pretty">
        <Icon of={Lock} class="size-4 shrink-0" />
        <Show when={blocked()} fallback={<>{t.silence[props.why]}</>}>
          {(other) => <>{t.blocked(other().name)}</>}
        </Show>
      </p>
      <Show when={blocked()}>
        {(other) => (
          <Button size="small" busy={isBusy()} onClick={() => void unblock(other().handle)}>
            {t.unblock}
          </Button>
        )}
      </Show>
    </div>
  )
}
