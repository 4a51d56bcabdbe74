import { createSignal, onCleanup, onMount } from 'solid-js'
import { createStore, unwrap } from 'solid-js/store'
import type { AuctionView, DraftTerms } from '../../../../worker/contract/auctions.ts'
import { answer, newKey } from '../../../api/call.ts'
import { type ApiProblem, asProblem } from '../../../api/problem.ts'
import { session } from '../../../api/session.ts'
import { auctionsApi } from '../api.ts'
import { draftKept, forgetDraft, keepDraft, keepLastDraft } from './kept-draft.ts'
import { emptyValues, type SellValues, termsOf, valuesOf } from './values.ts'

/** `here`: on this device only, since there is no verified phone yet. `conflict`: another window has changed it. */
export type Saving = 'nothing' | 'saving' | 'saved' | 'here' | 'failed' | 'conflict'

const saveAfterMs = 900
const retryAfterMs = 8_000

const api = () => auctionsApi(session.call).auctions

export type Draft = ReturnType<typeof createDraft>

/**
 * The draft behind the form. Every change is kept in this browser at once and on the server a moment later, as far as
 * somebody may have drafts there; a save that fails is tried again until it is in.
 */
export function createDraft(options: { account: string; view: AuctionView | null }) {
  const { account, view } = options
  const kept = draftKept(account, view?.id ?? null)
  const isAhead = kept !== null && (view === null || !kept.isSaved)
  const first = isAhead ? { ...emptyValues, ...kept.values } : view ? valuesOf(view) : emptyValues
  const [values, setValues] = createStore<SellValues>(structuredClone(first))
  const [saving, setSaving] = createSignal<Saving>(isAhead && view === null ? 'here' : 'nothing')
  let id = view?.id ?? null
  let version = view?.version ?? 0
  let isDirty = isAhead
  /** What was sent to be a draft and has had no answer: it is sent again as it was, else there might be two. */
  let beginning: { json: DraftTerms; key: string } | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  /** One save at a time, in order. */
  let underWay: Promise<void> = Promise.resolve()

  function set<F extends keyof SellValues>(field: F, value: SellValues[F]): void {
    // The store's own type cannot follow a field that is a parameter.
    ;(setValues as (field: F, value: unknown) => void)(field, value)
    isDirty = true
    keep(false)
    schedule(saveAfterMs)
  }

  function keep(isSaved: boolean): void {
    keepDraft(account, { id, values: unwrap(values), isSaved, at: Date.now() })
  }

  function schedule(ms: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => void save().catch(() => {}), ms)
  }

  /** Brings the server up to date; rejects with the problem. Does nothing for somebody without a verified phone. */
  async function save(): Promise<void> {
    clearTimeout(timer)
    const before = underWay
    underWay = (async () => {
      // Whatever became of the one before, what is here now is still to be saved.
      await before.catch(() => {})
      if (!isDirty || saving() === 'conflict') return
      if (session.isTrader()) await saveOnce()
      else setSaving('here')
    })()
    await underWay
  }

  async function saveOnce(): Promise<void> {
    setSaving('saving')
    isDirty = false
    try {
      const json = termsOf(values)
      const begun = id ?? (await begin(json))
      if (begun !== null) {
        const headers = { 'if-match': `"${version}"` }
        const saved = await answer(api()[':id'].$patch({ param: { id: begun }, json }, { headers }))
        version = saved.version
      }
      keep(!isDirty)
      keepLastDraft(account, id)
      setSaving('saved')
    } catch (thrown) {
      isDirty = true
      const problem = asProblem(thrown)
      setSaving(problem.code === 'stale-version' ? 'conflict' : 'failed')
      if (problem.code !== 'stale-version' && isTemporary(problem)) schedule(retryAfterMs)
      throw problem
    }
  }

  /** The draft's id where it has begun with other words than these. */
  async function begin(json: DraftTerms): Promise<string | null> {
    const sent = (beginning ??= { json, key: newKey() })
    try {
      const saved = await answer(api().$post({ json: sent.json }, { headers: { 'idempotency-key': sent.key } }))
      beginning = null
      forgetDraft(account, null)
      id = saved.id
      version = saved.version
      return JSON.stringify(json) === JSON.stringify(sent.json) ? null : saved.id
    } catch (thrown) {
      if (!isTemporary(asProblem(thrown))) beginning = null
      throw thrown
    }
  }

  onMount(() => {
    if (isDirty) schedule(0)
    const flush = () => void save().catch(() => {})
    const onHide = () => {
      if (document.visibilityState === 'hidden') flush()
    }
    addEventListener('online', flush)
    document.addEventListener('visibilitychange', onHide)
    onCleanup(() => {
      flush()
      removeEventListener('online', flush)
      document.removeEventListener('visibilitychange', onHide)
    })
  })

  return {
    values,
    set,
    saving,
    /** Reactive only with `saving`: the draft's id once it is on the server. */
    id: () => id,
    save,
    /** Whether it began from something written earlier. */
    isResumed: view !== null || isAhead,
    /** After a conflict: what was written here wins. */
    async overwrite(): Promise<void> {
      if (id === null) return
      const theirs = await answer(api()[':id'].$get({ param: { id } }))
      version = theirs.version
      isDirty = true
      setSaving('failed')
      await save()
    },
    /** Publishes what stands here; resolves with the auction. */
    async publish(): Promise<AuctionView> {
      await save()
      if (id === null) throw new Error('nothing was saved to publish')
      const param = { id }
      const headers = { 'idempotency-key': newKey(), 'if-match': `"${version}"` }
      const published = await answer(api()[':id'].publish.$post({ param }, { headers }))
      forget()
      return published
    },
    /** After a conflict: what the server has wins. The draft itself stays the one to come back to. */
    giveUp,
    /** The next form begins empty. */
    forget,
  }

  function giveUp(): void {
    clearTimeout(timer)
    isDirty = false
    forgetDraft(account, id)
    forgetDraft(account, null)
  }

  function forget(): void {
    giveUp()
    keepLastDraft(account, null)
  }
}

function isTemporary({ status }: ApiProblem): boolean {
  return status === 0 || status === 429 || status >= 500
}
