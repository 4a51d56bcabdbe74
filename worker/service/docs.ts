/** The API description for people: plain HTML without a script, made from the same document that programs read. */

export interface Schema {
  [key: string]: unknown
}

interface Operation {
  summary?: string
  description?: string
  tags?: string[]
  security?: Record<string, unknown>[]
  parameters?: { name?: string; in?: string; required?: boolean; schema?: Schema; $ref?: string }[]
  requestBody?: { content?: Record<string, { schema?: Schema }> }
  responses?: Record<string, { description?: string; content?: Record<string, { schema?: Schema }> }>
}

export interface ApiDescription {
  info: { title: string; version: string; description?: string }
  paths: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, Schema> }
}

export function docsPage({ info, paths, components }: ApiDescription): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  const areas = Map.groupBy(operations, ({ operation }) => operation.tags?.[0] ?? 'other')
  const schemas = Object.entries(components?.schemas ?? {})
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="Every operation of the ${text(info.title)} API, with what it takes and what it answers.">
<title>${text(info.title)} API</title>
<style>${docsStyle}</style>
</head>
<body>
<header><a href="/">${text(info.title)}</a></header>
<main>
<h1>${text(info.title)} API</h1>
<p>${text(info.description ?? '')} The same as a document for programs: <a href="/api/openapi.json">OpenAPI 3.1</a>.</p>
<nav aria-label="Areas"><ul>${[...areas].map(([area, list]) => `<li><a href="#${idOf(area)}">${text(area)} <small>${list.length}</small></a></li>`).join('')}<li><a href="#schemas">schemas <small>${schemas.length}</small></a></li></ul></nav>
${[...areas].map(([area, list]) => `<section id="${idOf(area)}"><h2>${text(area)}</h2>${list.map(operationPart).join('')}</section>`).join('\n')}
<section id="schemas"><h2>schemas</h2>${schemas.map(schemaPart).join('')}</section>
</main>
</body>
</html>
`
}

function operationPart({ path, method, operation }: { path: string; method: string; operation: Operation }): string {
  const { summary = '', description = '', parameters = [], requestBody, responses = {}, security = [] } = operation
  const named = parameters.filter((parameter) => parameter.name !== undefined)
  const isOpen = security.length === 0 || security.some((way) => Object.keys(way).length === 0)
  const needs = isOpen ? 'Anyone.' : `Needs ${security.flatMap(waysIn).join(' or ')}.`
  const body = Object.values(requestBody?.content ?? {}).map(({ schema }) => `<h3>Body</h3>${code(schema, 'Body')}`)
  return `<details><summary><div><code><b>${method}</b> ${text(path)}</code> <span>${text(summary)}</span></div></summary><div class="in">
${description ? `<p>${prose(description)}</p>` : ''}<p>${text(needs)}</p>
${named.length > 0 ? `<h3>Parameters</h3><ul>${named.map((each) => `<li><code>${text(each.name ?? '')}</code> in ${text(each.in ?? '')}${each.required ? ', required' : ''}${code(each.schema, `Parameter ${each.name}`)}</li>`).join('')}</ul>` : ''}
${body.join('')}
<h3>Answers</h3><ul>${Object.entries(responses).map(answerPart).join('')}</ul></div></details>`
}

function answerPart([status, { description = '', content = {} }]: [
  string,
  { description?: string; content?: Record<string, { schema?: Schema }> },
]): string {
  const bodies = Object.values(content).map(({ schema }) => code(schema, `Answer ${status}`))
  return `<li><code>${text(status)}</code> ${text(description)}${bodies.join('')}</li>`
}

/** The id is inside, so that a link to it opens what is around it. */
function schemaPart([name, schema]: [string, Schema]): string {
  return `<details><summary><code>${text(name)}</code></summary><div class="in" id="schema-${text(name)}">${code(schema, name)}</div></details>`
}

/** A schema as it is written, a short one within its line, a bare reference as a link. What may be too wide can be reached and scrolled by keyboard. */
function code(schema: Schema | undefined, label: string): string {
  if (!schema) return ''
  const short = JSON.stringify(schema)
  const only = /^\{"\$ref":"#\/components\/schemas\/(\w+)"\}$/.exec(short)?.[1]
  if (only !== undefined) return ` <a href="#schema-${only}">${only}</a>`
  if (short.length <= 80) return ` <code>${text(short)}</code>`
  const linked = text(JSON.stringify(schema, null, 2)).replaceAll(
    /&quot;#\/components\/schemas\/(\w+)&quot;/g,
    '&quot;<a href="#schema-$1">#/components/schemas/$1</a>&quot;',
  )
  return `<pre tabindex="0" role="group" aria-label="${text(label)}"><code>${linked}</code></pre>`
}

function idOf(area: string): string {
  return text(area.replaceAll(/\W+/g, '-'))
}

const keys: Record<string, string> = { access: 'an access token', refresh: 'the cookie of the sign-in' }

function waysIn(way: Record<string, unknown>): string[] {
  return Object.keys(way).map((name) => keys[name] ?? name)
}

function prose(raw: string): string {
  return text(raw).replaceAll(/`([^`]+)`/g, '<code>$1</code>')
}

