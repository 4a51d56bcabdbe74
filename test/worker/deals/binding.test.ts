import { beforeAll, describe, expect, test } from 'vitest'
import { actor, provePhone, newPhone, type Actor } from '../../support/worker/actors.ts'
import { auction, draft, must } from '../../support/worker/auctions.ts'
import { DAY } from '../../support/worker/clock.ts'
import { dealBetween, see, step } from '../../support/worker/deals.ts'
import { eventually } from '../../support/worker/rooms.ts'

let seller: Actor
let buyer: Actor

beforeAll(async () => {
  ;[seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
})

describe('a deal', () => {
  test('stands on the auction for its two parties alone', async () => {
    const deal = await dealBetween(seller, buyer)
    const { auction } = await see(seller, deal)
    for (const who of [seller, buyer]) expect(must(await who.get(`/api/auctions/${auction}`), 200).deal).toBe(deal)
    const stranger = await actor('stranger')
    expect(must(await stranger.get(`/api/auctions/${auction}`), 200)).not.toHaveProperty('deal')
  })

  test('holds the phone number while it is open', async () => {
    const person = await actor('number holder')
    const deal = await dealBetween(seller, person)
    const change = async (later: number) => {
      const phoneProof = await provePhone(newPhone(), 'change', { later })
      return person.put('/api/accounts/phone', { phoneProof, password: person.password }, { later })
    }
    // Once in 90 days a number may change at all; the token lives on behind the local clock.
    const later = 91 * DAY
    person.token = (
      await person.post('/api/accounts/login', { login: person.phone, password: person.password }, { later })
    ).body.access
    expect((await change(later)).body.code).toBe('open-obligations')
    await step(person, deal, 'refuse', { reason: '안 살래요' }).catch(() => {})
  })

  test('that failed lets the thing be listed again, an open or completed one does not', async () => {
    const deal = await dealBetween(seller, buyer)
    const { auction } = await see(seller, deal)
    const relist = () => seller.post(`/api/auctions/${auction}/relist`)
    expect((await relist()).body.code).toBe('not-relistable')
    await step(buyer, deal, 'refuse', { reason: '마음이 바뀌었어요' })
    await eventually(async () => {
      expect(must(await relist(), 201)).toMatchObject({ state: 'draft', terms: { title: '필름 카메라' } })
    })
  })

  test('that is completed counts: after three one may sell more than three things at once', async () => {
    const [one, other] = await Promise.all([actor('busy seller'), actor('busy buyer')])
    for (let count = 0; count < 3; count += 1) await step(other, await dealBetween(one, other), 'confirm')
    await eventually(async () => {
      expect(must(await other.get(`/api/accounts/users/${one.handle}`), 200).deals).toBe(3)
    })
    for (let count = 0; count < 3; count += 1) await auction(one)
    const { id } = await draft(one)
    must(await one.post(`/api/auctions/${id}/publish`), 200)
  })
})
