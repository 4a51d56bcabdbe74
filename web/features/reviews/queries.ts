import type { ChangeReview, OwnReview, PendingReview, WriteReview } from '../../../worker/contract/reviews.ts'
import type { reviewRoutes } from '../../../worker/reviews/routes.ts'
import { answer, type Call } from '../../api/call.ts'
import { client } from '../../api/client.ts'
import { loadProfile } from '../../api/profiles.ts'
import { session } from '../../api/session.ts'

function reviewsApi(call: Call) {
  return client<typeof reviewRoutes>(call).reviews
}

/** What may be written about a deal, or what was; neither where there is nothing to write any more. */
export interface WriteData {
  deal: string
  pending: PendingReview | null
  written: OwnReview | null
}

export async function loadForWriting(call: Call, deal: string): Promise<WriteData> {
  const { pending, own } = await loadOwn(call)
  return {
    deal,
    pending: pending.find((one) => one.deal === deal) ?? null,
    written: own.items.find((one) => one.deal === deal && one.state === 'waiting') ?? null,
  }
}

export interface OwnData {
  pending: PendingReview[]
  own: { items: OwnReview[]; nextCursor: string | null }
}

/** What waits is at most two weeks of deals, so it is on the first page of what was written last. */
export async function loadOwn(call: Call): Promise<OwnData> {
  const [{ items }, own] = await Promise.all([answer(reviewsApi(call).pending.$get()), loadWritten(call)])
  return { pending: items, own }
}

export function loadWritten(call: Call, cursor?: string): Promise<OwnData['own']> {
  return answer(reviewsApi(call).mine.$get({ query: { limit: '50', ...(cursor === undefined ? {} : { cursor }) } }))
}

export async function sendReview(review: WriteReview, key: string): Promise<void> {
  const headers = { 'idempotency-key': key }
  await answer(reviewsApi(session.call).$post({ json: review }, { headers }))
}

export async function saveReview({ id, version }: OwnReview, change: ChangeReview): Promise<void> {
  const headers = { 'if-match': `"${version}"` }
  await answer(reviewsApi(session.call)[':id'].$patch({ param: { id }, json: change }, { headers }))
}

export async function removeReview(id: string): Promise<void> {
  await answer(reviewsApi(session.call)[':id'].$delete({ param: { id } }))
}

export function loadLedger(call: Call) {
  return answer(reviewsApi(call).ledger.$get())
}

export async function loadReceived(call: Call, handle: string) {
  const profile = await loadProfile(call, handle)
  const [summary, reviews] = await Promise.all([
    answer(reviewsApi(call).summary.$get({ query: { handle: profile.handle } })),
    loadReviews(call, profile.handle),
  ])
  return { profile, summary, reviews }
}

export function loadReviews(call: Call, handle: string, cursor?: string) {
  return answer(reviewsApi(call).$get({ query: { handle, ...(cursor === undefined ? {} : { cursor }) } }))
}
