import { isServer } from 'solid-js/web'
import { loadTexts, textsIfLoaded } from './dictionaries.ts'
import { useLanguage, useTexts } from './i18n.ts'

/** A problem in words: what happened, what to do, and of our own failures the code, for those who ask for help. */
export interface ProblemWords {
  title: string
  text: string | undefined
  code: string | undefined
}

/** What is known of a problem; the API's problems and our own (`offline`) fit. */
export interface KnownProblem {
  code: string
  status?: number | undefined
  retryAfterMs?: number | undefined
}

/**
 * Gives the words of a problem by its code; of an unknown code those of `internal`. Reactive: the words come a moment after
 * the page, and a problem that is quicker is told in general until then.
 */
export function useProblemWords(): (problem: KnownProblem) => ProblemWords {
  const language = useLanguage()
  const common = useTexts('common')
  return (problem) => {
    const texts = textsIfLoaded(language, 'problems')
    if (!texts && !isServer) void loadTexts(language, ['problems']).catch(() => {})
    const general = problem.code === 'offline' ? common.notLoaded.offline : common.notLoaded.other
    const known = texts && Object.hasOwn(texts, problem.code) ? (problem.code as keyof typeof texts) : 'internal'
    const [title, text] = texts?.[known] ?? [general]
    const wait = problem.retryAfterMs ? common.tryAgainIn(Math.ceil(problem.retryAfterMs / 1_000)) : undefined
    return {
      title,
      text: [text, wait].filter(Boolean).join(' ') || undefined,
      code: (problem.status ?? 0) >= 500 ? problem.code : undefined,
    }
  }
}
