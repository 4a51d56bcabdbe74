import assets from 'virtual:client-assets'
import { generateHydrationScript, renderToString } from 'solid-js/web'
import type { Call } from './api/call.ts'
import { App } from './app.tsx'
import type { BootData, Frame, Operator } from './boot.ts'
import { Categories, Trust } from './features/auctions/lists/home-parts.tsx'
import {
  Brand,
  Footer,
  MessagesLink,
  NotificationsLink,
  SearchLink,
  SellLink,
  TabBar,
} from './features/layout/fixtures.tsx'
import { headTags } from './head.ts'
import { everywhere, loadTexts, onEdge, textFiles } from './i18n/dictionaries.ts'
import { type Language, prefixOf } from './i18n/language.ts'
import template from './index.html?raw'
import { loadLateParts } from './late.ts'
import type { Match } from './match.ts'
import { openPage, type Opened, preparePage, type ShownProblem } from './open-page.ts'
import type { PageRoute } from './page.ts'
import { findPage } from './site.ts'
import { blurUrl } from './ui/picture/blur.ts'
import { makeBlursWith } from './ui/picture/picture.tsx'

export interface PageInput {
  /** Path and query as asked for, without the language's prefix. */
  path: string
  language: Language
  /** Scheme and host of the site. */
  origin: string
  operator: Operator
  /** The API in this process, as nobody. What its answers say about caching is the caller's to gather. */
  fetch: typeof fetch
  /** Shown instead of the page: what went wrong before there was one. */
  problem?: ShownProblem
}

export interface RenderedPage {
  html: string
  /** 200, or that of the problem shown. */
  status: number
  /** What is shown instead of a page; null when it is the page itself. */
  problem: ShownProblem | null
  /** The inline scripts of the page, all constants of the build: their hashes go into its policy. */
  scripts: readonly string[]
}

makeBlursWith(blurUrl)

const frame: Frame = { Brand, Categories, Footer, MessagesLink, NotificationsLink, SearchLink, SellLink, TabBar, Trust }

const hydration = generateHydrationScript()
const inline = [...(template + hydration).matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, source]) => source ?? '')

/** Renders one page for everyone: finds it, lets it read the API, renders it with the same components as the browser. */
export async function renderPage(input: PageInput): Promise<RenderedPage> {
  const url = new URL(prefixOf(input.language) + input.path, input.origin)
  const match = await findPage(url)
  const call: Call = { origin: input.origin, fetch: following(input.fetch) }
  await Promise.all([loadTexts(input.language, onEdge), loadLateParts(input.language)])

  const { operator } = input
  const opened = await open(input, match, call)
  const problem = opened && 'problem' in opened ? opened.problem : null
  const boot: BootData = {
    data: opened && 'data' in opened ? opened.data : null,
    ...(problem ? { problem } : {}),
    operator,
  }
  const app = renderToString(() => (
    <App boot={{ origin: input.origin, operator, opened, frame }} language={input.language} url={url.href} />
  ))
  const parts: Record<string, string> = {
    lang: input.language,
    ...assetTags(match?.route, input.language),
    head: headTags({ opened, match, language: input.language, origin: input.origin, path: input.path }),
    app,
    data: dataBlock(boot),
  }
  return {
    html: template.replace(/%(\w+)%/g, (whole, name: string) => parts[name] ?? whole),
    status: problem?.status ?? 200,
    problem,
    scripts: inline,
  }
}

async function open(input: PageInput, match: Match | null, call: Call): Promise<Opened | null> {
  if (input.problem) return { problem: input.problem }
  if (!match) return { problem: { code: 'not-found', status: 404 } }
  const prepared = preparePage(match.route, match.at)
  if (!match.route.access) {
    // A problem may be here before the page's code. Answering it then left later visitors waiting for ever, where modules are fetched one by
    // one as in tests (`test/worker/pages/first-visit.test.ts`); waiting for the code before anything is asked did so, too.
    const [opened] = await Promise.all([openPage(match.route, match.at, call), Promise.allSettled([prepared])])
    return opened
  }
  // For its reader alone: the browser asks, the edge shows that something is coming.
  await prepared
  return null
}

/** As browsers do: what has moved (a handle that was changed) is asked for at its new place. */
function following(ask: typeof fetch): typeof fetch {
  return async (asked, init) => {
    const response = await ask(asked, init)
    const place = response.status === 308 ? response.headers.get('location') : null
    const from = asked instanceof Request ? asked.url : asked
    return place === null ? response : ask(new URL(place, from), init)
  }
}

function assetTags(route: PageRoute | undefined, language: Language): { styles: string; code: string } {
  const sources = [
    'web/entry-client.tsx',
    route?.source ?? '',
    route?.access ? 'web/member-routes.ts' : '',
    ...textFiles(language, [...everywhere, ...(route?.texts ?? [])]),
  ]
  const files = sources.map((source) => assets.modules[source])
  const scripts = new Set(files.flatMap((file) => file?.scripts ?? []))
  const styles = new Set([...assets.styles, ...files.flatMap((file) => file?.styles ?? [])])
  scripts.delete(assets.script)
  return {
    // What is pressed before the page is awake is kept until it is.
    styles: [...[...styles].map((href) => `<link rel="stylesheet" href="${href}">`), hydration].join(''),
    code: [
      ...[...scripts].map((href) => `<link rel="modulepreload" href="${href}">`),
      ...[assets.devScript ?? [], assets.script].flat().map((src) => `<script type="module" src="${src}"></script>`),
    ].join(''),
  }
}

/** JSON that cannot end its own element, whatever people wrote into it. */
function dataBlock(boot: BootData): string {
  const json = JSON.stringify(boot).replaceAll('<', String.raw`\u003c`)
  return `<script type="application/json" id="page-data">${json}</script>`
}
