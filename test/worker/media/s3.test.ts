import { describe, expect, it } from 'vitest'
import type { MediaId } from '../../../worker/contract/ids.ts'
import { instant } from '../../../worker/contract/time.ts'
import { createS3Storage } from '../../../worker/media/s3.ts'

const storage = createS3Storage({
  endpoint: 'https://s3.example.com',
  region: 'auto',
  bucket: 'pictures',
  accessKeyId: 'KEY',
  secretAccessKey: 'SECRET',
})
const media = 'med_1' as MediaId
const inTwoMinutes = () => instant(Date.now() + 120_000)
const signedHeaders = (url: URL) => url.searchParams.get('X-Amz-SignedHeaders')?.split(';')

describe('an upload to a store that speaks S3', () => {
  it('is signed for exactly its type and length, once, for two minutes', async () => {
    const upload = { media, key: 'original/x', contentType: 'image/jpeg', bytes: 1_234, until: inTwoMinutes() }
    const { url, headers } = await storage.uploadAddress(upload)
    const address = new URL(url)
    expect(address.origin + address.pathname).toBe('https://s3.example.com/pictures/original/x')
    expect(signedHeaders(address)).toEqual(['content-length', 'content-type', 'host', 'if-none-match'])
    expect(Number(address.searchParams.get('X-Amz-Expires'))).toBeGreaterThan(110)
    expect(Number(address.searchParams.get('X-Amz-Expires'))).toBeLessThanOrEqual(120)
    expect(headers).toEqual({ 'content-type': 'image/jpeg', 'if-none-match': '*' })
    expect(url).not.toContain('SECRET')
  })

  it('is read and its files are written by the relay through addresses of their own', async () => {
    const source = new URL(await storage.sourceAddress(media, 'original/x', inTwoMinutes()))
    const file = new URL(await storage.fileAddress(media, '160.avif', 'public/med_1/160.avif', inTwoMinutes()))
    expect([source.pathname, file.pathname]).toEqual(['/pictures/original/x', '/pictures/public/med_1/160.avif'])
    expect([signedHeaders(source), signedHeaders(file)]).toEqual([['host'], ['host']])
  })
})
