import { createRoot } from 'solid-js'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import type { DealView } from '../../../worker/contract/deals.ts'
import { createDeal } from '../../../web/features/deals/deal.ts'

afterEach(() => vi.unstubAllGlobals())

const at = '2026-11-21T03:00:00.000Z'

function viewOf(version: number): DealView {
  return { id: 'deal_1', version, serverAt: at, deadlines: [], may: [] } as unknown as DealView
}

test('an older answer that comes later changes nothing', async () => {
  const answers: ((view: DealView) => void)[] = []
  vi.stubGlobal(
    'fetch',
    () => new Promise((resolve) => answers.push((view) => resolve(new Response(JSON.stringify(view))))),
  )
  const deal = createRoot((end) => {
    onTestFinished(end)
    const first = viewOf(1)
    return createDeal(() => first)
  })
  const [slow, quick] = [deal.reload(), deal.reload()]
  await expect.poll(() => answers.length).toBe(2)
  answers[1]!(viewOf(3))
  await quick
  answers[0]!(viewOf(2))
  await slow
  expect(deal.view().version).toBe(3)
})
