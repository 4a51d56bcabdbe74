import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Person } from '../run/demo/client.ts'
import type { LiveClient } from '../support/live.ts'
import { openAuction, sellerAndBidders, watch } from './bidding.ts'
import { BesiegedHouse } from './siege/house.ts'

let house: BesiegedHouse
let seller: Person
let bidders: [Person, Person]

beforeAll(async () => {
  house = await BesiegedHouse.open()
  ;({ seller, bidders } = await sellerAndBidders(house, 'fair'))
})
afterAll(() => house.close())

const told = (client: LiveClient) => client.frames.flatMap((frame) => (frame.type === 'problem' ? [frame.ref] : []))

/** On real lines: there the platform hands a room all that one line brought before it looks at the next. */
it('answers who says one thing before the last of somebody who says a hundred', async () => {
  const { id } = await openAuction(seller)
  const [loud, quiet] = [await watch(house.site, id, bidders[0]), await watch(house.site, id, bidders[1])]
  const refs = Array.from({ length: 100 }, (_, count) => `loud-${count}`)
  for (const ref of refs) loud.send({ type: 'delete-message', ref, message: `msg_${ref}` })
  await loud.until('the first answer', () => told(loud)[0])
  await quiet.ask({ type: 'clock', sentAt: 1 })
  expect(told(loud).length).toBeLessThan(refs.length)
  await loud.until('every answer', () => told(loud).length === refs.length || undefined)
  expect(told(loud)).toEqual(refs)
  await Promise.all([loud.close(), quiet.close()])
})
