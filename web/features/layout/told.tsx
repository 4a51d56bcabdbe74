import { type Component, createEffect, createSignal, Show } from 'solid-js'
import { session } from '../../api/session.ts'

const [part, setPart] = createSignal<Component | null>(null)

/**
 * What notifications do on every page. Comes once somebody has signed in, and stays when they sign out, to see to it that nothing
 * more is pushed to this browser.
 */
export function Told() {
  createEffect(() => {
    if (session.state() !== 'signed-in' || part()) return
    // Without it the list and the bell still tell.
    import('../notifications/while-here.tsx').then(
      (file) => setPart(() => file.WhileHere),
      () => {},
    )
  })
  return (
    <Show when={part()} keyed>
      {(WhileHere) => <WhileHere />}
    </Show>
  )
}
