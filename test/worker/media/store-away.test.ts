import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { AccountId, MediaId } from '../../../worker/contract/ids.ts'
import { instant } from '../../../worker/contract/time.ts'
import { createDb, runBatch } from '../../../worker/kernel/db.ts'
import { randomToken } from '../../../worker/kernel/ids.ts'
import { attachMedia, workOnMedia } from '../../../worker/media/api.ts'
import { beginProcessing, insertMedia } from '../../../worker/media/queries.ts'
import { fileKey } from '../../../worker/media/storage.ts'
import { actor, type Actor } from '../../support/worker/actors.ts'
import { cronIn, DAY, MINUTE } from '../../support/worker/clock.ts'
import { picture, readyPicture, until, upload } from '../../support/worker/media.ts'
import { describedOnly, drawAll, withRelay } from '../../support/worker/relay.ts'

const db = createDb(env.DB)

/** What one visit of cron takes on, of either kind. */
const atMost = 100

/** Keys that the store does not answer for; with none it does what it always does. */
let isLost: (key: string) => boolean
beforeEach(async () => {
  isLost = () => false
  // What earlier tests left would be taken on first.
  await env.DB.batch([env.DB.prepare('delete from media_attachment'), env.DB.prepare('delete from media')])
  const left = (await env.MEDIA.list()).objects.map(({ key }) => key)
  await env.MEDIA.delete(left)
  const bucket = Object.getPrototypeOf(env.MEDIA) as R2Bucket
  const { head, delete: remove } = bucket
  vi.spyOn(bucket, 'head').mockImplementation(function asked(this: R2Bucket, key) {
    return isLost(key) ? Promise.reject(new Error('the store is away')) : head.call(this, key)
  })
  vi.spyOn(bucket, 'delete').mockImplementation(function asked(this: R2Bucket, keys) {
    return [keys].flat().some(isLost) ? Promise.reject(new Error('the store is away')) : remove.call(this, keys)
  })
  onTestFinished(() => void vi.restoreAllMocks())
})

const keyOf = async (media: string) =>
  String(await env.DB.prepare('select original from media where id = ?').bind(media).first('original'))
const stateOf = (media: string) => env.DB.prepare('select state from media where id = ?').bind(media).first('state')

/** Whether something lies there, also while the store is away. */
async function lies(key: string): Promise<boolean> {
  return (await env.MEDIA.list({ prefix: key })).objects.length > 0
}

function show({ account }: Pick<Actor, 'account'>, media: string): Promise<boolean> {
  return runBatch(db, attachMedia(db, { owner: account, target: `auc_${media}`, ids: [media] }))
}

/** So many uploads that nobody reported, since one ms after the other. */
async function overdue(count: number, since: number): Promise<{ id: MediaId; original: string }[]> {
  const made = Array.from({ length: count }, () => ({
    id: `med_${randomToken()}` as MediaId,
    original: `original/${randomToken()}`,
  }))
  const rest = {
    owner: 'acc_1' as AccountId,
    purpose: 'auction',
    contentType: 'image/jpeg',
    bytes: 1,
    alt: '',
  } as const
  const createdAt = instant(Date.now())
  await Promise.all(
    made.map((row, place) => insertMedia(db, { ...row, ...rest, expiresAt: instant(since + place), createdAt })),
  )
  return made
}

/** So many pictures as an earlier version left them, which kept no record of their originals. */
async function readyFromBefore(count: number): Promise<{ id: MediaId; original: string }[]> {
  const made = await overdue(count, Date.now())
  const asReady = env.DB.prepare("update media set state = 'ready' where id = ?")
  await env.DB.batch(made.map(({ id }) => asReady.bind(id)))
  await Promise.all(made.map(({ original }) => env.MEDIA.put(original, picture)))
  return made
}

