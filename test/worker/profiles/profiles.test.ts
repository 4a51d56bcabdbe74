import { describe, expect, it } from 'vitest'
import { actor, suspend, type Actor } from '../../support/worker/actors.ts'
import { ask, type Request } from '../../support/worker/app.ts'
import { DAY, laterBy } from '../../support/worker/clock.ts'
import { readyPicture } from '../../support/worker/media.ts'
import { expectProblem, faultsOf } from '../../support/worker/problems.ts'
import { withRelay } from '../../support/worker/relay.ts'

const view = (handle: string, request: Request = {}) => ask('GET', `/api/accounts/users/${handle}`, request)
const edit = (person: Actor, change: object, version: number | null = 1, request: Request = {}) =>
  person.patch(`/api/accounts/users/${person.handle}`, change, {
    ...request,
    ...(version === null ? {} : { headers: { 'if-match': `"${version}"` } }),
  })
const newHandle = () => `name_${crypto.randomUUID().slice(0, 8)}`

describe('viewing', () => {
  it('shows anyone what a person shows', async () => {
    const person = await actor('seller')
    const { status, body, headers } = await view(person.handle)
    expect(status).toBe(200)
    expect(body).toEqual({
      handle: person.handle,
      name: 'seller',
      picture: null,
      manner: { score: 40, band: 'warm' },
      phoneVerified: true,
      suspended: false,
      isPublic: true,
      followsCount: 0,
      followersCount: 0,
      isFollowing: false,
      isFollower: false,
      requested: false,
      isMuted: false,
      bio: '',
      links: [],
      grades: { best: 0, good: 0, poor: 0, bad: 0 },
      deals: 0,
      noShows: 0,
      joinedAt: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/),
      version: 1,
    })
    expect(headers.get('etag')).toBe('"1"')
    expect(headers.get('cache-control')).toMatch(/^public/)
  })

  it('is nobody else’s to keep for one who is signed in', async () => {
    const person = await actor('seller')
    expect((await person.get(`/api/accounts/users/${person.handle}`)).headers.get('cache-control')).toBe(
      'private, no-store',
    )
  })

  it('takes the handle in any case', async () => {
    const person = await actor('seller')
    expect((await view(person.handle.toUpperCase())).status).toBe(200)
  })

  it.each(['nobody.here', 'x', '%00', '..%2f..%2fetc', 'a'.repeat(500)])(
    'of nobody is not found: %s',
    async (handle) => {
      expectProblem(await view(handle), 'not-found')
    },
  )

  it('of a private account shows card, counters and manner only, but all to its owner', async () => {
    const person = await actor('seller')
    await edit(person, { bio: 'secret garden', links: ['a.example'], isPublic: false })
    const shown = (await view(person.handle)).body
    expect(shown).toMatchObject({ name: 'seller', isPublic: false, bio: null, links: null, joinedAt: null, deals: 0 })
    const own = (await person.get(`/api/accounts/users/${person.handle}`)).body
    expect(own).toMatchObject({ bio: 'secret garden', links: ['https://a.example'] })
  })

  it('says that an account is suspended', async () => {
    const person = await actor('seller')
    await suspend(person, Date.now() + DAY)
    expect((await view(person.handle)).body.suspended).toBe(true)
    await suspend(person, null)
    expect((await view(person.handle)).body.suspended).toBe(false)
  })
})

describe('finding', () => {
  it.each(['Émile', 'Ölund', 'Ωmega'])(
    'has people whose name begins with a capital beyond A to Z: %s',
    async (name) => {
      const [person, viewer] = await Promise.all([actor(name), actor('viewer')])
      for (const typed of [name, name.slice(0, 2), name.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase())]) {
        const { body } = await viewer.get(`/api/accounts/users?search=${encodeURIComponent(typed)}`)
        expect(body.items.map(({ handle }: { handle: string }) => handle)).toEqual([person.handle])
      }
    },
  )
})

