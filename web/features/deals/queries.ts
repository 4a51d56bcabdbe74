import { dealStates, type DealState, type DealStep, type Side, sides } from '../../../worker/contract/deal-steps.ts'
import type { CaseFile, DealRow, DealView, DisputeEntry, OfferRow } from '../../../worker/contract/deals.ts'
import { answer, type Call } from '../../api/call.ts'
import { session } from '../../api/session.ts'
import type { PageAt } from '../../page.ts'

interface DealsFilter {
  role: Side | null
  state: DealState | null
}

export interface DealsData {
  items: DealRow[]
  nextCursor: string | null
}

/** What the address asks for; anything else counts as not asked. */
export function filterOf({ query }: Pick<PageAt, 'query'>): DealsFilter {
  return {
    role: sides.find((side) => side === query['role']) ?? null,
    state: dealStates.find((state) => state === query['state']) ?? null,
  }
}

export async function loadDeals(call: Call, { role, state }: DealsFilter, cursor?: string): Promise<DealsData> {
  return (await get(call, 'deals', { role, state, cursor })) as DealsData
}

export async function loadDeal(call: Call, id: string): Promise<DealView> {
  return (await get(call, `deals/${id}`)) as DealView
}

export async function loadEntries(deal: string): Promise<DisputeEntry[]> {
  const { items } = (await get(session.call, `deals/${deal}/disputes/entries`)) as { items: DisputeEntry[] }
  return items
}

export async function loadCaseFile(deal: string): Promise<CaseFile> {
  return (await get(session.call, `deals/${deal}/case`)) as CaseFile
}

const calls: Record<DealStep, readonly [method: string, path: string]> = {
  'propose-appointment': ['PUT', 'appointment'],
  'accept-appointment': ['POST', 'appointment/accept'],
  'hand-over': ['POST', 'hand-over'],
  confirm: ['POST', 'confirm'],
  'propose-cancel': ['POST', 'cancel'],
  'agree-cancel': ['POST', 'cancel'],
  'withdraw-cancel': ['DELETE', 'cancel'],
  refuse: ['POST', 'refuse'],
  'report-no-show': ['POST', 'no-shows'],
  'answer-no-show': ['POST', 'no-shows/answer'],
  'open-dispute': ['POST', 'disputes'],
  'add-evidence': ['POST', 'disputes/entries'],
  'propose-remedy': ['POST', 'disputes/entries'],
  'agree-remedy': ['POST', 'disputes/entries'],
}

/** Steps that answer what the other side has written: good only for the deal as it was seen. */
const answering: ReadonlySet<DealStep> = new Set(['accept-appointment', 'agree-cancel'])

/** Under one key the step is taken once, however often it is asked. */
export async function takeStep(
  { id, version }: Pick<DealView, 'id' | 'version'>,
  step: DealStep,
  { body, key }: { body: object | null; key: string },
): Promise<void> {
  const [method, path] = calls[step]
  await send(method, `deals/${id}/${path}`, body, {
    'idempotency-key': key,
    ...(answering.has(step) ? { 'if-match': `"${version}"` } : {}),
  })
}

export type OfferRole = 'received' | 'made'

export interface OffersData {
  items: OfferRow[]
  nextCursor: string | null
}

export async function loadOffers(call: Call, role: OfferRole, cursor?: string): Promise<OffersData> {
  return (await get(call, 'auctions/offers', { role, cursor })) as OffersData
}

export async function makeOffer(auction: string, key: string): Promise<{ amount: number }> {
  const made = await send('POST', `auctions/${auction}/offers`, null, { 'idempotency-key': key })
  return made as { amount: number }
}

/** A new draft with the terms of the auction. */
export async function relist(auction: string, key: string): Promise<{ id: string }> {
  return (await send('POST', `auctions/${auction}/relist`, null, { 'idempotency-key': key })) as { id: string }
}

export async function acceptOffer(offer: string, key: string): Promise<{ deal: string }> {
  const accepted = await send('POST', `auctions/offers/${offer}/accept`, null, { 'idempotency-key': key })
  return accepted as { deal: string }
}

export async function declineOffer(offer: string, key: string): Promise<void> {
  await send('POST', `auctions/offers/${offer}/decline`, null, { 'idempotency-key': key })
}

function get(call: Call, path: string, query: Record<string, string | null | undefined> = {}): Promise<unknown> {
  const search = new URLSearchParams(
    Object.entries(query).filter((one): one is [string, string] => typeof one[1] === 'string'),
  ).toString()
  return answer(call.fetch(`${call.origin}/api/${path}${search && `?${search}`}`))
}

function send(method: string, path: string, body: object | null, headers: Record<string, string>): Promise<unknown> {
  return answer(
    session.call.fetch(`/api/${path}`, {
      method,
      headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }),
  )
}
