import { createEffect, createSignal, on, onCleanup } from 'solid-js'
import type { PersonCard } from '../../../../worker/contract/profiles.ts'
import { answer } from '../../../api/call.ts'
import { type ApiProblem, asProblem } from '../../../api/problem.ts'
import { searchApi } from '../../../api/search.ts'
import { session } from '../../../api/session.ts'

const typedMs = 250

/** People whose name or handle fits what is typed. */
export function createPeopleSearch(typed: () => string) {
  const [people, setPeople] = createSignal<readonly PersonCard[] | null>(null)
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)
  let asked = 0

  async function find(q: string): Promise<void> {
    const own = ++asked
    try {
      const page = await answer(searchApi(session.call).search.$get({ query: { q, type: 'people' } }))
      if (own !== asked || page.type !== 'people') return
      setPeople(page.items.filter(({ handle }) => handle !== session.account()?.handle))
    } catch (thrown) {
      if (own === asked) setProblem(asProblem(thrown))
    }
  }

  createEffect(
    on(typed, (words) => {
      const q = words.trim().replace(/^@/, '')
      asked += 1
      setProblem(null)
      setPeople(null)
      if (q === '') return
      const timer = setTimeout(() => void find(q), typedMs)
      onCleanup(() => clearTimeout(timer))
    }),
  )

  return { people, problem }
}
