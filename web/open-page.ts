import type { ProblemCode } from '../worker/contract/problem.ts'
import type { Call } from './api/call.ts'
import { asProblem, type LocalProblemCode } from './api/problem.ts'
import { everywhere, loadTexts } from './i18n/dictionaries.ts'
import type { PageAt, PageModule, PageRoute } from './page.ts'

/** A problem as data, so that edge and browser show the same. */
export interface ShownProblem {
  code: ProblemCode | LocalProblemCode
  status: number
  request?: string | undefined
  retryAfterMs?: number | undefined
}

/** A page ready to be shown: code, words and data are here, or the reason why not. */
export type Opened = { module: PageModule<unknown>; data: unknown } | { problem: ShownProblem }

export function problemShown(thrown: unknown): ShownProblem {
  const { code, status, request, retryAfterMs } = asProblem(thrown)
  return { code, status, request, retryAfterMs }
}

/** Code and words of a page, without its data. */
export async function preparePage(route: PageRoute, at: PageAt): Promise<PageModule<unknown>> {
  const [module] = await Promise.all([route.module(), loadTexts(at.language, [...everywhere, ...route.texts])])
  return module
}

/** Gets everything a page needs at once; never rejects. */
export async function openPage(route: PageRoute, at: PageAt, call: Call): Promise<Opened> {
  try {
    const [module, data] = await Promise.all([preparePage(route, at), route.load?.(call, at) ?? null])
    return { module, data }
  } catch (thrown) {
    return { problem: problemShown(thrown) }
  }
}
