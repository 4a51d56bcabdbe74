import { describe, expect, it } from 'vitest'
import { Envelope, envelope, events, readEvent } from '../../worker/contract/events.ts'

const at = '2026-11-21T03:00:00.000Z'
const liked = envelope('likes', 1, at, { type: 'auction-liked', payload: { auction: 'auc_1', account: 'acc_1' } })

describe('an event', () => {
  it('is read as it was written', () => {
    expect(Envelope.parse(JSON.parse(JSON.stringify(liked)))).toEqual(liked)
    expect(readEvent(liked)).toEqual({ ok: true, event: liked })
  })

  it('loses what its version does not name', () => {
    const more = { ...liked, payload: { ...(liked.payload as object), email: 'a@example.com' } }
    expect(readEvent(more)).toEqual({ ok: true, event: liked })
  })

  it.each([
    [{ type: 'toString' }, 'unknown type toString'],
    [{ version: 2 }, 'version 2 of auction-liked is newer'],
    [{ payload: null }, 'payload of auction-liked'],
    [{ payload: { auction: 'auc_1' } }, 'payload of auction-liked'],
  ])('that is changed by %o is not known', (change, reason) => {
    const read = readEvent({ ...liked, ...change })
    expect(read).toMatchObject({ ok: false, reason: expect.stringContaining(reason) })
  })

  it.each(['../accounts', 'accounts/', 'Auction:1', 'auction:', 'a:b:c', '', 'auction:%2e%2e'])(
    'belongs to no stream called "%s"',
    (stream) => {
      expect(Envelope.safeParse({ ...liked, stream }).success).toBe(false)
    },
  )

  it('is called in the past tense and in kebab case', () => {
    for (const type of Object.keys(events)) expect(type).toMatch(/^[a-z]+(-[a-z]+)*-[a-z]*(ed|sent|ready)$/)
  })
})
