import { describe, expect, it } from 'vitest'
import { openMilvusIndex } from '../../../relay/vectors/milvus.ts'
import { freshMilvus, milvusAddress } from '../../support/milvus.ts'
import { indexSuite } from './suite.ts'

/** Only beside a real server (`npm run servers`), and there always: without one the suite fails rather than being skipped. */
describe.skipIf(milvusAddress === null)('on a real Milvus (npm run servers, RELAY_REAL=1)', () => {
  indexSuite(async () => freshMilvus())
})

describe('a Milvus that is not there', () => {
  it('is told in one line', async () => {
    const opening = openMilvusIndex({ address: '127.0.0.1:9', token: null, name: 'none' }, { id: 'test', dimension: 8 })
    await expect(opening).rejects.toThrow(/^Milvus at 127\.0\.0\.1:9 cannot be reached: .+$/)
  })
})
