import { createRoot } from 'solid-js'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Arrival, createNavigation } from '../../../web/ui/navigation/navigation.ts'

const origin = 'https://hallabong.example'

let end: () => void = () => {}

beforeEach(() => {
  ;(window as unknown as { happyDOM: { setURL: (url: string) => void } }).happyDOM.setURL(`${origin}/en/start`)
  document.body.replaceChildren()
})
afterEach(() => end())

/** A site in English whose pages are all but `/en/files/…`; `wait` holds back the page of an address. */
function site() {
  const asked: [path: string, arrival: Arrival][] = []
  const shown: string[] = []
  const waits = new Map<string, Promise<void>>()
  const early = vi.fn<(url: URL) => void>()
  const navigation = createRoot((dispose) => {
    end = dispose
    const made = createNavigation({
      url: location.href,
      base: '/en',
      isPage: (url) => url.pathname.startsWith('/en') && !url.pathname.startsWith('/en/files'),
      async prepare(url, arrival) {
        const path = url.pathname + url.search
        asked.push([path, arrival])
        await waits.get(path)
        return () => shown.push(path)
      },
      early,
    })
    made.listen()
    return made
  })
  return { navigation, asked, shown, waits, early }
}

/** Whether a click on such a link was taken over; the test's own window goes nowhere. */
function click(attributes: Record<string, string>, how: MouseEventInit = {}): boolean {
  const link = document.createElement('a')
  for (const [name, value] of Object.entries(attributes)) link.setAttribute(name, value)
  document.body.append(link)
  let isTaken = false
  addEventListener(
    'click',
    (event) => {
      isTaken = event.defaultPrevented
      event.preventDefault()
    },
    { once: true },
  )
  link.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, ...how }))
  return isTaken
}

describe('a link', () => {
  test('to a page gets it ready, then changes address and page at once', async () => {
    const { navigation, shown } = site()
    expect(click({ href: '/en/auctions?category=pet' })).toBe(true)
    expect(location.pathname).toBe('/en/start')
    expect(navigation.target()?.pathname).toBe('/en/auctions')
    await vi.waitFor(() => expect(shown).toEqual(['/en/auctions?category=pet']))
    expect(location.pathname + location.search).toBe('/en/auctions?category=pet')
    expect(navigation.place.query).toEqual({ category: 'pet' })
    expect(navigation.target()).toBe(null)
  })

  test.each([
    ['of another site', { href: 'https://elsewhere.example/' }, {}],
    ['to what is no page', { href: '/en/files/terms.pdf' }, {}],
    ['marked external', { href: '/auctions', rel: 'external nofollow' }, {}],
    ['for another window', { href: '/en/terms', target: '_blank' }, {}],
    ['to a download', { href: '/en/ledger', download: '' }, {}],
    ['opened beside with a key', { href: '/en/auctions' }, { ctrlKey: true }],
    ['pressed with another button', { href: '/en/auctions' }, { button: 1 }],
    ['within the page', { href: '/en/start#bids' }, {}],
  ])('%s is the browser’s', (_what, attributes, how) => {
    const { asked } = site()
    expect(click(attributes, how)).toBe(false)
    expect(asked).toEqual([])
  })

  test('followed while another is on its way wins, whichever is quicker', async () => {
    const { shown, waits } = site()
    let arrive: () => void = () => {}
    waits.set('/en/slow', new Promise((resolve) => (arrive = resolve)))
    click({ href: '/en/slow' })
    click({ href: '/en/quick' })
    await vi.waitFor(() => expect(shown).toEqual(['/en/quick']))
    arrive()
    await Promise.resolve()
    await Promise.resolve()
    expect(shown).toEqual(['/en/quick'])
    expect(location.pathname).toBe('/en/quick')
  })

  test('to where one is loads it again without a new entry in the history', async () => {
    const { shown } = site()
    const before = history.length
    click({ href: '/en/start' })
    await vi.waitFor(() => expect(shown).toEqual(['/en/start']))
    expect(history.length).toBe(before)
  })

  test('is asked for when it is focused', async () => {
    const { early } = site()
    const link = document.createElement('a')
    link.href = '/en/auctions'
    document.body.append(link)
    link.dispatchEvent(new Event('focusin', { bubbles: true, composed: true }))
    await vi.waitFor(() => expect(early).toHaveBeenCalledTimes(1))
    expect(early.mock.calls[0]?.[0].pathname).toBe('/en/auctions')
  })
})

describe('a form that asks', () => {
  test('goes where its fields say, without the empty ones', async () => {
    const { shown } = site()
    const form = document.createElement('form')
    form.action = '/en/auctions'
    form.method = 'get'
    form.innerHTML = '<input name="search" value=" 카메라 "><input name="sort" value="">'
    document.body.append(form)
    const event = new SubmitEvent('submit', { bubbles: true, cancelable: true })
    form.dispatchEvent(event)
    expect(event.defaultPrevented).toBe(true)
    await vi.waitFor(() => expect(shown).toEqual([`/en/auctions?search=${encodeURIComponent('카메라')}`]))
  })
})

describe('a call', () => {
  test('goes to a path in the present language', async () => {
    const { navigation, shown } = site()
    navigation.navigate('/settings/phone')
    await vi.waitFor(() => expect(shown).toEqual(['/en/settings/phone']))
  })

  test('may take the place of the present entry', async () => {
    const { navigation, shown } = site()
    const before = history.length
    navigation.navigate('/settings', { replace: true })
    await vi.waitFor(() => expect(shown).toEqual(['/en/settings']))
    expect(history.length).toBe(before)
  })
})

describe('the browser’s buttons', () => {
  test('bring back the page of their address', async () => {
    const { asked, shown } = site()
    click({ href: '/en/auctions' })
    await vi.waitFor(() => expect(shown).toEqual(['/en/auctions']))
    history.replaceState(null, '', '/en/start')
    dispatchEvent(new PopStateEvent('popstate'))
    await vi.waitFor(() => expect(shown).toEqual(['/en/auctions', '/en/start']))
    expect(asked.at(-1)).toEqual(['/en/start', 'return'])
  })

  test('within a page leave it as it is', () => {
    const { navigation, asked } = site()
    history.replaceState(null, '', '/en/start#chat')
    dispatchEvent(new PopStateEvent('popstate'))
    expect(navigation.place.hash).toBe('#chat')
    expect(asked).toEqual([])
  })

  test('forward again while the page before is on its way keep the page of the address', async () => {
    const { navigation, shown, waits } = site()
    click({ href: '/en/auctions' })
    await vi.waitFor(() => expect(shown).toEqual(['/en/auctions']))
    let arrive: () => void = () => {}
    waits.set('/en/start', new Promise((resolve) => (arrive = resolve)))
    history.replaceState(null, '', '/en/start')
    dispatchEvent(new PopStateEvent('popstate'))
    history.replaceState(null, '', '/en/auctions')
    dispatchEvent(new PopStateEvent('popstate'))
    expect(navigation.target()).toBe(null)
    arrive()
    await Promise.resolve()
    await Promise.resolve()
    expect(shown).toEqual(['/en/auctions'])
    expect(navigation.place.pathname).toBe('/en/auctions')
  })
})

describe('addresses', () => {
  test('carry the prefix of the language', () => {
    const { navigation } = site()
    expect([navigation.href('/'), navigation.href('/sell?x=1')]).toEqual(['/en', '/en/sell?x=1'])
  })
})
