import { signals as limits } from '../../../worker/contract/limits.ts'
import type { Stays } from './stays.ts'

/** A hair less than half: the browser's ratios are rounded. */
const enough = limits.visibleShare - 0.001

/** Watches how long at least half of each card is in view. */
export function createWatching(stays: Stays, tell: (target: string, ms: number) => void) {
  const targets = new WeakMap<Element, string>()
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target: element, intersectionRatio } of entries) {
        const target = targets.get(element)
        if (target === undefined || intersectionRatio < enough) stays.end(element)
        else stays.begin(element, (ms) => tell(target, ms))
      }
    },
    { threshold: limits.visibleShare },
  )
  return {
    /** `element` is a card of `target`. Returns how to stop. */
    watch(element: Element, target: string): () => void {
      targets.set(element, target)
      observer.observe(element)
      return () => {
        observer.unobserve(element)
        stays.end(element)
      }
    },
  }
}