function text(raw: string): string {
  return raw.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** The colours are those of `web/styles/tokens.css`; the page follows the system, for it has no script to ask otherwise. */
export const docsStyle = `:root{color-scheme:light dark;--paper:light-dark(oklch(.984 .009 82),oklch(.192 .012 62));--sunken:light-dark(oklch(.955 .014 80),oklch(.268 .016 62));--line:light-dark(oklch(.895 .018 78),oklch(.335 .018 65));--ink:light-dark(oklch(.235 .022 55),oklch(.955 .009 82));--soft:light-dark(oklch(.435 .028 58),oklch(.8 .016 78));--link:light-dark(oklch(.535 .145 46),oklch(.815 .135 64));--focus:light-dark(oklch(.5 .14 252),oklch(.82 .1 232))}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 'Pretendard Variable',Pretendard,-apple-system,'Apple SD Gothic Neo','Noto Sans KR','Segoe UI',sans-serif}
header,main{max-width:60rem;margin:0 auto;padding:1rem}header{padding-bottom:0}header a{display:inline-flex;align-items:center;min-height:2.75rem;font-weight:700;color:inherit;text-decoration:none}
h1{margin:.5rem 0;font-size:2rem;line-height:1.25}h2{margin:2.5rem 0 .5rem;font-size:1.25rem;scroll-margin-top:1rem}h3{margin:1rem 0 .25rem;font-size:.9375rem;color:var(--soft)}p{margin:.5rem 0}
a{color:var(--link);text-underline-offset:.2em}:focus-visible{outline:2px solid var(--focus);outline-offset:2px;border-radius:4px}
nav ul{display:flex;flex-wrap:wrap;gap:.5rem;margin:1.25rem 0 0;padding:0;list-style:none}nav a{display:flex;align-items:center;gap:.4rem;min-height:2.75rem;padding:0 .9rem;border:1px solid var(--line);border-radius:999px;color:inherit;text-decoration:none}nav small{color:var(--soft)}
details{border-top:1px solid var(--line)}section details:last-child{border-bottom:1px solid var(--line)}summary,summary div{display:flex;align-items:baseline;gap:.1rem .75rem}summary div{flex-wrap:wrap;min-width:0}summary{min-height:2.75rem;padding:.6rem .25rem;cursor:pointer}summary::-webkit-details-marker{display:none}summary::before{content:'+';flex:none;width:1ch;color:var(--soft)}details[open]>summary::before{content:'\\2013'}summary span{color:var(--soft)}
code{font:.875rem/1.5 ui-monospace,'SF Mono','Cascadia Mono',Menlo,monospace;overflow-wrap:anywhere}summary b{display:inline-block;min-width:4.5ch}.in{padding:0 .25rem 1rem 1.5rem;scroll-margin-top:4rem}.in ul{margin:0;padding-left:1.1rem}.in li{margin:.25rem 0}
pre{max-height:24rem;margin:.35rem 0;padding:.75rem;overflow:auto;border:1px solid var(--line);border-radius:10px;background:var(--sunken)}pre code{overflow-wrap:normal;font-size:.8125rem}`
