import { exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { international, newPhone, provePhone } from '../../support/worker/actors.ts'
import { lettersTo } from '../../support/worker/mailbox.ts'

const knock = (path: string, init: RequestInit = {}) =>
  exports.default.fetch(new Request(`http://localhost${path}`, init))

describe('without the key', () => {
  it.each([
    ['POST', '/dev/clock'],
    ['POST', '/dev/cron'],
    ['POST', '/dev/accounts/someone'],
    ['POST', '/dev/auctions/auc_x/void'],
    ['GET', '/dev/mailbox.json'],
  ])('%s %s is not there', async (method, path) => {
    expect((await knock(path, { method })).status).toBe(404)
    expect((await knock(path, { method, headers: { 'x-local-key': 'guessed' } })).status).toBe(404)
  })

  it('limits hold and the clock stands', async () => {
    const ahead = await knock('/api/time', { headers: { 'x-local-clock': '86400000' } })
    const { now } = await ahead.json<{ now: string }>()
    expect(Date.parse(now)).toBeLessThan(Date.now() + 60_000)
  })

  it('the mailbox opens in a browser on this computer, and nowhere else', async () => {
    expect((await knock('/dev/mailbox')).status).toBe(200)
    expect((await knock('/dev/mailbox', { headers: { 'sec-fetch-site': 'same-origin' } })).status).toBe(200)
    expect((await knock('/dev/mailbox', { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(404)
    const elsewhere = await exports.default.fetch(new Request('http://evil.example/dev/mailbox'))
    expect(elsewhere.status).not.toBe(200)
  })
})

describe('the mailbox', () => {
  it('shows what was sent, and one message opened', async () => {
    const phone = newPhone()
    await provePhone(phone, 'sign-up')
    const [letter] = await lettersTo(international(phone))
    const list = await (await knock('/dev/mailbox')).text()
    expect(list).toContain(international(phone))
    const opened = await (await knock(`/dev/mailbox/${letter?.id}`)).text()
    expect(opened).toContain(/\d{6}/.exec(letter?.text ?? '')?.[0])
  })

  it('has no way to run anything', async () => {
    const page = await knock('/dev/mailbox')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await page.text()).not.toContain('<script')
  })
})
