import { describe, expect, test } from 'vitest'
import type { Call } from '../../../web/api/call.ts'
import { createDismissals } from '../../../web/features/auctions/recommended/dismissals.ts'

const camera = { id: 'auc_camera', seller: { handle: 'attic' } }
const lens = { id: 'auc_lens', seller: { handle: 'attic' } }
const lamp = { id: 'auc_lamp', seller: { handle: 'lights' } }

/** A server that answers when the test says so. */
function patient() {
  const asked: { body: unknown; answer: (status: number, body?: unknown) => void }[] = []
  const call: Call = {
    origin: 'https://house.example',
    fetch: (input, init) =>
      new Promise((resolve) => {
        expect(`${init?.method} ${String(input)}`).toBe('POST https://house.example/api/recommendations/feedback')
        asked.push({
          body: JSON.parse(String(init?.body)),
          answer: (status, body) => resolve(new Response(body === undefined ? null : JSON.stringify(body), { status })),
        })
      }),
  }
  return { asked, dismissals: createDismissals(call) }
}

describe('less like this', () => {
  test('shows at once and is told', async () => {
    const { asked, dismissals } = patient()
    const done = dismissals.dismiss(camera, 'less')
    expect(dismissals.of(camera.id)).toBe('less')
    expect(dismissals.isOfHiddenSeller(lens)).toBe(false)
    asked[0]!.answer(204)
    await done
    expect(asked[0]!.body).toEqual({ target: camera.id, verdict: 'less' })
    expect(dismissals.of(camera.id)).toBe('less')
  })

  test('is taken back when the server does not accept it, and says why', async () => {
    const { asked, dismissals } = patient()
    const done = dismissals.dismiss(camera, 'less')
    asked[0]!.answer(409, { code: 'personalisation-off', status: 409 })
    await expect(done).rejects.toMatchObject({ code: 'personalisation-off' })
    expect(dismissals.of(camera.id)).toBeUndefined()
  })

  test('can be undone; an undoing that fails leaves it as it was', async () => {
    const { asked, dismissals } = patient()
    const done = dismissals.dismiss(camera, 'less')
    asked[0]!.answer(204)
    await done
    const undone = dismissals.undo(camera)
    expect(dismissals.of(camera.id)).toBeUndefined()
    asked[1]!.answer(503, { code: 'unavailable', status: 503 })
    await expect(undone).rejects.toMatchObject({ code: 'unavailable' })
    expect(dismissals.of(camera.id)).toBe('less')
    const again = dismissals.undo(camera)
    asked[2]!.answer(204)
    await again
    expect(asked[2]!.body).toEqual({ target: camera.id, verdict: 'undo' })
    expect(dismissals.of(camera.id)).toBeUndefined()
  })
})

describe('hiding a seller', () => {
  test('takes the seller’s other cards along and leaves everybody else’s', async () => {
    const { asked, dismissals } = patient()
    const done = dismissals.dismiss(camera, 'hide-author')
    expect(dismissals.of(camera.id)).toBe('hide-author')
    expect(dismissals.isOfHiddenSeller(lens)).toBe(true)
    // The card itself stays in its place, where it can be undone.
    expect(dismissals.isOfHiddenSeller(camera)).toBe(false)
    expect(dismissals.isOfHiddenSeller(lamp)).toBe(false)
    asked[0]!.answer(204)
    await done
    const undone = dismissals.undo(camera)
    asked[1]!.answer(204)
    await undone
    expect(dismissals.isOfHiddenSeller(lens)).toBe(false)
  })
})
