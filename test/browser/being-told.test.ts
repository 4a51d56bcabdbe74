import { expect, test } from 'vitest'
import type { Person } from '../run/demo/client.ts'
import { desktop, journey, phone, Stage, type Visitor } from './visitor.ts'

journey('push', () => {
  const stage = new Stage()

  test('is asked for by the switch alone, and its refusal is explained', async () => {
    const person = await stage.person('quiet.one', '조용이')
    const visitor = await stage.signedIn(person)
    await visitor.page.addInitScript(() => {
      const asked: string[] = []
      Object.assign(globalThis, { asked })
      let permission: NotificationPermission = 'default'
      Object.defineProperty(Notification, 'permission', { get: () => permission })
      Notification.requestPermission = () => {
        asked.push('permission')
        permission = 'denied'
        return Promise.resolve(permission)
      }
    })
    await visitor.page.goto('/settings/notifications')
    const toggle = visitor.page.getByRole('switch', { name: '이 기기로 알림 받기' })
    await toggle.waitFor()
    const asked = () => visitor.page.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)
    expect(await asked()).toEqual([])
    await toggle.click()
    await visitor.reads('브라우저에서 알림을 막아 두었어요')
    expect(await asked()).toEqual(['permission'])
    await visitor.shoot('push-refused')
    // What else one chose is kept as ever.
    const box = visitor.page.getByLabel('더 높은 입찰 · 푸시', { exact: true })
    await box.uncheck()
    await expect
      .poll(async () => {
        const { kinds } = await person.ask<{ kinds: Record<string, { push: boolean }> }>(
          'GET',
          '/api/notifications/preferences',
        )
        return kinds['outbid']?.push
      })
      .toBe(false)
  })

  test('is shown by the service worker in the device’s language, and leads to its page', async () => {
    const person = await stage.person('away.one', '멀리이')
    const visitor = await stage.signedIn(person)
    const { page, context } = visitor
    await context.grantPermissions(['notifications'], { origin: stage.origin })
    await page.evaluate(async () => {
      await navigator.serviceWorker.register('/sw.js')
      await navigator.serviceWorker.ready
    })
    const push = await pusher(visitor, stage.origin)
    await push({
      ...pushed('ntf_1', 'outbid', 'auc_1'),
      tag: 'one',
      data: { title: '필름 카메라', price: 45_000, minimumBid: 45_500 },
      language: 'ko',
    })
    await push({
      ...pushed('ntf_2', 'won', 'auc_2'),
      tag: 'two',
      data: { title: 'Lamp', price: 45_000, deal: 'deal_2' },
      language: 'en',
    })
    expect(await shownIn(visitor)).toEqual([
      {
        title: '더 높은 입찰이 있어요',
        body: '‘필름 카메라’ 현재가는 45,000원이에요. 45,500원부터 다시 입찰할 수 있어요.',
        tag: 'one',
        lang: 'ko',
        path: '/auctions/auc_1',
        actions: ['입찰하러 가기'],
      },
      {
        title: 'Congratulations, you won',
        body: '“Lamp” is yours for ₩45,000. Arrange the handover with the seller in the deal room.',
        tag: 'two',
        lang: 'en',
        path: '/en/deals/deal_2',
        actions: ['View deal'],
      },
    ])

    // One of the same tag takes its place.
    await push({
      ...pushed('ntf_1', 'outbid', 'auc_1'),
      tag: 'one',
      data: { title: '필름 카메라', price: 50_000, minimumBid: 51_000 },
      language: 'ko',
    })
    const ofOne = (await shownIn(visitor)).filter(({ tag }) => tag === 'one')
    expect(ofOne.map(({ body }) => body)).toEqual([
      '‘필름 카메라’ 현재가는 50,000원이에요. 51,000원부터 다시 입찰할 수 있어요.',
    ])
  })

  test('without a network the installed app says so, and opens again', async () => {
    const visitor = await stage.visitor('offline.one', phone)
    const { page, context } = visitor
    visitor.expected.push(/ERR_INTERNET_DISCONNECTED|Failed to load resource/)
    await page.goto('/')
    await page.evaluate(async () => {
      await navigator.serviceWorker.register('/sw.js')
      await navigator.serviceWorker.ready
    })
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    await context.setOffline(true)
    await page.goto('/auctions')
    await visitor.reads('인터넷이 끊겼어요')
    await page.goto('/en/auctions')
    await visitor.reads('You are offline')
    await visitor.shoot('offline-phone')
    await context.setOffline(false)
    await page.getByRole('link', { name: 'Try again' }).click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(await page.title()).not.toBe('You are offline')
    // Nothing that is anybody's own, nor any page, is kept.
    const kept = await page.evaluate(async () => {
      const names = await caches.keys()
      const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
      return all.flat().map(({ url }) => new URL(url).pathname)
    })
    expect(kept.toSorted()).toEqual(['/offline.en.html', '/offline.ko.html'])
  })
})

