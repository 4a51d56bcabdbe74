import { type Accessor, createSignal, onCleanup } from 'solid-js'

export const speeds = [1, 10, 60] as const
export type Speed = (typeof speeds)[number]

export interface Player {
  /** The recorded moment that is shown. */
  at: Accessor<number>
  isPlaying: Accessor<boolean>
  speed: Accessor<Speed>
  /** Plays on; from the start again when it stands at the end. */
  play(): void
  pause(): void
  /** Goes to a recorded moment and stays in the mood it was: playing or not. */
  seek(at: number): void
  setSpeed(speed: Speed): void
}

/**
 * Time of a recording running by the screen's frames: a page that is not looked at stands still, and comes back where it was.
 * In browsers only, inside a component, whose end is its end.
 */
export function createPlayer({ from, to }: { from: number; to: number }): Player {
  const [at, setAt] = createSignal(from)
  const [isPlaying, setPlaying] = createSignal(false)
  const [speed, setSpeed] = createSignal<Speed>(10)
  let frame = 0
  let shownAt = 0

  /** A longer gap between two frames was sleep, not time watched. */
  const longestFrameMs = 250

  function show(now: number): void {
    const passed = Math.min(longestFrameMs, Math.max(0, now - shownAt))
    shownAt = now
    seek(at() + passed * speed())
    if (at() >= to) setPlaying(false)
    else frame = requestAnimationFrame(show)
  }

  function play(): void {
    if (isPlaying()) return
    if (at() >= to) seek(from)
    setPlaying(true)
    shownAt = performance.now()
    frame = requestAnimationFrame(show)
  }

  function pause(): void {
    cancelAnimationFrame(frame)
    setPlaying(false)
  }

  function seek(moment: number): void {
    setAt(Math.min(to, Math.max(from, moment)))
  }

  onCleanup(() => cancelAnimationFrame(frame))
  return { at, isPlaying, speed, play, pause, seek, setSpeed }
}
