import { createEffect, createRoot, on } from 'solid-js'
import type { Signal } from '../../../worker/contract/search.ts'
import { isPersonalised, learnPersonalised } from '../personalised.ts'
import { session } from '../session.ts'
import { createOutgoing, type Reader } from './outgoing.ts'
import { createStays } from './stays.ts'
import { createWatching } from './watching.ts'

const outgoing = createOutgoing({ reader: readerNow, send })
const stays = createStays(() => performance.now())
const { watch } = createWatching(stays, (target, ms) => outgoing.add({ target, kind: 'dwell', ms }))

export { watch }

/** Tells that a page was opened, and how long it is read. Returns how to stop. */
export function opened(target: string): () => void {
  const key = {}
  outgoing.add({ target, kind: 'open', ms: 0 })
  stays.begin(key, (ms) => outgoing.add({ target, kind: 'open', ms }))
  return () => stays.end(key)
}

// A page may have been opened behind another one.
if (document.visibilityState === 'hidden') stays.pause()
/** On phones a page that is hidden may never be seen again: what it knows goes out at once. */
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') return stays.resume()
  stays.pause()
  outgoing.flush()
})
addEventListener('pagehide', () => {
  stays.pause()
  outgoing.flush()
})

createRoot(() => {
  createEffect(
    on(
      () => session.account()?.handle,
      (handle, before) => {
        if (before !== undefined) outgoing.drop()
        if (handle !== undefined) void learnPersonalised()
      },
    ),
  )
})

function readerNow(): Reader | null {
  const state = session.state()
  if (state === 'visitor') return 'visitor'
  if (state !== 'signed-in') return null
  const choice = isPersonalised()
  if (choice === undefined) {
    void learnPersonalised()
    return null
  }
  return choice ? 'personal' : 'views-only'
}

/**
 * A beacon outlives the page but carries no token, so it is for visitors alone; `keepalive` outlives it too and does. The
 * token is at hand by then, so that the request leaves within the page's last moment.
 */
function send(signals: Signal[], reader: Reader): void {
  const body = JSON.stringify({ signals })
  if (reader === 'visitor') {
    navigator.sendBeacon('/api/signals', new Blob([body], { type: 'application/json' }))
    return
  }
  const headers = { 'content-type': 'application/json' }
  void session.call.fetch('/api/signals', { method: 'POST', keepalive: true, headers, body }).catch(() => {})
}
