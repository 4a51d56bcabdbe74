import { createEffect, untrack } from 'solid-js'
import { useFormat, useTexts } from '../../../i18n/i18n.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import { announce, announceNow } from '../../../ui/live-region/live-region.tsx'
import { resultText } from './result.tsx'
import { useRoom } from './room.tsx'
import { signal } from './signal.ts'
import { isOver } from './standing.ts'

/** The clock speaks when so much is left, and not in between. */
const spokenAtMs = [600_000, 60_000, 30_000, 10_000]

/** Hears of each change with what was before, the first one included. */
function changed<T>(value: () => T, tell: (value: T, before: T) => void): void {
  let before = untrack(value)
  createEffect(() => {
    const now = value()
    if (now === before) return
    const was = before
    before = now
    untrack(() => tell(now, was))
  })
}

/**
 * Says aloud what moves on the page: price and clock when there is a pause, what concerns the reader at once. Sound and
 * vibration go with what concerns the reader, where they were chosen. It shows nothing itself.
 */
export function Announcer() {
  const t = useTexts('signals').speak
  const format = useFormat()
  const words = useProblemWords()
  const room = useRoom()
  const result = resultText()
  changed(
    () => room.state().auction.price,
    (price) => announce(t.price(format.won(price)) + (room.standing() === 'leading' ? `. ${t.leading}` : '')),
  )
  changed(room.bidding.attempt, (attempt) => {
    if (attempt?.phase === 'accepted') announceNow(t.accepted(format.won(attempt.amount)))
    if (attempt?.phase === 'refused') announceNow(t.refused(words({ code: attempt.refusal.code }).title))
  })
  changed(room.standing, (standing, before) => {
    if (before !== 'leading' || standing !== 'outbid') return
    announceNow(t.outbid(format.won(room.state().auction.minimumBid ?? room.state().auction.price)))
    signal('outbid')
  })
  changed(
    () => room.state().extension?.logSeq,
    () => {
      const extension = room.state().extension
      if (!extension) return
      announce(t.extended(format.duration(Math.max(1_000, extension.addedMs))))
      if (room.mask() !== null) signal('extended')
    },
  )
  changed(room.phase, (phase, before) => {
    if (phase === 'running' && (before === 'scheduled' || before === 'opening')) announceNow(t.started)
    if (!isOver(phase) || isOver(before)) return
    const won = room.standing() === 'won'
    announceNow(won ? t.won(format.won(room.state().auction.price)) : t.ended(result()))
    if (room.mask() !== null) signal(won ? 'won' : 'ended')
  })
  changed(
    () => room.state().notes.length,
    (count, before) => {
      const note = room.state().notes.at(-1)
      if (note && count > before) announce(t.note(note.text))
    },
  )
  changed(
    () => {
      const now = room.now()
      if (now === null || room.phase() !== 'running') return null
      const left = Date.parse(room.state().auction.endsAt) - now
      return spokenAtMs.findLast((mark) => left <= mark) ?? null
    },
    (mark, before) => {
      const isLater = before !== null && mark !== null && mark > before
      if (mark !== null && !isLater) announce(t.left(format.duration(mark)))
    },
  )
  return null
}