describe('editing', () => {
  it('changes what is named and raises the version', async () => {
    const person = await actor('seller')
    const edited = await edit(person, {
      name: '새 이름',
      bio: '귤을 팔아요.\n직거래 환영',
      links: ['jeju.example/shop'],
    })
    expect(edited.status).toBe(200)
    expect(edited.headers.get('etag')).toBe('"2"')
    expect(edited.body).toMatchObject({
      name: '새 이름',
      bio: '귤을 팔아요.\n직거래 환영',
      links: ['https://jeju.example/shop'],
    })
    expect((await view(person.handle)).body).toEqual(edited.body)
    const emptied = await edit(person, { bio: '', links: [] }, 2)
    expect(emptied.body).toMatchObject({ bio: '', links: [], name: '새 이름', version: 3 })
  })

  it('needs the version one has seen', async () => {
    const person = await actor('seller')
    expectProblem(await edit(person, { bio: 'x' }, null), 'version-needed')
    expectProblem(await edit(person, { bio: 'x' }, 7), 'stale-version')
    const answers = await Promise.all([edit(person, { bio: 'one' }), edit(person, { bio: 'two' })])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412])
  })

  it('as a whole needs every field', async () => {
    const person = await actor('seller')
    const put = (body: object) =>
      person.put(`/api/accounts/users/${person.handle}`, body, { headers: { 'if-match': '"1"' } })
    expect(faultsOf(await put({ name: 'short of fields' }))).toContain('/bio: required')
    const whole = { handle: person.handle, name: 'whole', bio: '', links: [], picture: null, isPublic: true }
    expect((await put(whole)).body).toMatchObject({ name: 'whole', version: 2 })
  })

  it('is for its owner', async () => {
    const person = await actor('seller')
    const stranger = await actor('stranger')
    const headers = { 'if-match': '"1"' }
    const path = `/api/accounts/users/${person.handle}`
    expectProblem(await stranger.patch(path, { bio: 'x' }, { headers }), 'forbidden')
    expectProblem(await stranger.patch('/api/accounts/users/nobody.here', { bio: 'x' }, { headers }), 'not-found')
    expectProblem(await ask('PATCH', path, { body: { bio: 'x' }, headers }), 'not-signed-in')
    await suspend(person, Date.now() + DAY)
    expectProblem(await edit(person, { bio: 'x' }), 'account-suspended')
  })

  it('takes text as text: hostile names stay what they are', async () => {
    const person = await actor('seller')
    const name = '<img src=x onerror=1>'
    expect((await edit(person, { name })).body.name).toBe(name)
    expect(faultsOf(await edit(person, { name: 'a\u202Egnp.exe' }, 2))).toEqual(['/name: forbidden-characters'])
    expect(faultsOf(await edit(person, { bio: 'x'.repeat(151) }, 2))).toEqual(['/bio: too-long'])
    expectProblem(await edit(person, { manner: 99 }, 2), 'unknown-field')
  })

  it('shows the own ready picture, and none after that', async () => {
    withRelay()
    const person = await actor('seller')
    const picture = await readyPicture(person, { purpose: 'profile', alt: '귤밭' })
    const shown = (await edit(person, { picture })).body
    expect(shown.picture).toMatchObject({ media: picture, alt: '귤밭', thumbhash: expect.any(String) })
    expectProblem(await person.delete(`/api/media/${picture}`), 'media-attached')
    expect((await edit(person, { picture: null }, 2)).body.picture).toBeNull()
    expect((await person.delete(`/api/media/${picture}`)).status).toBe(204)
  })

  it('refuses pictures that are not the own ready ones', async () => {
    const person = await actor('seller')
    expect(faultsOf(await edit(person, { picture: 'med_invented' }))).toEqual(['/picture: not-found'])
    const asked = await person.post('/api/media', { contentType: 'image/jpeg', bytes: 100, purpose: 'profile' })
    expectProblem(await edit(person, { picture: asked.body.media }), 'media-not-ready')
    withRelay()
    const other = await actor('other')
    const theirs = await readyPicture(other, { purpose: 'profile' })
    expectProblem(await edit(person, { picture: theirs }), 'media-not-ready')
    const ofAuction = await readyPicture(person, { purpose: 'auction' })
    expect(faultsOf(await edit(person, { picture: ofAuction }))).toEqual(['/picture: wrong-purpose'])
  })
})

describe('the handle', () => {
  it('changes, and the old one leads to the new one for 90 days', async () => {
    const person = await actor('seller')
    const handle = newHandle()
    expect((await edit(person, { handle })).body.handle).toBe(handle)
    const moved = await view(person.handle)
    expect(moved.status).toBe(308)
    expect(moved.headers.get('location')).toBe(`/api/accounts/users/${handle}`)
    expect((await view(person.handle, { later: 89 * DAY })).status).toBe(308)
    expectProblem(await view(person.handle, { later: 91 * DAY }), 'not-found')
  })

  it('leaves tokens valid and tells them the new one', async () => {
    const person = await actor('seller')
    const handle = newHandle()
    await edit(person, { handle })
    expect((await person.get('/api/accounts/me')).body.handle).toBe(handle)
    expect((await person.post('/api/accounts/tickets')).status).toBe(201)
  })

  it('that was given up is held for its owner for 90 days', async () => {
    const person = await actor('seller')
    await edit(person, { handle: newHandle() })
    const state = async (later: number) => (await ask('GET', `/api/accounts/handles/${person.handle}`, { later })).body
    expect(await state(0)).toEqual({ available: false, reason: 'held' })
    expect(await state(91 * DAY)).toEqual({ available: true, reason: null })
    expect((await person.get(`/api/accounts/handles/${person.handle}`)).body.available).toBe(true)
    const other = await actor('other')
    expectProblem(await edit(other, { handle: person.handle }), 'handle-taken')
  })

  it('changes once in 14 days', async () => {
    const person = await actor('seller')
    const first = newHandle()
    await edit(person, { handle: first })
    const renamed = { ...person, handle: first }
    const { from } = expectProblem(await edit(renamed, { handle: newHandle() }, 2), 'handle-too-soon')
    expect((await person.get('/api/accounts/me')).body.limits.handleFrom).toBe(from)
    await laterBy(14 * DAY + 1_000, async () => {
      const back = await ask('POST', '/api/accounts/login', {
        body: { login: person.phone, password: person.password },
      })
      const again = await edit(renamed, { handle: person.handle }, 2, { token: back.body.access })
      expect(again.body.handle).toBe(person.handle)
    })
    const after = await view(first)
    expect(after.headers.get('location')).toBe(`/api/accounts/users/${person.handle}`)
  })

  it('goes to one of two who want it at once', async () => {
    const handle = newHandle()
    const people = await Promise.all([actor('one'), actor('two')])
    const answers = await Promise.all(people.map((person) => edit(person, { handle })))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })

  it.each([
    ['admin', 'reserved'],
    ['a.', 'too-short'],
    ['.abcd', 'dots'],
    ['한라봉이', 'characters'],
  ])('may not be %s', async (handle, fault) => {
    const person = await actor('seller')
    expect(faultsOf(await edit(person, { handle }))).toContain(`/handle: ${fault}`)
  })
})
