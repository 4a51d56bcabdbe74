import type { ProblemCode } from '../../worker/contract/problem.ts'

/** Problems that only a browser can have. */
export type BrowserProblemCode = 'offline' | 'timeout' | 'unreadable-answer' | 'update-needed'

/** What happened, and what to do about it or why it is so. */
export type ProblemText = readonly [title: string, text: string]

export type ProblemTexts = Record<ProblemCode | BrowserProblemCode, ProblemText>
