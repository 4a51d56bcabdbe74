import { createEffect, createRoot, onCleanup, Show } from 'solid-js'
import type { Inbox } from '../../api/inbox.ts'
import { session } from '../../api/session.ts'
import { whileHere } from '../../api/while-here.ts'
import { loadTexts, textsOf } from '../../i18n/dictionaries.ts'
import { useLanguage } from '../../i18n/i18n.ts'
import { entitle } from './entitle.ts'

/**
 * Opens the live line of whoever is signed in, on every page, and keeps the figures of what is unread on the links that the
 * edge rendered and in the window's title. Its code comes to nobody else.
 */
export function Unread() {
  return (
    <Show when={session.state() === 'signed-in'}>
      <Badges />
    </Show>
  )
}

const kinds = ['messages', 'notifications'] as const

function Badges() {
  const language = useLanguage()
  whileHere(
    async () => {
      const [{ useInbox }] = await Promise.all([import('../../api/inbox.ts'), loadTexts(language, ['messages'])])
      return useInbox()
    },
    (inbox) => createRoot((end) => (follow(inbox), end)),
  )
  return null

  function follow(inbox: Inbox): void {
    const t = textsOf(language, 'messages').badges
    createEffect(() => {
      const unread = inbox.unread()
      for (const kind of kinds) show(kind, unread?.[kind] ?? 0, t[kind])
    })
    onCleanup(entitle(() => inbox.unread()?.messages ?? 0))
    onCleanup(() => {
      for (const kind of kinds) show(kind, 0, t[kind])
    })
  }
}

function show(kind: (typeof kinds)[number], count: number, words: (count: number) => string): void {
  for (const badge of document.querySelectorAll<HTMLElement>(`[data-unread=${kind}]`)) {
    badge.hidden = count === 0
    const [figure, spoken] = [document.createElement('span'), document.createElement('span')]
    figure.ariaHidden = 'true'
    figure.textContent = count > 99 ? '99+' : String(count)
    spoken.className = 'sr-only'
    spoken.textContent = words(count)
    badge.replaceChildren(...(count === 0 ? [] : [figure, spoken]))
  }
}
