import type { adminRoutes } from '../../../worker/admin/routes.ts'
import type { caseRoutes } from '../../../worker/deals/routes/cases.ts'
import type { Ruling } from '../../../worker/contract/deals.ts'
import type { AnswerAppeal, StaffAccountRow, SuspendAccount } from '../../../worker/contract/moderation.ts'
import type { moderationRoutes } from '../../../worker/moderation/routes.ts'
import { answer, type Call } from '../../api/call.ts'
import { client } from '../../api/client.ts'
import { session } from '../../api/session.ts'
import type { PageAt } from '../../page.ts'

function adminApi(call: Call) {
  return client<typeof adminRoutes>(call).admin
}

function moderationApi(call: Call) {
  return client<typeof moderationRoutes>(call).moderation
}

function casesApi(call: Call) {
  return client<typeof caseRoutes>(call).moderation.cases
}

/** What the address asks for; anything else is what waits. */
export function stateOf<S extends string>({ query }: Pick<PageAt, 'query'>, done: S): S | 'open' {
  return query['state'] === done ? done : 'open'
}

const page = (cursor: string | undefined) => (cursor === undefined ? {} : { cursor })

export interface FoundAccounts {
  search: string
  items: StaffAccountRow[]
  nextCursor: string | null
}

/** Without words nobody is looked for, but whether the reader is staff is asked all the same. */
export async function findAccounts(call: Call, search: string, cursor?: string): Promise<FoundAccounts> {
  const words = search.trim()
  if (words === '') {
    await answer(moderationApi(call).appeals.$get({ query: { limit: '1' } }))
    return { search: '', items: [], nextCursor: null }
  }
  const found = await answer(adminApi(call).accounts.$get({ query: { search: words, ...page(cursor) } }))
  return { search: words, ...found }
}

export function loadAccount(call: Call, account: string) {
  return answer(adminApi(call).accounts[':account'].$get({ param: { account } }))
}

export async function seeEmail(account: string, reason: string): Promise<string | null> {
  const seen = await answer(
    adminApi(session.call).accounts[':account'].email.$post({ param: { account }, json: { reason } }),
  )
  return seen.email
}

export async function suspendAccount(account: string, wish: SuspendAccount, key: string): Promise<void> {
  const headers = { 'idempotency-key': key }
  await answer(
    adminApi(session.call).accounts[':account'].suspension.$post({ param: { account }, json: wish }, { headers }),
  )
}

export async function liftSuspension(account: string, reason: string): Promise<void> {
  await answer(adminApi(session.call).accounts[':account'].suspension.$delete({ param: { account }, json: { reason } }))
}

export type Role = StaffAccountRow['role']

export async function giveRole(account: string, role: Role, reason: string): Promise<void> {
  await answer(adminApi(session.call).accounts[':account'].role.$put({ param: { account }, json: { role, reason } }))
}

export function loadAppeals(call: Call, state: 'open' | 'answered', cursor?: string) {
  return answer(moderationApi(call).appeals.$get({ query: { state, ...page(cursor) } }))
}

export async function answerAppeal(decision: string, wish: AnswerAppeal, key: string): Promise<void> {
  const headers = { 'idempotency-key': key }
  await answer(
    moderationApi(session.call).appeals[':decision'].answer.$post({ param: { decision }, json: wish }, { headers }),
  )
}

export function loadCases(call: Call, state: 'open' | 'closed', cursor?: string) {
  return answer(casesApi(call).$get({ query: { state, ...page(cursor) } }))
}

export async function rule(id: string, ruling: Ruling, key: string): Promise<void> {
  const headers = { 'idempotency-key': key }
  await answer(casesApi(session.call)[':id'].ruling.$post({ param: { id }, json: ruling }, { headers }))
}

export function loadAudit(call: Call, cursor?: string) {
  return answer(adminApi(call).audit.$get({ query: page(cursor) }))
}
