import { createEffect, createSignal, on, onCleanup } from 'solid-js'
import { accountsApi } from './accounts.ts'
import { answer } from './call.ts'

const quietMs = 350

/** Asks whether a handle can be had, when typing pauses. An empty one, or `own`, is nobody's question. */
export function createHandleCheck(handle: () => string, own?: string) {
  const [verdict, setVerdict] = createSignal<{ handle: string; reason: string | null } | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  createEffect(
    on(handle, (typed) => {
      clearTimeout(timer)
      setVerdict(null)
      const asked = typed.trim().toLowerCase()
      if (asked === '' || asked === own) return
      timer = setTimeout(() => void ask(asked), quietMs)
    }),
  )
  onCleanup(() => clearTimeout(timer))

  async function ask(asked: string): Promise<void> {
    try {
      const { reason } = await answer(accountsApi.handles[':handle'].$get({ param: { handle: asked } }))
      if (handle().trim().toLowerCase() === asked) setVerdict({ handle: asked, reason })
    } catch {
      // Only a courtesy: sending the form gives the verdict that counts.
    }
  }

  return {
    isFree: () => verdict()?.reason === null,
    fault: (): { handle?: string } => {
      const reason = verdict()?.reason
      return reason ? { handle: reason } : {}
    },
  }
}