journey('a notification that is pressed', () => {
  const stage = new Stage()
  const bell = ({ page }: Visitor) => page.locator('header [data-unread=notifications]').first()

  /** A window of somebody's who has read everything, as of their signing in. */
  async function caughtUp(handle: string, options = desktop): Promise<{ person: Person; visitor: Visitor }> {
    const person = await stage.person(handle, '알림 받는 이')
    // Whoever asks signs in, too, as does the browser. That each is new to them is told a little later.
    await unread(person)
    const visitor = await stage.signedIn(person, options)
    await expect.poll(() => unread(person)).toBe(2)
    await person.ask('POST', '/api/notifications/read', { body: { upTo: (await latest(person))!.id } })
    return { person, visitor }
  }

  /** Has them told that this one follows them. */
  async function follow(person: Person, handle: string, name: string): Promise<string> {
    const fan = await stage.person(handle, name)
    await fan.ask('POST', '/api/follows', { body: { handle: person.member.handle } })
    // It may have been read by now, but it stays.
    await expect.poll(() => latest(person)).toMatchObject({ kind: 'follow' })
    return (await latest(person))!.id
  }

  async function latest(person: Person): Promise<{ id: string; kind: string } | undefined> {
    const { items } = await person.ask<{ items: { id: string; kind: string }[] }>('GET', '/api/notifications')
    return items[0]
  }

  const unread = (person: Person) =>
    person.ask<{ unread: number }>('GET', '/api/notifications/count').then((answer) => answer.unread)

  test('on the list leads to its page and is read, in every tab', async () => {
    const { person, visitor } = await caughtUp('gets.told', phone)
    await follow(person, 'follows.one', '새 팔로워')
    const second = await visitor.context.newPage()
    await second.goto('/')
    await visitor.page.goto('/notifications')
    for (const page of [visitor.page, second])
      await page.locator('header [data-unread=notifications]').first().waitFor()
    const row = visitor.page.getByRole('main').getByRole('link', { name: /새 팔로워/ })
    expect(await row.textContent()).toContain('안 읽음')
    await visitor.shoot('notifications-unread-phone')
    await row.click()
    await visitor.page.waitForURL('**/users/follows.one')
    await expect.poll(() => unread(person)).toBe(0)
    for (const page of [visitor.page, second])
      await page.locator('header [data-unread=notifications]').first().waitFor({ state: 'hidden' })
    await visitor.page.goBack()
    await row.waitFor()
    expect(await row.textContent()).not.toContain('안 읽음')
    await visitor.page.goto('/notifications?unread=true')
    await visitor.reads('모두 읽었어요')
  })

  test('in passing leads to its page and is read', async () => {
    const { person, visitor } = await caughtUp('walks.by')
    await visitor.openLive('/auctions')
    // It stays for seconds: whoever follows it waits for it.
    const follows = visitor.page.getByRole('link', { name: /반가운 이/ }).click()
    await follow(person, 'follows.two', '반가운 이')
    await follows
    await visitor.page.waitForURL('**/users/follows.two')
    await expect.poll(() => unread(person)).toBe(0)
    await bell(visitor).waitFor({ state: 'hidden' })
  })

  test('outside leads a tab that is open there, or opens one, and is read', async () => {
    const { person, visitor } = await caughtUp('is.away')
    const id = await follow(person, 'follows.three', '밖에서 온 이')
    const { page, context } = visitor
    await context.grantPermissions(['notifications'], { origin: stage.origin })
    // Whoever listens for what happens also hears what is pressed outside.
    await visitor.openLive('/settings')
    await page.evaluate(async () => {
      await navigator.serviceWorker.register('/sw.js')
      await navigator.serviceWorker.ready
    })
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    const push = await pusher(visitor, stage.origin)
    const payload = { ...pushed(id, 'follow', person.member.handle), tag: 'follow', data: {}, language: 'ko' }
    const actors = [{ handle: 'follows.three', name: '밖에서 온 이' }]

    await push({ ...payload, actors })
    expect(await shownIn(visitor)).toHaveLength(1)
    expect(await unread(person)).toBe(1)
    expect(await pressShown(visitor)).toEqual([])
    await page.waitForURL('**/users/follows.three')
    await expect.poll(() => unread(person)).toBe(0)
    await bell(visitor).waitFor({ state: 'hidden' })

    // In the other language it is another document, and the tab stays as it is.
    await push({ ...payload, actors, language: 'en' })
    expect(await shownIn(visitor)).toHaveLength(1)
    expect(await pressShown(visitor)).toEqual(['/en/users/follows.three'])
    expect(new URL(page.url()).pathname).toBe('/users/follows.three')
  })
})

