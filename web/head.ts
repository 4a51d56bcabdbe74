import { textsOf } from './i18n/dictionaries.ts'
import { formatIn } from './i18n/format.ts'
import { inLanguage, type Language, languages } from './i18n/language.ts'
import type { Match } from './match.ts'
import type { Opened } from './open-page.ts'
import type { PageHead } from './page.ts'

interface Head {
  opened: Opened | null
  match: Match | null
  language: Language
  origin: string
  /** Path and query as asked for, without the language's prefix. */
  path: string
}

/** The tags that tell search engines and other people's chats about a page. Everything that came from people is escaped. */
export function headTags(input: Head): string {
  const { language, origin } = input
  const common = textsOf(language, 'common')
  const head = headOf(input)
  const title = fullTitle(head.title, common.site)
  const description = head.description ?? textsOf(language, 'frame').slogan
  const image = new URL(head.image ?? '/share.jpg', origin).href
  const canonical = head.canonical ?? input.path.split('?')[0] ?? '/'
  const at = (in_: Language) => origin + inLanguage(canonical, in_)
  const isIndexed = head.isIndexed !== false && (input.opened === null ? false : !('problem' in input.opened))
  return [
    `<title>${escape(title)}</title>`,
    named('description', description),
    ...(isIndexed
      ? [
          link('canonical', at(language)),
          ...languages.map((other) => link('alternate', at(other), ` hreflang="${other}"`)),
          link('alternate', at('ko'), ' hreflang="x-default"'),
        ]
      : [named('robots', 'noindex')]),
    property('og:site_name', common.site),
    property('og:title', head.title),
    property('og:description', description),
    property('og:type', head.kind ?? 'website'),
    property('og:url', at(language)),
    property('og:image', image),
    property('og:image:width', '1200'),
    property('og:image:height', '630'),
    property('og:locale', language === 'ko' ? 'ko_KR' : 'en_US'),
    named('twitter:card', 'summary_large_image'),
    head.structured ? `<script type="application/ld+json">${json(head.structured)}</script>` : '',
  ].join('')
}

function headOf({ opened, match, language, origin }: Head): PageHead {
  const texts = <A extends Parameters<typeof textsOf>[1]>(area: A) => textsOf(language, area)
  if (opened && 'problem' in opened) return { title: texts('problems')[opened.problem.code][0] }
  if (!opened || !match) return { title: texts('common').site }
  return opened.module.head({ data: opened.data, at: match.at, origin, texts, format: formatIn(language) })
}

/** `Title · Hallabong`, unless the title says so itself. */
export function fullTitle(title: string, site: string): string {
  return title.includes(site) ? title : `${title} · ${site}`
}

const named = (name: string, content: string) => `<meta name="${name}" content="${escape(content)}">`
const property = (name: string, content: string) => `<meta property="${name}" content="${escape(content)}">`
const link = (rel: string, href: string, more = '') => `<link rel="${rel}" href="${escape(href)}"${more}>`

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function json(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', String.raw`\u003c`)
}