describe('while the store removes nothing', () => {
  it('an original stays beside its files no longer than that, though something shows them', async () => {
    withRelay()
    const seller = await actor('seller')
    isLost = (key) => key.startsWith('original/')
    const media = await readyPicture(seller)
    const original = await keyOf(media)
    await show(seller, media)
    await cronIn(0)
    expect(await lies(original)).toBe(true)
    isLost = () => false
    await cronIn(0)
    expect(await lies(original)).toBe(false)
    expect(await lies(fileKey(media as MediaId, 'auction', '480.avif'))).toBe(true)
  })

  it('the drain goes on with the next picture', async () => {
    const relay = withRelay()
    relay.draw = async (job) => ({ ok: true, value: await describedOnly(job) })
    isLost = () => true
    const pictures = await overdue(9, Date.now())
    for (const { id } of pictures) await beginProcessing(db, id, instant(Date.now()))
    const work = workOnMedia(env, createExecutionContext() as unknown as DurableObjectState)
    expect(await work(false)).toBeNull()
    expect(await Promise.all(pictures.map(({ id }) => stateOf(id)))).toEqual(pictures.map(() => 'ready'))
  })

  it('what was refused stays no longer than that', async () => {
    const relay = withRelay()
    relay.draw = async (job) => {
      await drawAll(job)
      return { ok: true, value: { state: 'rejected', reason: 'broken' } }
    }
    const seller = await actor('seller')
    isLost = () => true
    const media = await upload(seller)
    await until(seller, media, 'rejected')
    await cronIn(0)
    isLost = () => false
    expect(await lies(`public/${media}/`)).toBe(true)
    await cronIn(0)
    expect([await lies(`public/${media}/`), await lies(await keyOf(media))]).toEqual([false, false])
  })

  it('a picture that its owner removed is gone for people, and its files go when they can', async () => {
    withRelay()
    const seller = await actor('seller')
    const media = await readyPicture(seller)
    isLost = () => true
    expect((await seller.delete(`/api/media/${media}`)).status).toBe(204)
    expect((await seller.get(`/api/media/${media}`)).status).toBe(404)
    isLost = () => false
    expect(await lies(`public/${media}/`)).toBe(true)
    await cronIn(0)
    expect(await lies(`public/${media}/`)).toBe(false)
  })

  it('those that it does not give up keep no other waiting', async () => {
    const stuck = await readyFromBefore(atMost)
    const [last] = await readyFromBefore(1)
    const keys = new Set(stuck.map(({ original }) => original))
    isLost = (key) => keys.has(key)
    await cronIn(0)
    await cronIn(0)
    expect(await lies(last?.original ?? '')).toBe(false)
  })
})

describe('originals', () => {
  it('of pictures from before go too, so many in a minute', async () => {
    await readyFromBefore(atMost + 1)
    const left = async () => (await env.MEDIA.list({ prefix: 'original/' })).objects.length
    expect(await left()).toBe(atMost + 1)
    await cronIn(0)
    expect(await left()).toBe(1)
    await cronIn(0)
    expect(await left()).toBe(0)
  })

  it('that were sent once more after the files were made go the next day', async () => {
    withRelay()
    const seller = await actor('seller')
    const media = await readyPicture(seller)
    const original = await keyOf(media)
    await expect.poll(() => lies(original)).toBe(false)
    await show(seller, media)
    await env.MEDIA.put(original, picture)
    await cronIn(DAY + MINUTE)
    expect([await lies(original), await stateOf(media)]).toEqual([false, 'ready'])
  })

  it('are not asked for any more once they are gone for good', async () => {
    withRelay()
    const seller = await actor('seller')
    const media = await readyPicture(seller)
    await show(seller, media)
    await cronIn(DAY + MINUTE)
    const asked: string[] = []
    isLost = (key) => {
      asked.push(key)
      return false
    }
    await cronIn(3 * DAY)
    expect(asked).not.toContain(await keyOf(media))
  })
})

describe('while the store does not say whether an upload has come', () => {
  it('the others are looked for', async () => {
    const [lost, expired] = await overdue(2, 0)
    isLost = (key) => key === lost?.original
    await cronIn(0)
    expect([await stateOf(lost?.id ?? ''), await stateOf(expired?.id ?? '')]).toEqual(['pending', 'rejected'])
    isLost = () => false
    await cronIn(0)
    expect(await stateOf(lost?.id ?? '')).toBe('rejected')
  })

  it('those before them in the queue go behind them', async () => {
    const lost = await overdue(atMost, 0)
    const [last] = await overdue(1, Date.now() - MINUTE)
    const keys = new Set(lost.map(({ original }) => original))
    isLost = (key) => keys.has(key)
    await cronIn(0)
    expect(await stateOf(last?.id ?? '')).toBe('pending')
    await cronIn(0)
    expect(await stateOf(last?.id ?? '')).toBe('rejected')
  })

  it('the rest of cron goes on', async () => {
    withRelay()
    const seller = await actor('seller')
    const media = await readyPicture(seller)
    await overdue(1, 0)
    isLost = (key) => key.startsWith('original/')
    await cronIn(DAY + MINUTE)
    expect(await stateOf(media)).toBe('removing')
  })
})
