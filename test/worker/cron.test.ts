import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { actor } from '../support/worker/actors.ts'
import { cronIn, MINUTE } from '../support/worker/clock.ts'
import { askForUpload } from '../support/worker/media.ts'

const lines: string[] = []

beforeEach(() => {
  lines.length = 0
  vi.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(line))
})
afterEach(() => vi.restoreAllMocks())

it('does the rest when one step fails, says which, and is known to have failed', async () => {
  const seller = await actor('seller')
  const { body: ticket } = await askForUpload(seller)
  await env.DB.prepare('alter table stored_answer rename to elsewhere').run()
  await expect(cronIn(3 * MINUTE)).rejects.toThrow('cron failed at answers')
  await env.DB.prepare('alter table elsewhere rename to stored_answer').run()
  const failed = lines.map((line) => JSON.parse(line)).filter(({ event }) => event === 'cron-step-failed')
  expect(failed).toMatchObject([{ level: 'error', job: 'answers', error: expect.stringContaining('no such table') }])
  expect((await seller.get(`/api/media/${ticket.media}`)).body).toMatchObject({ state: 'rejected', reason: 'expired' })
})
