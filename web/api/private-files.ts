import { createSignal, onCleanup, onMount } from 'solid-js'
import { problemOf } from './problem.ts'
import { session } from './session.ts'

/**
 * Private pictures: their address answers only to somebody with a token, which an `<img>` does not carry. So the file is
 * fetched and shown from memory. Those shown last are kept, for the way back, and for the account that may see them.
 */
const kept = new Map<string, Promise<string>>()
const mostKept = 60

function fileAt(address: string): Promise<string> {
  const name = `${session.account()?.handle} ${address}`
  const known = kept.get(name)
  const file = known ?? fetchFile(address)
  kept.delete(name)
  kept.set(name, file)
  if (known === undefined) file.catch(() => kept.delete(name))
  for (const [oldest, old] of kept) {
    if (kept.size <= mostKept) break
    kept.delete(oldest)
    old.then(URL.revokeObjectURL, () => {})
  }
  return file
}

async function fetchFile(address: string): Promise<string> {
  const response = await session.call.fetch(address)
  if (!response.ok) throw await problemOf(response)
  return URL.createObjectURL(await response.blob())
}

interface PrivateView {
  sources: readonly { width: number; webp: string }[]
}

/** The file of at least this width as an address for an `<img>`: reactive, null until it is here. In browsers only. */
export function createPrivateFile(view: () => PrivateView, width: () => number) {
  const [address, setAddress] = createSignal<string | null>(null)
  const [isLost, setLost] = createSignal(false)
  let isLeft = false
  onCleanup(() => (isLeft = true))
  onMount(async () => {
    const source = view().sources.find((one) => one.width >= width()) ?? view().sources.at(-1)
    try {
      if (!source) throw new TypeError('a picture without sources')
      const file = await fileAt(source.webp)
      if (!isLeft) setAddress(file)
    } catch {
      if (!isLeft) setLost(true)
    }
  })
  return { address, isLost }
}