/** What every push holds, of something that nobody in particular caused. */
function pushed(id: string, kind: string, target: string) {
  return { id, kind, target, actors: [], count: 1, at: Date.now() }
}

/**
 * Pushes as the browser does when a push service has told it, by the tools for developers. Done when it is shown: Chromium forgets
 * a notification for which somebody asks while it is about to be shown, once in thirty times on a busy computer.
 */
async function pusher({ page, context }: Visitor, origin: string) {
  const tools = await context.newCDPSession(page)
  const registered = new Promise<string>((resolve) => {
    tools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(({ scopeURL }) => scopeURL === `${origin}/`)
      if (ours) resolve(ours.registrationId)
    })
  })
  await tools.send('ServiceWorker.enable')
  const registrationId = await registered
  const [worker] = context.serviceWorkers()
  await worker!.evaluate(() => {
    const inside = globalThis as unknown as ServiceWorkerInside
    const { registration } = inside
    const show = registration.showNotification.bind(registration)
    inside.shown = 0
    registration.showNotification = async (...what) => {
      await show(...what)
      inside.shown += 1
    }
  })
  const shown = () => worker!.evaluate(() => (globalThis as unknown as ServiceWorkerInside).shown)
  return async (payload: object) => {
    const before = await shown()
    await tools.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data: JSON.stringify(payload) })
    await expect.poll(shown).toBe(before + 1)
  }
}

function shownIn({ page }: Visitor) {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    const shown = await registration.getNotifications()
    return shown
      .map((one) => {
        const { title, body, tag, lang, data } = one
        const { actions } = one as unknown as { actions: { title: string }[] }
        return {
          title,
          body,
          tag,
          lang,
          path: (data as { path: string }).path,
          actions: actions.map((each) => each.title),
        }
      })
      .toSorted((a, b) => a.tag.localeCompare(b.tag))
  })
}

/** As much of a service worker's inside as is needed to press something in it. */
interface ServiceWorkerInside {
  clients: { openWindow: (path: string) => Promise<null> }
  registration: ServiceWorkerRegistration
  /** How many have been shown since somebody counts. */
  shown: number
  WindowClient: { prototype: { focus: () => Promise<unknown> } }
  NotificationEvent: new (
    type: string,
    about: { notification: Notification },
  ) => Event & { waitUntil: (until: Promise<unknown>) => void }
  dispatchEvent: (event: Event) => boolean
}

/**
 * Presses what is shown, as a finger does. The tools for developers cannot, so the event is made in the service worker itself, and
 * with it the two things that browsers let only a finger do. Answers which windows it opened.
 */
async function pressShown({ context }: Visitor): Promise<string[]> {
  const [worker] = context.serviceWorkers()
  return worker!.evaluate(async () => {
    const inside = globalThis as unknown as ServiceWorkerInside
    const opened: string[] = []
    inside.WindowClient.prototype.focus = function focus() {
      return Promise.resolve(this)
    }
    inside.clients.openWindow = (path) => {
      opened.push(path)
      return Promise.resolve(null)
    }
    const [notification] = await inside.registration.getNotifications()
    const event = new inside.NotificationEvent('notificationclick', { notification: notification! })
    const work: Promise<unknown>[] = []
    event.waitUntil = (until) => void work.push(until)
    inside.dispatchEvent(event)
    await Promise.all(work)
    return opened
  })
}
