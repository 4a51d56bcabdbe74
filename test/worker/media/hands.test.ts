import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import type { AccountId, MediaId } from '../../../worker/contract/ids.ts'
import { instant } from '../../../worker/contract/time.ts'
import { createDb } from '../../../worker/kernel/db.ts'
import { workOnMedia } from '../../../worker/media/api.ts'
import { beginProcessing, insertMedia } from '../../../worker/media/queries.ts'
import { describedOnly, withRelay } from '../../support/worker/relay.ts'

it('looks again in a second, not at once, while all hands are busy and one more picture is due', async () => {
  const relay = withRelay()
  const held: (() => void)[] = []
  relay.draw = async (job) => {
    await new Promise<void>((resolve) => held.push(resolve))
    return { ok: true, value: await describedOnly(job) }
  }
  const db = createDb(env.DB)
  const pictures = ['med_1', 'med_2', 'med_3', 'med_4', 'med_5'] as MediaId[]
  const [owner, at] = ['acc_1' as AccountId, instant(Date.now())]
  const known = { owner, purpose: 'auction', contentType: 'image/jpeg', bytes: 1, alt: '' } as const
  for (const id of pictures) {
    await insertMedia(db, { id, original: `original/${id}`, ...known, expiresAt: at, createdAt: at })
    await beginProcessing(db, id, at)
  }
  // Not in the drain's object: here what it answers can be seen.
  const work = workOnMedia(env, createExecutionContext() as unknown as DurableObjectState)
  const first = work(false)
  await expect.poll(() => held.length).toBe(4)
  expect(await work(false)).toBe(1_000)
  for (const goOn of held) goOn()
  await expect.poll(() => held.length).toBe(5)
  held.at(-1)?.()
  expect(await first).toBeNull()
  expect(relay.jobs.map(({ id }) => id).toSorted()).toEqual(pictures)
})
