import { describe, expect, it } from 'vitest'
import { actor } from '../../support/worker/actors.ts'
import { ask, origin } from '../../support/worker/app.ts'
import { auction, must } from '../../support/worker/auctions.ts'
import { DAY } from '../../support/worker/clock.ts'

/** A seller who is called otherwise by now. */
async function renamed() {
  const person = await actor('seller')
  const lot = await auction(person)
  const path = `/api/accounts/users/${person.handle}`
  const wish = { handle: `name_${crypto.randomUUID().slice(0, 8)}` }
  const { handle } = must(await person.patch(path, wish, { headers: { 'if-match': '"1"' } }), 200)
  return { former: person.handle, handle, lot: lot.id }
}

describe('a page at a former handle', () => {
  it.each(['', '/reviews'])('is that of the new one, and counts as it: %s', async (part) => {
    const { former, handle } = await renamed()
    const { status, body } = await ask('GET', `/users/${former}${part}`)
    expect(status).toBe(200)
    const [head = '', shown = ''] = body.split('<main')
    expect(head.includes(`<link rel="canonical" href="${origin}/users/${handle}${part}">`)).toBe(true)
    expect(shown.includes(`href="/users/${handle}`)).toBe(true)
    expect(shown.includes(former)).toBe(false)
  })

  it('shows what they sell', async () => {
    const { former, lot } = await renamed()
    const { body } = await ask('GET', `/users/${former}`)
    expect(body.includes(`href="/auctions/${lot}"`)).toBe(true)
  })

  it('is gone after 90 days', async () => {
    const { former } = await renamed()
    for (const part of ['', '/reviews'])
      expect((await ask('GET', `/users/${former}${part}`, { later: 91 * DAY })).status).toBe(404)
  })
})
