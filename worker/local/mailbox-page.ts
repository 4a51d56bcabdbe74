import { html, raw } from 'hono/html'
import type { Message } from './mailbox.ts'

type Html = ReturnType<typeof html>

/** The page of the development mailbox: what was sent, and one message opened. */
export function mailboxPage(messages: Message[], opened: Message | null) {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${opened ? '' : raw('<meta http-equiv="refresh" content="5" />')}
        <title>${opened ? (opened.subject ?? 'Text message') : 'Mailbox'} · Hallabong on this computer</title>
        <link rel="stylesheet" href="/dev/mailbox.css" />
      </head>
      <body>
        <header>
          <h1><a href="/dev/mailbox">Mailbox</a></h1>
          <p>Mail and text messages that this copy of Hallabong has sent. They went nowhere else.</p>
        </header>
        <main>
          <nav aria-label="Messages">
            ${messages.length === 0 ? html`<p class="empty">Nothing yet. Sign up, or ask for a code.</p>` : list(messages, opened)}
          </nav>
          ${opened ? article(opened) : ''}
        </main>
      </body>
    </html>`
}

function list(messages: Message[], opened: Message | null): Html {
  return html`<ul>
    ${messages.map(
      (message) =>
        html`<li>
          <a href="/dev/mailbox/${message.id}" ${message.id === opened?.id ? raw('aria-current="true"') : ''}>
            <span class="kind">${message.kind === 'mail' ? 'Mail' : 'Text'}</span>
            <strong>${message.subject ?? message.text.slice(0, 60)}</strong>
            <span>${message.to}</span>
            <time datetime="${message.at}">${message.at.slice(0, 19).replace('T', ' ')} UTC</time>
          </a>
        </li>`,
    )}
  </ul>`
}

function article(message: Message): Html {
  return html`<article>
    <h2>${message.subject ?? 'Text message'}</h2>
    <p class="meta">To ${message.to} · <time datetime="${message.at}">${message.at}</time></p>
    <pre>${linked(message.text)}</pre>
    ${
      message.html === null
        ? ''
        : html`<h3>As a mail program shows it</h3>
            <iframe
              title="The mail as HTML"
              sandbox="allow-popups allow-top-navigation-by-user-activation"
              src="/dev/mailbox/${message.id}/html"
            ></iframe>`
    }
  </article>`
}

/** Addresses in the text become links; all else stays text. */
function linked(text: string): (string | Html)[] {
  return text
    .split(/(https?:\/\/\S+)/)
    .map((part) => (/^https?:\/\//.test(part) ? html`<a href="${part}">${part}</a>` : part))
}

export const mailboxStyle = `
:root { color-scheme: light dark; --paper: light-dark(#fdfaf5, #1b1714); --ink: light-dark(#241c15, #f3ece3);
  --soft: light-dark(#6f6255, #b3a596); --line: light-dark(#e7ddd0, #3a322b); --leaf: light-dark(#f3ece1, #26201b); --main: light-dark(#b34700, #ffa24d); }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 -apple-system, "Apple SD Gothic Neo", "Noto Sans KR", "Malgun Gothic", sans-serif; word-break: keep-all; overflow-wrap: anywhere }
header { padding: 20px 24px 12px; border-bottom: 1px solid var(--line) }
h1 { margin: 0; font-size: 24px } h1 a { color: inherit; text-decoration: none } h2 { margin: 0 0 4px; font-size: 20px } h3 { font-size: 15px; color: var(--soft) }
header p, .meta, .empty, time, li span { color: var(--soft); margin: 0; font-size: 13px }
main { display: grid; grid-template-columns: minmax(0, 22rem) minmax(0, 1fr); gap: 24px; padding: 16px 24px }
main:not(:has(article)) { grid-template-columns: minmax(0, 44rem) }
@media (max-width: 44rem) { main, main:not(:has(article)) { grid-template-columns: minmax(0, 1fr) } main:has(article) nav { order: 2 } }
ul { list-style: none; margin: 0; padding: 0 }
li a { display: grid; gap: 2px; padding: 12px; border-radius: 10px; color: inherit; text-decoration: none; border-bottom: 1px solid var(--line) }
li a:hover, li a[aria-current] { background: var(--leaf) }
.kind { font-weight: 600; color: var(--main) !important }
article { padding: 20px; border: 1px solid var(--line); border-radius: 16px; align-self: start }
pre { white-space: pre-wrap; font: inherit; font-size: 17px; font-variant-numeric: tabular-nums } a { color: var(--main) }
iframe { width: 100%; height: 30rem; border: 1px solid var(--line); border-radius: 10px; background: #fff }
:focus-visible { outline: 2px solid var(--main); outline-offset: 2px }
`
