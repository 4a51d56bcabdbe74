import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import type { S3Settings } from '../env.ts'
import { now } from '../kernel/clock.ts'
import type { Storage } from './storage.ts'

const answerWithinMs = 10_000

/**
 * Any store that speaks S3. The SDK only signs; what this Worker itself asks goes out by fetch, for the SDK's own senders
 * differ between runtimes.
 */
export function createS3Storage({ endpoint, region, bucket, accessKeyId, secretAccessKey }: S3Settings): Storage {
  const client = new S3Client({
    endpoint,
    region,
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
    // Checksums computed here would be those of no body: the sender is somebody else.
    requestChecksumCalculation: 'WHEN_REQUIRED',
  })
  const soon = () => now() + 60_000

  async function sign(command: Command, until: number, signed: string[] = []): Promise<string> {
    const expiresIn = Math.max(1, Math.floor((until - now()) / 1_000))
    return getSignedUrl(client, command as GetObjectCommand, {
      expiresIn,
      signableHeaders: new Set(['host', ...signed]),
    })
  }

  async function ask(method: 'GET' | 'HEAD' | 'DELETE', command: Command): Promise<Response | null> {
    // A body goes on for as long as its reader takes; other answers are short, and whoever cleans up has others to see to.
    const signal = method === 'GET' ? null : AbortSignal.timeout(answerWithinMs)
    const response = await fetch(await sign(command, soon()), { method, signal })
    if (response.ok) return response
    await response.body?.cancel()
    if (response.status === 404) return null
    throw new Error(`storage answered ${response.status} to ${method}`)
  }

  return {
    async uploadAddress({ key, contentType, bytes, until }) {
      const command = new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        ContentType: contentType,
        ContentLength: bytes,
        IfNoneMatch: '*',
      })
      const url = await sign(command, until, ['content-type', 'content-length', 'if-none-match'])
      return { url, headers: { 'content-type': contentType, 'if-none-match': '*' } }
    },
    sourceAddress: (_media, key, until) => sign(new GetObjectCommand({ Bucket: bucket, Key: key }), until),
    fileAddress: (_media, _name, key, until) => sign(new PutObjectCommand({ Bucket: bucket, Key: key }), until),
    readAddress: (_media, _name, key, until) => sign(new GetObjectCommand({ Bucket: bucket, Key: key }), until),
    async has(key) {
      return (await ask('HEAD', new HeadObjectCommand({ Bucket: bucket, Key: key }))) !== null
    },
    async read(key) {
      const response = await ask('GET', new GetObjectCommand({ Bucket: bucket, Key: key }))
      if (!response?.body) return null
      const bytes = Number(response.headers.get('content-length') ?? 0)
      return { body: response.body, etag: response.headers.get('etag'), bytes }
    },
    async remove(keys) {
      await Promise.all(keys.map((key) => ask('DELETE', new DeleteObjectCommand({ Bucket: bucket, Key: key }))))
    },
  }
}

type Command = PutObjectCommand | GetObjectCommand | HeadObjectCommand | DeleteObjectCommand
