import { createSignal, onCleanup, onMount } from 'solid-js'

/** So near to the end counts as there. */
const nearPx = 48

/**
 * Keeps the reader's place in a column that grows at both ends: at the end it follows, elsewhere the line under the upper edge
 * stays where it is, whatever comes above, changes its height or is shown later. Done before the frame is painted, so nothing jumps.
 */
export function createPlace(options: { lines: string; onMove: () => void }) {
  const [isAtEnd, setAtEnd] = createSignal(true)
  let box: HTMLElement | undefined
  let content: HTMLElement | undefined
  /** The line under the upper edge, how far below it that was, and what the column was like then. */
  let kept: { line: HTMLElement | undefined; top: number; scrolled: number; height: number; room: number } | null = null

  const endOf = (element: HTMLElement) => element.scrollHeight - element.clientHeight

  function remember(): void {
    if (!box) return
    const { scrollTop: scrolled, scrollHeight: height, clientHeight: room } = box
    setAtEnd(endOf(box) - scrolled < nearPx)
    const edge = box.getBoundingClientRect().top
    const line = [...box.querySelectorAll<HTMLElement>(options.lines)].find(
      (one) => one.getBoundingClientRect().bottom > edge,
    )
    kept = { line, top: line ? line.getBoundingClientRect().top - edge : 0, scrolled, height, room }
  }

  /** Where the column has changed, puts the line back to where it was, but for what the reader has scrolled meanwhile. */
  function restore(): void {
    if (!box || !kept) return remember()
    const scrolled = box.scrollTop - kept.scrolled
    if (box.scrollHeight !== kept.height || box.clientHeight !== kept.room) {
      if (isAtEnd() && scrolled >= 0) box.scrollTop = endOf(box)
      else if (kept.line?.isConnected) {
        const top = kept.line.getBoundingClientRect().top - box.getBoundingClientRect().top
        box.scrollTop += top - (kept.top - scrolled)
      }
    }
    remember()
  }

  function onScroll(): void {
    // What has changed since the last frame is told to the observer only after this.
    restore()
    options.onMove()
  }

  onMount(() => {
    if (!box || !content) return
    const observer = new ResizeObserver(restore)
    observer.observe(content)
    observer.observe(box)
    onCleanup(() => observer.disconnect())
  })

  return {
    isAtEnd,
    box: (element: HTMLElement) => (box = element),
    content: (element: HTMLElement) => (content = element),
    onScroll,
    toEnd(): void {
      if (!box) return
      box.scrollTop = endOf(box)
      remember()
    },
    /** Puts a line a little below the upper edge. */
    show(line: HTMLElement): void {
      if (!box) return
      box.scrollTop += line.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 4
      remember()
    },
    /** What is left above the upper edge. */
    above: () => box?.scrollTop ?? 0,
  }
}
