import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { headTags } from '../../../web/head.ts'
import { everywhere, loadTexts, onEdge, textFiles } from '../../../web/i18n/dictionaries.ts'
import { languages } from '../../../web/i18n/language.ts'
import { matchPage } from '../../../web/match.ts'
import { openPage } from '../../../web/open-page.ts'
import { definePage, type PageHead } from '../../../web/page.ts'
import { memberPages } from '../../../web/member-routes.ts'
import { publicPages } from '../../../web/routes.ts'
import { isForMembers, isPage } from '../../../web/site.ts'

const pages = [...publicPages, ...memberPages]
const at = (path: string) => matchPage(pages, new URL(path, 'https://hallabong.example'))

describe('every page', () => {
  test.each(pages.map((page) => [page.path, page] as const))('%s names files that exist', (_path, page) => {
    expect(existsSync(page.source)).toBe(true)
    for (const language of languages)
      for (const file of textFiles(language, [...everywhere, ...page.texts])) expect(existsSync(file)).toBe(true)
  })

  test('has an address of its own', () => {
    const addresses = pages.map((page) => page.path.replaceAll(/:\w+/g, ':'))
    expect(new Set(addresses).size).toBe(addresses.length)
  })
})

describe('the tables', () => {
  const urlOf = ({ path }: { path: string }) => new URL(path.replaceAll(/:\w+/g, 'x'), 'https://hallabong.example')

  test.each(memberPages.map((page) => [page.path, page] as const))('%s is known to be for members', (_path, page) => {
    expect(page.access).toBeDefined()
    expect(isForMembers(urlOf(page))).toBe(true)
    expect(isPage(urlOf(page))).toBe(true)
  })

  test.each(publicPages.map((page) => [page.path, page] as const))('%s is for everyone', (_path, page) => {
    expect(page.access).toBeUndefined()
    expect(isForMembers(urlOf(page))).toBe(false)
    expect(isPage(urlOf(page))).toBe(true)
  })
})

describe('an address', () => {
  test('leads to its page in either language, with or without the last slash', () => {
    expect(at('/log-in')?.route.path).toBe('/log-in')
    expect(at('/en/log-in/?next=%2Fsell')).toMatchObject({
      route: { path: '/log-in' },
      at: { language: 'en', path: '/log-in', query: { next: '/sell' } },
    })
  })

  test('carries what stands in the path, decoded', () => {
    expect(at('/problems/bid-too-low')?.at.params).toEqual({ code: 'bid-too-low' })
    expect(at('/problems/%EA%B0%80')?.at.params).toEqual({ code: '가' })
  })

  test.each(['/nothing', '/log-in/more', '/problems/', '/problems/%E0%A4%A'])('%s leads nowhere', (path) => {
    expect(at(path)).toBe(null)
  })

  test('with a fixed word comes before one with a parameter', () => {
    const page = (path: string) =>
      definePage<null>({ path, source: '', texts: [], module: () => Promise.reject(new Error('not opened')) })
    const both = [page('/auctions/:id'), page('/auctions/new')]
    expect(matchPage(both, new URL('https://x.example/auctions/new'))?.route.path).toBe('/auctions/new')
  })
})

describe('opening a page', () => {
  test('whose code or data does not come gives the problem instead', async () => {
    const broken = definePage<null>({
      path: '/x',
      source: '',
      texts: [],
      module: () => Promise.reject(new TypeError('Failed to fetch dynamically imported module')),
    })
    const here = { path: '/x', params: {}, query: {}, language: 'ko' as const }
    expect(await openPage(broken, here, { origin: '', fetch })).toMatchObject({ problem: { code: 'update-needed' } })
  })
})

describe('the head', () => {
  async function tags(head: PageHead, language: 'ko' | 'en' = 'ko') {
    await loadTexts(language, onEdge)
    const here = { path: '/auctions/a', params: {}, query: {}, language }
    const module = { Page: () => null, head: () => head }
    const route = definePage<null>({ path: '/auctions/:id', source: '', texts: [], module: async () => module })
    return headTags({
      opened: { module, data: null },
      match: { route, at: here },
      language,
      origin: 'https://hallabong.example',
      path: '/auctions/a?from=chat',
    })
  }

  test('escapes whatever people wrote', async () => {
    const hostile = `"><script>alert(1)</script>'&`
    const html = await tags({
      title: hostile,
      description: hostile,
      structured: { '@type': 'Product', name: '</script><script>alert(1)</script>' },
    })
    expect(html).not.toContain('<script>alert')
    const parsed = new DOMParser().parseFromString(`<html><head>${html}</head></html>`, 'text/html')
    expect(parsed.title).toBe(`${hostile} · 한라봉`)
    expect(parsed.querySelector('meta[name=description]')?.getAttribute('content')).toBe(hostile)
    expect(JSON.parse(parsed.querySelector('script')?.textContent ?? '')).toMatchObject({
      name: '</script><script>alert(1)</script>',
    })
  })

  test('names the page in both languages, without what does not belong to its address', async () => {
    const html = await tags({ title: 'A' }, 'en')
    expect(html).toContain('<link rel="canonical" href="https://hallabong.example/en/auctions/a">')
    expect(html).toContain('href="https://hallabong.example/auctions/a" hreflang="ko"')
    expect(html).toContain('href="https://hallabong.example/en/auctions/a" hreflang="en"')
    expect(html).toContain('<title>A · Hallabong</title>')
  })

  test('has a picture for previews, absolute, even where the page has none', async () => {
    expect(await tags({ title: 'A' })).toContain('content="https://hallabong.example/share.jpg"')
    expect(await tags({ title: 'A', image: '/media/med_1/share.jpg' })).toContain(
      'content="https://hallabong.example/media/med_1/share.jpg"',
    )
  })

  test('keeps what is not for everyone out of search engines', async () => {
    const html = await tags({ title: 'A', isIndexed: false })
    expect(html).toContain('<meta name="robots" content="noindex">')
    expect(html).not.toContain('canonical')
  })
})
