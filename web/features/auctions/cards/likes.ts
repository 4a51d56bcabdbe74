import { createEffect, on } from 'solid-js'
import { api as limits } from '../../../../worker/contract/limits.ts'
import { answer, type Call } from '../../../api/call.ts'
import { session } from '../../../api/session.ts'
import { auctionsApi } from '../api.ts'
import { createKeyed } from '../../../api/keyed.ts'

interface Like {
  liked: boolean
  /** Null while only the page's own count is known. */
  count: number | null
}

/** One's own likes, apart from the cards, which are the same for everyone. */
export function createLikes(call: Call) {
  const likes = createKeyed<Like>()
  const api = auctionsApi(call).likes

  function of(id: string): Like {
    return likes.get(id) ?? { liked: false, count: null }
  }

  /** What a page already says. A change of one's own that is under way stays. */
  function know(id: string, liked: boolean): void {
    if (!likes.get(id)) likes.set(id, { liked, count: null })
  }

  return {
    of,
    know,
    /** Asks which of these the reader likes; those that are known are not asked about again. */
    async learn(ids: readonly string[]): Promise<void> {
      const unknown = ids.filter((id) => !likes.get(id))
      for (let from = 0; from < unknown.length; from += limits.cardsPerCall) {
        const some = unknown.slice(from, from + limits.cardsPerCall)
        const { liked } = await answer(api.$get({ query: { ids: some.join(',') } }))
        for (const id of some) know(id, liked.includes(id))
      }
    },
    /** Changes it at once and takes it back when that fails. Rejects with the problem. */
    async toggle(id: string, count: number): Promise<void> {
      const before = of(id)
      const liked = !before.liked
      likes.set(id, { liked, count: (before.count ?? count) + (liked ? 1 : -1) })
      try {
        const now = await answer(liked ? api.$post({ json: { auction: id } }) : api[':id'].$delete({ param: { id } }))
        likes.set(id, { liked: now.liked, count: now.likesCount })
      } catch (thrown) {
        likes.set(id, before)
        throw thrown
      }
    },
    /** Somebody else is reading. */
    forget: likes.clear,
  }
}

/** The likes of whoever uses this page. */
export const likes = createLikes(session.call)

let reader: string | undefined

/** Keeps the hearts of these auctions right for whoever is signed in. */
export function createLikesOf(ids: () => readonly string[]): void {
  createEffect(
    on([() => session.account()?.handle, ids], ([handle, wanted]) => {
      if (handle !== reader) likes.forget()
      reader = handle
      // Hearts that could not be asked about stay empty; pressing one tells the truth. A suspension hides them all.
      if (handle !== undefined && !session.account()?.suspension) void likes.learn(wanted).catch(() => {})
    }),
  )
}
