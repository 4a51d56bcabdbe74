import { env, exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { AccountId } from '../../../worker/contract/ids.ts'
import { createDb, runBatch } from '../../../worker/kernel/db.ts'
import { attachMedia, detachMedia, freezeMedia, mediaViews, readyMedia } from '../../../worker/media/api.ts'
import { actor, suspend, type Actor } from '../../support/worker/actors.ts'
import { ask, origin } from '../../support/worker/app.ts'
import { cronIn, DAY, HOUR, MINUTE } from '../../support/worker/clock.ts'
import { askForUpload, readyPicture } from '../../support/worker/media.ts'
import { withRelay } from '../../support/worker/relay.ts'

const db = createDb(env.DB)
let targets = 0
const newTarget = () => `auc_${(targets += 1)}`

function show({ account }: Pick<Actor, 'account'>, target: string, ids: string[]): Promise<boolean> {
  return runBatch(db, attachMedia(db, { owner: account, target, ids }))
}

const remove = (person: Actor, media: string) => person.delete(`/api/media/${media}`)
const isServed = async (media: string) => {
  const file = await exports.default.fetch(`${origin}/media/${media}/160.webp`)
  await file.text()
  return file.status === 200
}

describe('a picture', () => {
  it("is its owner's alone", async () => {
    withRelay()
    const [owner, stranger] = [await actor('owner'), await actor('stranger')]
    const media = await readyPicture(owner)
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      const body = method === 'PATCH' ? { body: { alt: 'mine now' } } : {}
      expect([method, (await stranger.ask(method, `/api/media/${media}`, body)).status]).toEqual([method, 404])
      expect([method, (await ask(method, `/api/media/${media}`, body)).status]).toEqual([method, 401])
    }
    expect((await owner.get(`/api/media/${media}`)).body.view.alt).toBe('')
  })

  it.each(['med_', 'med_00000000000000000000000000', 'auc_1', '%00'])(
    'is not there under the invented id %s',
    async (id) => {
      const owner = await actor('owner')
      expect((await owner.get(`/api/media/${id}`)).status).toBe(404)
      expect((await owner.delete(`/api/media/${id}`)).status).toBe(404)
      const file = await exports.default.fetch(`${origin}/media/${id}/160.webp`)
      await file.text()
      expect(file.status).toBe(404)
    },
  )

  it('can be described until something has promised the words', async () => {
    const relay = withRelay()
    const owner = await actor('owner')
    const media = await readyPicture(owner)
    const target = newTarget()
    await show(owner, target, [media])
    const { status, body } = await owner.patch(`/api/media/${media}`, { alt: ' 앞면 ' })
    expect([status, body.view.alt]).toEqual([200, '앞면'])
    await freezeMedia(db, target)
    const late = await owner.patch(`/api/media/${media}`, { alt: '뒷면' })
    expect([late.status, late.body.code]).toEqual([409, 'media-attached'])
    expect((await mediaViews(db, [media])).get(media)?.alt).toBe('앞면')
    await expect.poll(() => relay.toldOf(media)).toEqual(['media-ready', 'media-described'])
  })

  it.each([[{ alt: 'x'.repeat(101) }], [{}], [{ alt: 'a', owner: 'acc_1' }], [{ alt: 'a\u202Eb' }]])(
    'is not described by %o',
    async (body) => {
      withRelay()
      const owner = await actor('owner')
      const media = await readyPicture(owner)
      expect((await owner.patch(`/api/media/${media}`, body)).status).toBe(422)
    },
  )

  it('can be removed while nothing shows it, files and all', async () => {
    const relay = withRelay()
    const owner = await actor('owner')
    const media = await readyPicture(owner)
    expect(await isServed(media)).toBe(true)
    expect((await remove(owner, media)).status).toBe(204)
    expect(await isServed(media)).toBe(false)
    expect((await owner.get(`/api/media/${media}`)).status).toBe(404)
    expect((await remove(owner, media)).status).toBe(404)
    await expect.poll(() => relay.toldOf(media)).toEqual(['media-ready', 'media-removed'])
  })

  it('can be removed before the file came', async () => {
    const owner = await actor('owner')
    const { body } = await askForUpload(owner)
    expect((await remove(owner, body.media)).status).toBe(204)
  })

  it('cannot be removed while something shows it', async () => {
    withRelay()
    const owner = await actor('owner')
    const media = await readyPicture(owner)
    const [one, two] = [newTarget(), newTarget()]
    await show(owner, one, [media])
    await show(owner, two, [media])
    await runBatch(db, detachMedia(db, one))
    const refused = await remove(owner, media)
    expect([refused.status, refused.body.code]).toEqual([409, 'media-attached'])
    await runBatch(db, detachMedia(db, two))
    expect((await remove(owner, media)).status).toBe(204)
  })

  it('stays as it is while its owner is suspended', async () => {
    withRelay()
    const owner = await actor('owner')
    const media = await readyPicture(owner)
    await suspend(owner, Date.now() + HOUR)
    const tries = [owner.patch(`/api/media/${media}`, { alt: 'x' }), remove(owner, media)]
    for (const { body } of await Promise.all(tries)) expect(body.code).toBe('account-suspended')
    await suspend(owner, null)
    expect((await owner.get(`/api/media/${media}`)).body.state).toBe('ready')
  })
})

