import { describe, expect, it } from 'vitest'
import { actor, type Actor } from '../../support/worker/actors.ts'
import { ask } from '../../support/worker/app.ts'
import { must, newKey } from '../../support/worker/auctions.ts'
import { follow, friends, groupOf, look, roomOf, sending, write } from '../../support/worker/chat.ts'
import { cronIn, DAY, MINUTE } from '../../support/worker/clock.ts'
import { readyPicture } from '../../support/worker/media.ts'
import { withRelay } from '../../support/worker/relay.ts'
import { eventually } from '../../support/worker/rooms.ts'

const pair = () => Promise.all([actor('one'), actor('other')])
const chatPicture = (who: Actor) => readyPicture(who, { purpose: 'chat' })
const file = (who: Actor, media: string, query = '') => who.get(`/api/media/${media}/file${query}`)

describe('pictures in a message', () => {
  it('are seen by those who are in the room and by nobody else, by a link that ends', async () => {
    withRelay()
    const [one, other] = await pair()
    const third = await actor('third')
    const room = await friends(one, other)
    const media = await chatPicture(one)
    expect((await file(other, media)).status).toBe(404)
    const sent = must(await sending(one, room, { images: [media] }), 201)
    expect(sent).toMatchObject({ text: null, images: [{ media }] })

    const { status, headers } = await file(other, media, '?name=160.avif')
    expect(status).toBe(302)
    expect(headers.get('cache-control')).toContain('no-store')
    const link = headers.get('location') ?? ''
    expect((await ask('GET', link)).headers.get('content-type')).toBe('image/avif')
    expect((await ask('GET', link, { later: 6 * MINUTE })).status).toBe(404)
    expect((await ask('GET', link.replace('160.avif', '480.avif'))).status).toBe(404)
    expect((await ask('GET', link.replace(/seal=.*/, 'seal=x'))).status).toBe(404)
    expect((await file(third, media)).status).toBe(404)
    // What the message says of it is where it is asked for.
    expect((await other.get(sent.images[0].sources[0].webp)).status).toBe(302)
    expect((await ask('GET', `/media/${media}/160.avif`)).status).toBe(404)
  })

  it('are six at most, one’s own, ready and meant for it', async () => {
    withRelay()
    const [one, other] = await pair()
    const room = await friends(one, other)
    const [mine, theirs, public_] = [await chatPicture(one), await chatPicture(other), await readyPicture(one)]
    expect((await sending(one, room, { images: [mine, theirs] })).body).toMatchObject({
      code: 'media-not-ready',
      errors: [{ pointer: '/images/1', code: 'not-ready' }],
    })
    expect((await sending(one, room, { images: [public_] })).body.code).toBe('media-not-ready')
    expect((await sending(one, room, { images: [] })).body.code).toBe('invalid-fields')
    expect((await sending(one, room, { images: Array(7).fill(mine) })).body.code).toBe('invalid-fields')
    // What was not sent is not shown.
    expect((await one.delete(`/api/media/${mine}`)).status).toBe(204)
  })

  it('are sent once for each key, and another body under it leaves them alone', async () => {
    withRelay()
    const [one, other] = await pair()
    const room = await friends(one, other)
    const [first, second] = [await chatPicture(one), await chatPicture(one)]
    const key = newKey()
    const sent = must(await sending(one, room, { images: [first] }, key), 201)
    expect((await sending(one, room, { images: [first] }, key)).body).toEqual(sent)
    expect((await sending(one, room, { images: [second] }, key)).body.code).toBe('key-reused')
    expect((await file(other, first)).status).toBe(302)
    expect((await one.delete(`/api/media/${first}`)).body.code).toBe('media-attached')
    expect((await one.delete(`/api/media/${second}`)).status).toBe(204)
  })

  it('are gone from the room with their message, and a day later altogether', async () => {
    withRelay()
    const [one, other] = await pair()
    const room = await friends(one, other)
    const media = await chatPicture(one)
    const { id } = must(await sending(one, room, { images: [media] }), 201)
    await one.delete(`/api/chats/rooms/${room.id}/messages/${id}`)
    expect((await file(other, media)).status).toBe(404)
    await eventually(async () => {
      await cronIn(2 * DAY)
      expect((await one.get(`/api/media/${media}`)).status).toBe(404)
    })
  })

  it('are not for strangers who have not been accepted', async () => {
    withRelay()
    const [one, other] = await pair()
    const room = await roomOf(one, other)
    expect((await sending(one, room, { images: [await chatPicture(one)] })).body.code).toBe('text-only')
    await follow(other, one)
    expect((await sending(one, room, { images: [await chatPicture(one)] })).status).toBe(201)
  })

  it('are out of reach for whoever joined later or was taken out', async () => {
    withRelay()
    const [owner, first, second, late] = await Promise.all(
      ['owner', 'first', 'second', 'late'].map((who) => actor(who)),
    )
    const team = [owner, first, second, late] as [Actor, Actor, Actor, Actor]
    const room = await groupOf(team[0], team[1], team[2])
    const media = await chatPicture(team[0])
    must(await sending(team[0], room, { images: [media] }), 201)
    await follow(team[3], team[0])
    must(await team[0].post(`/api/chats/rooms/${room.id}/members`, { handles: [team[3].handle] }), 200)
    expect([(await file(team[1], media)).status, (await file(team[3], media)).status]).toEqual([302, 404])
    await team[0].delete(`/api/chats/rooms/${room.id}/members/${team[1].handle}`)
    expect((await file(team[1], media)).status).toBe(404)
  })
})

describe('the picture of a group', () => {
  it('is for its members; a new one lets the old one go', async () => {
    withRelay()
    const [owner, first, second] = await Promise.all([actor('owner'), actor('first'), actor('second')])
    const room = await groupOf(owner, first, second)
    const [old, next] = [await chatPicture(owner), await chatPicture(owner)]
    const path = `/api/chats/rooms/${room.id}`
    expect(must(await owner.patch(path, { picture: old }), 200).picture.media).toBe(old)
    expect((await look(first, room)).body.picture.media).toBe(old)
    expect((await file(first, old)).status).toBe(302)
    must(await owner.patch(path, { picture: next }), 200)
    await eventually(async () => expect((await owner.delete(`/api/media/${old}`)).status).toBe(204))
    expect((await owner.delete(`/api/media/${next}`)).body.code).toBe('media-attached')
    expect((await first.patch(path, { picture: null })).body.code).toBe('forbidden')
    expect(must(await owner.patch(path, { picture: null }), 200).picture).toBe(null)
    await write(first, room, 'plain again')
  })
})
