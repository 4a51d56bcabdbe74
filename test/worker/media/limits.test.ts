import { describe, expect, it } from 'vitest'
import { actor } from '../../support/worker/actors.ts'
import { askForUpload } from '../../support/worker/media.ts'

describe('asking for uploads', () => {
  it('stops at 120 an hour', async () => {
    const seller = await actor('seller')
    for (let count = 0; count < 120; count += 1)
      expect((await askForUpload(seller, {}, { limited: true, ip: '198.51.100.1' })).status).toBe(201)
    const answer = await askForUpload(seller, {}, { limited: true, ip: '198.51.100.1' })
    expect([answer.status, answer.body.code]).toEqual([429, 'too-many-requests'])
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(3_000)
  })

  it('stops at 200 MB a day', async () => {
    const seller = await actor('seller')
    const large = { bytes: 5 * 1024 * 1024 }
    for (let count = 0; count < 40; count += 1)
      expect((await askForUpload(seller, large, { limited: true, ip: '198.51.100.2' })).status).toBe(201)
    const answer = await askForUpload(seller, large, { limited: true, ip: '198.51.100.2' })
    expect([answer.status, answer.body.code]).toEqual([429, 'too-many-requests'])
  })
})
