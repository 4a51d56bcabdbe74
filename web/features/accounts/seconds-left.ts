import { createSignal, onCleanup } from 'solid-js'

/** Counts whole seconds down to 0; `start` begins anew. It is only a courtesy: whether the time is over the server says. */
export function createSecondsLeft(): [left: () => number, start: (ms: number) => void] {
  const [left, setLeft] = createSignal(0)
  let timer: ReturnType<typeof setInterval> | undefined

  function start(ms: number): void {
    clearInterval(timer)
    const end = performance.now() + ms
    setLeft(Math.ceil(ms / 1_000))
    timer = setInterval(() => {
      setLeft(Math.max(0, Math.ceil((end - performance.now()) / 1_000)))
      if (left() === 0) clearInterval(timer)
    }, 1_000)
  }

  onCleanup(() => clearInterval(timer))
  return [left, start]
}
