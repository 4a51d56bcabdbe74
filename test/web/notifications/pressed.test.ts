import { afterEach, expect, test, vi } from 'vitest'

// By its name alone: its types are a worker's, and those of tests are a page's.
const file: string = '../../../web/service-worker/showing.ts'
const { follow } = (await import(file)) as { follow: (self: unknown, pressed: { data: unknown }) => Promise<void> }

const home = 'https://house.example'

/** An open tab; one that is not awake does not answer. */
interface Tab {
  url: string
  isAwake?: boolean
}

/** A browser with these tabs: a press allows one window to be opened or focused. Tells what happened, in order. */
function browserWith(tabs: readonly Tab[]) {
  const did: string[] = []
  let isAllowed = true
  const use = (what: string) => {
    if (!isAllowed) return Promise.reject(new DOMException('Not allowed to open a window.', 'InvalidAccessError'))
    isAllowed = false
    did.push(what)
    return Promise.resolve(null)
  }
  const windows = tabs.map(({ url, isAwake = true }) => ({
    url: home + url,
    focus: () => use(`focus ${url}`),
    postMessage({ path }: { path: string }, [port]: MessagePort[]) {
      did.push(`ask ${url} for ${path}`)
      if (isAwake) port?.postMessage('gone')
    },
  }))
  vi.stubGlobal('fetch', (path: string) => {
    did.push(path === '/api/notifications/read' ? 'read' : 'token')
    return Promise.resolve(Response.json({ access: 'token' }))
  })
  const self = {
    clients: { matchAll: () => Promise.resolve(windows), openWindow: (path: string) => use(`open ${path}`) },
    navigator: { locks: { request: (_: string, run: () => unknown) => Promise.resolve(run()) } },
  }
  const press = () => follow(self, { data: { path: '/deals/1', id: 'ntf_1' } })
  return { did, press, forbid: () => (isAllowed = false) }
}

afterEach(() => vi.unstubAllGlobals())

test('a pressed notification has the open tab go there, and then shows it', async () => {
  const { did, press } = browserWith([{ url: '/auctions' }])
  await press()
  expect(did).toEqual(['ask /auctions for /deals/1', 'focus /auctions', 'token', 'read'])
})

test('where no tab answers it opens one, as a press allows one window alone', async () => {
  const { did, press } = browserWith([{ url: '/auctions', isAwake: false }])
  await press()
  expect(did).toEqual(['ask /auctions for /deals/1', 'open /deals/1', 'token', 'read'])
})

test('the tab that shows its page is only looked at', async () => {
  const { did, press } = browserWith([{ url: '/auctions' }, { url: '/deals/1?from=list' }])
  await press()
  expect(did).toEqual(['focus /deals/1?from=list', 'token', 'read'])
})

test('what could not be shown stays unread', async () => {
  const { did, press, forbid } = browserWith([])
  forbid()
  await expect(press()).rejects.toThrow('Not allowed')
  expect(did).toEqual([])
})
