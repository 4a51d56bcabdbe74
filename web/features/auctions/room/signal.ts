import { signalsKept } from './kept.ts'

export type SignalKind = 'outbid' | 'extended' | 'won' | 'ended'

/** Frequencies of two short notes: falling is bad news, rising is good. */
const notes: Record<SignalKind, [number, number]> = {
  outbid: [660, 440],
  extended: [520, 520],
  won: [523, 784],
  ended: [440, 440],
}

let context: AudioContext | undefined

/** A short sound and a short vibration, each only where it was chosen. */
export function signal(kind: SignalKind): void {
  const { sound, vibrate } = signalsKept()
  if (vibrate) navigator.vibrate?.(kind === 'extended' ? 40 : [60, 60, 60])
  if (sound) play(notes[kind])
}

/** Choosing the sound plays it once, which is also the gesture that browsers ask for before any. */
export function play(frequencies: readonly number[]): void {
  context ??= new AudioContext()
  const { currentTime, destination } = context
  for (const [place, frequency] of frequencies.entries()) {
    const tone = context.createOscillator()
    const volume = context.createGain()
    const from = currentTime + place * 0.16
    tone.frequency.value = frequency
    volume.gain.setValueAtTime(0.0001, from)
    volume.gain.exponentialRampToValueAtTime(0.12, from + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.0001, from + 0.15)
    tone.connect(volume).connect(destination)
    tone.start(from)
    tone.stop(from + 0.16)
  }
}
