import { batch, untrack } from 'solid-js'
import type { AuctionCard } from '../../../../worker/contract/auctions.ts'
import { api as limits } from '../../../../worker/contract/limits.ts'
import { answer, callMs } from '../../../api/call.ts'
import { hearServerTime } from '../../../api/server-clock.ts'
import { watch } from '../../../api/signals/reporter.ts'
import { auctionsApi } from '../api.ts'
import { latest } from './live-cards.ts'

/** Cards are the same for everyone, so they are asked about without a token. An answer that never comes must not end the turns. */
const api = auctionsApi({
  origin: '',
  fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(callMs) }),
}).auctions

const inView = new Map<Element, string>()
let observer: IntersectionObserver | undefined
let timer: ReturnType<typeof setTimeout> | undefined

/** Keeps a card current, and tells how long it was looked at, while its element is in view. Returns how to stop. */
export function follow(element: Element, { id, badge }: Pick<AuctionCard, 'id' | 'badge'>): () => void {
  const ends = [watch(element, id), ...(badge === 'ended' ? [] : [observe(element, id)])]
  return () => {
    for (const end of ends) end()
  }
}

function observe(element: Element, id: string): () => void {
  observer ??= new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) inView.set(target, (target as HTMLElement).dataset.auction ?? '')
      else inView.delete(target)
    }
    if (inView.size > 0) timer ??= setTimeout(refresh, 0)
  })
  ;(element as HTMLElement).dataset.auction = id
  observer.observe(element)
  return () => {
    observer?.unobserve(element)
    inView.delete(element)
  }
}

/** Asks about the cards in view that can still move, every 5 s, and not at all while nobody looks. */
async function refresh(): Promise<void> {
  // In a fixed order, so that many readers of one list ask the same question.
  const ids = [...new Set(inView.values())]
    .filter((id) => untrack(() => latest.get(id))?.badge !== 'ended')
    .sort()
    .slice(0, limits.cardsPerCall)
  if (ids.length > 0 && document.visibilityState === 'visible') {
    const sentAt = Date.now()
    try {
      const { items, serverAt } = await answer(api.cards.$get({ query: { ids: ids.join(',') } }))
      hearServerTime(serverAt, sentAt)
      batch(() => {
        for (const item of items) latest.set(item.id, item)
      })
    } catch {
      // Cards keep what they last knew; the next turn asks again.
    }
  }
  timer = inView.size > 0 ? setTimeout(refresh, limits.cardsPollMs) : undefined
}
