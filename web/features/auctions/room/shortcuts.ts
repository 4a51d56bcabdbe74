import { onCleanup, onMount } from 'solid-js'
import { signalsKept } from './kept.ts'

/**
 * Single keys: B to the bid button, M to the maximum, C to the chat, ? to the list of keys. They move the focus and nothing
 * else, do nothing while somebody types or a dialog is open, and can be switched off.
 */
export function createShortcuts(act: {
  bid: () => void
  max: () => void
  chat: () => Promise<void>
  help: () => void
}): void {
  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return
    if (isTyping(event.target) || document.querySelector('dialog[open]') || !signalsKept().keys) return
    // On a Korean keyboard the same keys give jamo: the place of the key decides, and for "?" what it writes.
    const run =
      event.key === '?' ? act.help : { KeyB: act.bid, KeyM: act.max, KeyC: act.chat }[event.shiftKey ? '' : event.code]
    if (!run) return
    event.preventDefault()
    void run()
  }
  onMount(() => document.addEventListener('keydown', onKeyDown))
  onCleanup(() => {
    if (typeof document !== 'undefined') document.removeEventListener('keydown', onKeyDown)
  })
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null
}
