import type { SearchHit, SearchRequest, SimilarHit, SimilarRequest } from '../contract/relay.ts'
import type { AppContext } from '../kernel/context.ts'
import { log } from '../kernel/log.ts'
import { relayOf, type RelayOutcome } from '../kernel/relay.ts'

/** What the index said, or null where there is none, it is late, or it makes no sense: then the caller goes on with what D1 knows. */
async function said<T>(asking: Promise<RelayOutcome<T>> | undefined): Promise<T | null> {
  const outcome = await asking
  if (outcome?.ok) return outcome.value
  if (outcome) log('warn', 'index-silent', { code: outcome.code })
  return null
}

export interface Findings {
  hits: SearchHit[]
  /** Keywords alone, though the index answered. */
  degraded: boolean
}

export async function askForWords(c: AppContext, question: SearchRequest): Promise<Findings | null> {
  const answer = await said(relayOf(c.var.config)?.search(question))
  return answer && { hits: answer.items, degraded: answer.degraded }
}

export function askForNear(c: AppContext, question: SimilarRequest): Promise<SimilarHit[] | null> {
  return said(relayOf(c.var.config)?.similar(question))
}
