import { createContext, createEffect, createSignal, on, onMount, useContext } from 'solid-js'
import type { DealView } from '../../../worker/contract/deals.ts'
import { useInbox } from '../../api/inbox.ts'
import { createNow } from '../../api/now.ts'
import { serverNow } from '../../api/server-clock.ts'
import { session } from '../../api/session.ts'
import { loadDeal } from './queries.ts'
import { wasShown } from './shown.ts'

type Deal = ReturnType<typeof createDeal>

const DealContext = createContext<Deal>()
export const DealProvider = DealContext.Provider

export function useDeal(): Deal {
  const deal = useContext(DealContext)
  if (!deal) throw new Error('outside of a deal')
  return deal
}

/** One deal on the screen: follows what the other side does, and what time does. */
export function createDeal(first: () => DealView) {
  const [moved, setMoved] = createSignal<DealView | null>(null)
  const view = () => moved() ?? first()
  const clock = createNow()
  /** How far the deal's own clock is ahead; other than 0 only where a local door has moved it. */
  const [aheadMs, setAhead] = createSignal(0)
  const now = () => (clock() ?? Date.parse(view().serverAt)) + aheadMs()

  createEffect(on(first, () => setMoved(null), { defer: true }))

  async function reload(): Promise<void> {
    try {
      const next = await loadDeal(session.call, view().id)
      // Answers may overtake each other.
      if (next.version < view().version) return
      const ahead = Date.parse(next.serverAt) - serverNow()
      setAhead(Math.abs(ahead) < 60_000 ? 0 : ahead)
      setMoved(next)
    } catch {
      // What is shown stays; the next fact or the next step asks again.
    }
  }

  useInbox().listen({
    onFact(fact) {
      const isOurs =
        (fact.type === 'notified' && fact.notification.target === view().id) ||
        (fact.type === 'room-changed' && fact.cause === 'deal' && fact.room === view().room)
      if (isOurs) void reload()
    },
    onReset: () => void reload(),
  })

  onMount(() => {
    if (wasShown(first())) void reload()
  })

  /** Times at which something happens or opens by itself: past one of them the deal is asked how it stands. */
  const passed = () => {
    const { deadlines, may } = view()
    const times = [...deadlines.map(({ at }) => at), ...may.flatMap(({ from, until }) => [from, until])]
    return times.filter((at) => at !== null && Date.parse(at) <= now()).length
  }
  createEffect(
    on(passed, (count, before) => {
      if (before !== undefined && count > before) void reload()
    }),
  )

  return { view, now, reload }
}
