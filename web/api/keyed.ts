import { createSignal, type Signal } from 'solid-js'

/**
 * Values by name, each reactive by itself: who reads one hears of that one alone. A store would do the same and weighs 2 kB,
 * which most pages need for nothing else.
 */
export function createKeyed<T>() {
  const signals = new Map<string, Signal<T | undefined>>()
  const signalOf = (name: string) => {
    const known = signals.get(name)
    if (known) return known
    // oxlint-disable-next-line solid/reactivity -- kept as it is, for whoever reads it later
    const signal = createSignal<T | undefined>(undefined)
    signals.set(name, signal)
    return signal
  }
  return {
    get: (name: string): T | undefined => signalOf(name)[0](),
    set(name: string, value: T | undefined): void {
      signalOf(name)[1](() => value)
    },
    clear(): void {
      for (const [, set] of signals.values()) set(undefined)
    },
  }
}
