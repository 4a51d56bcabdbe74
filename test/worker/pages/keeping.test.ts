import { describe, expect, it } from 'vitest'
import { actor } from '../../support/worker/actors.ts'
import { ask } from '../../support/worker/app.ts'
import { auction } from '../../support/worker/auctions.ts'

interface Operations {
  get?: { 'x-caller': string; parameters?: { name: string; in: string }[] }
}

/** What a cache in front of everything may do with the API's reads. */
describe('every read of the API', () => {
  it('says whether it may be kept, and what is for one person may not', async () => {
    const seller = await actor('seller')
    const { id } = await auction(seller)
    const paths = Object.entries((await ask('GET', '/api/openapi.json')).body.paths as Record<string, Operations>)
    const reads = paths.filter(([, { get }]) => get)
    expect(reads.length).toBeGreaterThan(25)
    for (const [pattern, { get }] of reads) {
      const path = pattern
        .replace('{id}', id)
        .replace('{handle}', seller.handle)
        .replaceAll(/\{\w+\}/g, 'nothing')
      const query = `?ids=${id}&role=draft`
      for (const token of [null, seller.token]) {
        const answer = await ask('GET', path + query, { token })
        const control = answer.headers.get('cache-control')
        expect([path, control]).toEqual([path, expect.stringMatching(/no-store|no-cache|^public/)])
        if (get?.['x-caller'] !== 'anyone') expect([path, control]).toEqual([path, expect.stringMatching(/no-store/)])
        const isPublic = control?.startsWith('public') ?? false
        // A shared answer is either the same for everyone or told apart by the token.
        if (isPublic && token !== null) {
          const timeless = (body: unknown) => JSON.stringify(body).replaceAll(/"serverAt":"[^"]+"/g, '')
          expect([path, timeless((await ask('GET', path + query)).body)]).toEqual([path, timeless(answer.body)])
        }
        expect(answer.headers.getSetCookie()).toEqual([])
      }
    }
  })
})
