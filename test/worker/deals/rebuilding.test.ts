import { env, exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { signRequest } from '../../../relay/signing.ts'
import { retelling } from '../../../worker/contract/rebuilding.ts'
import { readConfig } from '../../../worker/env.ts'
import { createIds } from '../../../worker/kernel/ids.ts'
import { actor, staff, type Actor } from '../../support/worker/actors.ts'
import { ask, origin } from '../../support/worker/app.ts'
import { must } from '../../support/worker/auctions.ts'
import { HOUR } from '../../support/worker/clock.ts'
import { arrange, dealBetween, see, step, tryStep } from '../../support/worker/deals.ts'
import { relaySecret, withRelay } from '../../support/worker/relay.ts'
import { eventually } from '../../support/worker/rooms.ts'

let seller: Actor
let buyer: Actor

beforeAll(async () => {
  ;[seller, buyer] = await Promise.all([actor('deal seller'), actor('deal buyer')])
})

async function retell(deals: string[], secret: Uint8Array<ArrayBuffer> = relaySecret): Promise<Response> {
  const body = new TextEncoder().encode(JSON.stringify({ deals }))
  const token = await signRequest(secret, { method: 'PUT', path: retelling.path, body })
  const headers = { authorization: `Bearer ${token}` }
  return exports.default.fetch(origin + retelling.path, { method: 'PUT', headers, body })
}

async function fatesOf(answer: Response): Promise<string[]> {
  const { fates } = await answer.json<{ fates: { fate: string }[] }>()
  return fates.map(({ fate }) => fate)
}

function rowOf(deal: string) {
  return env.DB.prepare('select * from deal where id = ?').bind(deal).first()
}

async function underWay(): Promise<string> {
  withRelay()
  const deal = await dealBetween(seller, buyer)
  await arrange(seller, buyer, deal, HOUR)
  await step(seller, deal, 'hand-over', {})
  await eventually(async () => {
    const row = await rowOf(deal)
    if (row?.['state'] !== 'handed-over') throw new Error('D1 has not heard yet')
  })
  return deal
}

describe("D1's row of a deal", () => {
  test('that was lost is there again, as it was', async () => {
    const deal = await underWay()
    const before = await rowOf(deal)
    await env.DB.prepare('delete from deal where id = ?').bind(deal).run()
    expect(await fatesOf(await retell([deal]))).toEqual(['rebuilt'])
    expect(await rowOf(deal)).toEqual(before)
    expect((await buyer.get('/api/deals')).body.items).toContainEqual(
      expect.objectContaining({ id: deal, state: 'handed-over' }),
    )
  })

  test('that says more than the deal is set right, and goes on from there', async () => {
    const deal = await underWay()
    const before = await rowOf(deal)
    await env.DB.prepare("update deal set state = 'lapsed', stage = 'lapsed', place = place + 9 where id = ?")
      .bind(deal)
      .run()
    expect(await fatesOf(await retell([deal, deal]))).toEqual(['rebuilt', 'rebuilt'])
    expect(await rowOf(deal)).toEqual(before)
    await step(buyer, deal, 'confirm')
    expect(await see(seller, deal)).toMatchObject({ state: 'completed' })
    await eventually(async () => {
      const row = await rowOf(deal)
      if (row?.['state'] !== 'completed') throw new Error('D1 has not heard yet')
    })
  })
})

test('the audit is told no word of a moderator again', async () => {
  const moderator = await staff('moderator')
  const deal = await underWay()
  await step(buyer, deal, 'disputes', { type: 'damaged', text: '렌즈가 깨졌어요' })
  must(await tryStep(moderator, deal, 'disputes/entries', { kind: 'evidence', text: '사진이 있나요?' }), 201)
  const words = async () => {
    const rows = env.DB.prepare("select reason from audit where target = ? and action = 'note-on-deal'")
    return (await rows.bind(deal).all()).results
  }
  expect(await fatesOf(await retell([deal, deal]))).toEqual(['rebuilt', 'rebuilt'])
  expect(await fatesOf(await retell([deal]))).toEqual(['rebuilt'])
  expect(await words()).toEqual([{ reason: '사진이 있나요?' }])
})

describe('the door', () => {
  test('makes nothing of a deal that is not there', async () => {
    withRelay()
    const unopened = createIds(readConfig(env).idSecret).mint('deal')
    expect(await fatesOf(await retell([unopened, 'deal_made-up']))).toEqual(['absent', 'absent'])
    expect(await rowOf(unopened)).toBeNull()
  })

  test('is none for whoever has not the secret of the relay', async () => {
    withRelay()
    const answers = [
      await retell(['deal_made-up'], crypto.getRandomValues(new Uint8Array(32))),
      await exports.default.fetch(origin + retelling.path, { method: 'PUT', body: '{"deals":[]}' }),
    ]
    for (const answer of answers) expect(answer.status).toBe(404)
    expect((await ask('PUT', retelling.path, { body: { deals: [] } })).status).toBe(404)
  })
})
