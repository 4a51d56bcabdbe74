import { createSignal } from 'solid-js'
import { answer } from './call.ts'
import { accountsApi } from './accounts.ts'
import { session } from './session.ts'

let asking: Promise<void> | null = null
const [known, setKnown] = createSignal<{ handle: string; choice: boolean } | null>(null)

/** Reactive: whether the reader wants recommendations made for them; undefined for visitors and until it is known. */
export function isPersonalised(): boolean | undefined {
  const now = known()
  return now && now.handle === session.account()?.handle ? now.choice : undefined
}

/** Asks once for each reader. While it fails nothing is known, so that nothing personal is told. */
export function learnPersonalised(): Promise<void> {
  const handle = session.account()?.handle
  if (handle === undefined || known()?.handle === handle) return Promise.resolve()
  asking ??= ask(handle).finally(() => (asking = null))
  return asking
}

async function ask(handle: string): Promise<void> {
  try {
    const { personalised } = await answer(accountsApi.preferences.$get())
    setKnown({ handle, choice: personalised })
  } catch {
    // Whoever needs it next asks again.
  }
}

/** The reader has just chosen. */
export function choosePersonalised(choice: boolean): void {
  const handle = session.account()?.handle
  if (handle !== undefined) setKnown({ handle, choice })
}
