import { runDurableObjectAlarm } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { standInForRelay } from '../../../worker/kernel/relay.ts'
import { international, newPhone } from '../../support/worker/actors.ts'
import { ask, type Answer } from '../../support/worker/app.ts'
import { cronIn, MINUTE, SECOND } from '../../support/worker/clock.ts'
import { letterAfter, lettersTo } from '../../support/worker/mailbox.ts'
import { withRelay } from '../../support/worker/relay.ts'

const drain = () => env.DRAIN.get(env.DRAIN.idFromName('d1'))
const jobs = async () => (await env.DB.prepare('select * from job').all<Record<string, unknown>>()).results

function sendCode(phone: string): Promise<Answer> {
  return ask('POST', '/api/accounts/phone/codes', { body: { phone, purpose: 'sign-up' } })
}

describe('a letter', () => {
  it('leaves no trace once it was sent', async () => {
    const relay = withRelay()
    const phone = newPhone()
    expect((await sendCode(phone)).status).toBe(202)
    await letterAfter(international(phone), 0)
    await expect.poll(jobs).toEqual([])
    expect(relay.letters).toHaveLength(1)
  })

  it('is sealed while it waits: neither number nor code can be read in D1', async () => {
    const relay = withRelay()
    relay.act = 'is-away'
    const phone = newPhone()
    await sendCode(phone)
    const [job] = await jobs()
    expect(job).toMatchObject({ kind: 'sms', attempts: 0 })
    const sealed = Buffer.from(String(job?.['sealed']), 'base64url').toString('latin1')
    for (const text of [JSON.stringify(job), sealed]) expect(text).not.toMatch(/phone-code|\+8210|\d{8}"/)
    await env.DB.prepare('delete from job').run()
  })

  it('is tried again by the drain under the same id', async () => {
    const relay = withRelay()
    relay.act = 'is-away'
    const phone = newPhone()
    await sendCode(phone)
    const [job] = await jobs()
    relay.act = 'works'
    await env.DB.prepare('update job set next_at = 0').run()
    await drain().nudge('d1')
    await letterAfter(international(phone), 0)
    expect(relay.letters.map(({ id }) => id)).toContain(job?.['id'])
    await expect.poll(jobs).toEqual([])
    expect(await lettersTo(international(phone))).toHaveLength(1)
  })

  it('is taken up by cron when whoever wrote it died at once', async () => {
    const relay = withRelay()
    relay.act = 'is-away'
    const phone = newPhone()
    await sendCode(phone)
    relay.act = 'works'
    await cronIn(50 * SECOND)
    await letterAfter(international(phone), 0)
    await expect.poll(jobs).toEqual([])
  })

  it('is not sent when it is too late, and is forgotten', async () => {
    const relay = withRelay()
    relay.act = 'is-away'
    const phone = newPhone()
    await sendCode(phone)
    await env.DB.prepare('update job set next_at = 0, expires_at = 1').run()
    // Whoever wrote it goes on trying at the relay that is away.
    const back = withRelay()
    await drain().nudge('d1')
    expect(await jobs()).toEqual([])
    expect(back.letters).toEqual([])
  })

  it('that the carrier refuses for good is forgotten', async () => {
    const relay = withRelay()
    relay.act = 'refuses'
    const phone = newPhone()
    await sendCode(phone)
    await expect.poll(jobs).toEqual([])
    relay.act = 'works'
    await drain().nudge('d1')
    expect(await lettersTo(international(phone))).toEqual([])
  })

  it.each(['', 'A'.repeat(29)])('that cannot be unsealed is forgotten, and holds up no other (%s)', async (spoilt) => {
    const relay = withRelay()
    relay.act = 'is-away'
    const [lost, found] = [newPhone(), newPhone()]
    await sendCode(lost)
    const [first] = await jobs()
    await sendCode(found)
    const spoil = env.DB.prepare('update job set next_at = 0, sealed = iif(id = ?, ? || substr(sealed, 30), sealed)')
    await spoil.bind(first?.['id'], spoilt).run()
    // Whoever wrote them goes on trying, with what they said unspoilt, at the relay that is away.
    withRelay()
    await drain().nudge('d1')
    await letterAfter(international(found), 0)
    await expect.poll(jobs).toEqual([])
    expect(await lettersTo(international(lost))).toEqual([])
  })

  it('is refused in advance where there is no relay at all', async () => {
    withRelay()
    standInForRelay(null)
    const answer = await sendCode(newPhone())
    expect([answer.status, answer.body.code]).toEqual([503, 'sms-unavailable'])
    expect(await jobs()).toEqual([])
  })

  it('keeps the alarm set while it waits', async () => {
    const relay = withRelay()
    relay.act = 'is-away'
    await sendCode(newPhone())
    await env.DB.prepare('update job set next_at = 0').run()
    await drain().nudge('d1')
    const [job] = await jobs()
    expect(Number(job?.['attempts'])).toBeGreaterThan(0)
    expect(Number(job?.['next_at'])).toBeLessThan(Date.now() + MINUTE)
    relay.act = 'works'
    await env.DB.prepare('update job set next_at = 0').run()
    expect(await runDurableObjectAlarm(drain())).toBe(true)
    expect(await jobs()).toEqual([])
  })
})
