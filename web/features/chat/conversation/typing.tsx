import { For, Show } from 'solid-js'
import { useTexts } from '../../../i18n/i18n.ts'
import { useRoom } from './room-context.ts'

/** Who is writing, in a place that is always there: it comes and goes without moving anything. Not spoken: the message will be. */
export function Typing() {
  const t = useTexts('messages')
  const room = useRoom()
  const words = () => {
    const [first, ...more] = room.typists()
    return first && (more.length > 0 ? t.typing.many : t.typing.one(first.name))
  }
  return (
    <div aria-hidden="true" class="flex h-6 items-center gap-2 ps-11 text-caption text-ink-faint">
      <Show when={words()}>
        {(words) => (
          <>
            <span class="flex gap-0.5">
              <For each={['', '[animation-delay:160ms]', '[animation-delay:320ms]']}>
                {(delay) => (
                  <span
                    class={`size-1.5 animate-[breathe_1s_ease-in-out_infinite] rounded-full bg-ink-faint ${delay}`}
                  />
                )}
              </For>
            </span>
            <span class="enter-fade">{words()}</span>
          </>
        )}
      </Show>
    </div>
  )
}