describe('attaching', () => {
  it('makes the target show exactly the pictures given', async () => {
    withRelay()
    const owner = await actor('owner')
    const [a, b, c] = [await readyPicture(owner), await readyPicture(owner), await readyPicture(owner)]
    const target = newTarget()
    expect(await show(owner, target, [a, b])).toBe(true)
    expect(await show(owner, target, [b, c, c])).toBe(true)
    expect((await remove(owner, a)).status).toBe(204)
    expect((await remove(owner, b)).status).toBe(409)
    expect((await remove(owner, c)).status).toBe(409)
  })

  it("fails as a whole for a picture that is not ready, gone, or somebody else's", async () => {
    withRelay()
    const [owner, stranger] = [await actor('owner'), await actor('stranger')]
    const [mine, theirs, gone] = [await readyPicture(owner), await readyPicture(stranger), await readyPicture(owner)]
    const pending = (await askForUpload(owner)).body.media
    await remove(owner, gone)
    const target = newTarget()
    for (const bad of [theirs, pending, gone, 'med_1']) expect(await show(owner, target, [mine, bad])).toBe(false)
    expect((await remove(owner, mine)).status).toBe(204)
  })

  it('knows which pictures may be attached', async () => {
    withRelay()
    const [owner, stranger] = [await actor('owner'), await actor('stranger')]
    const [mine, theirs] = [await readyPicture(owner, { alt: '앞' }), await readyPicture(stranger)]
    const pending = (await askForUpload(owner)).body.media
    const ready = await readyMedia(db, [mine, theirs, pending, 'med_1'], owner.account as AccountId)
    expect([...ready]).toEqual([[mine, { media: mine, purpose: 'auction', alt: '앞' }]])
  })

  it('gives views of many pictures at once', async () => {
    withRelay()
    const owner = await actor('owner')
    const [a, b] = [await readyPicture(owner), await readyPicture(owner)]
    const invented = Array.from({ length: 200 }, (_, index) => `med_${index}`)
    const views = await mediaViews(db, [a, ...invented, b, a])
    expect([...views.keys()].sort()).toEqual([a, b].sort())
  })
})

describe('pictures that nothing shows', () => {
  it('go a day after they came', async () => {
    withRelay()
    const owner = await actor('owner')
    const media = await readyPicture(owner)
    await cronIn(DAY - MINUTE)
    expect(await isServed(media)).toBe(true)
    await cronIn(DAY + MINUTE)
    expect(await isServed(media)).toBe(false)
    expect((await owner.get(`/api/media/${media}`)).status).toBe(404)
  })

  it('stay while shown, and go a day after that ended', async () => {
    withRelay()
    const owner = await actor('owner')
    const media = await readyPicture(owner)
    const target = newTarget()
    await show(owner, target, [media])
    await cronIn(30 * DAY)
    expect(await isServed(media)).toBe(true)
    const swept = env.DB.prepare('select id from media where id = ? and unattached_since < ?')
    expect(await swept.bind(media, Date.now() + 365 * DAY).first()).toBeNull()
    await runBatch(db, detachMedia(db, target))
    await cronIn(DAY - MINUTE)
    expect(await isServed(media)).toBe(true)
    await cronIn(DAY + MINUTE)
    expect(await isServed(media)).toBe(false)
  })

  it('are removed to the end when a removal was cut off', async () => {
    withRelay()
    const owner = await actor('owner')
    const media = await readyPicture(owner)
    await env.DB.prepare("update media set state = 'removing' where id = ?").bind(media).run()
    expect((await owner.get(`/api/media/${media}`)).status).toBe(404)
    await cronIn(DAY + MINUTE)
    expect(await isServed(media)).toBe(false)
    expect(await env.DB.prepare('select id from media where id = ?').bind(media).first()).toBeNull()
  })
})
