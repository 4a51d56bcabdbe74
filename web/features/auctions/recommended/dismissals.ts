import { createSignal } from 'solid-js'
import type { Feedback } from '../../../../worker/contract/search.ts'
import { answer, type Call } from '../../../api/call.ts'
import { searchApi } from '../../../api/search.ts'

type Verdict = Exclude<Feedback['verdict'], 'undo'>

interface Card {
  id: string
  seller: { handle: string }
}

/**
 * What somebody does not want to be shown again, on the screen at once and on the server a moment later. Each change is taken
 * back when the server does not accept it, and rejects with the problem.
 */
export function createDismissals(call: Call) {
  const [all, setAll] = createSignal<ReadonlyMap<string, { verdict: Verdict; seller: string }>>(new Map())
  const api = searchApi(call).recommendations.feedback

  function set(card: Card, verdict: Verdict | undefined): void {
    setAll((before) => {
      const next = new Map(before)
      if (verdict === undefined) next.delete(card.id)
      else next.set(card.id, { verdict, seller: card.seller.handle })
      return next
    })
  }

  async function change(card: Card, verdict: Verdict | undefined): Promise<void> {
    const before = all().get(card.id)?.verdict
    set(card, verdict)
    try {
      await answer(api.$post({ json: { target: card.id, verdict: verdict ?? 'undo' } }))
    } catch (thrown) {
      set(card, before)
      throw thrown
    }
  }

  return {
    /** Reactive: how this very card was dismissed. */
    of: (id: string): Verdict | undefined => all().get(id)?.verdict,
    /** Reactive: another card of the same seller was dismissed with its seller. */
    isOfHiddenSeller: (card: Card): boolean =>
      !all().has(card.id) &&
      [...all().values()].some(({ verdict, seller }) => verdict === 'hide-author' && seller === card.seller.handle),
    dismiss: (card: Card, verdict: Verdict): Promise<void> => change(card, verdict),
    undo: (card: Card): Promise<void> => change(card, undefined),
    /** Another page has been asked for: the server leaves them out by itself. */
    forget: (): void => void setAll(new Map()),
  }
}

export type Dismissals = ReturnType<typeof createDismissals>
