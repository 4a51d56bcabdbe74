import Hourglass from 'lucide/dist/esm/icons/hourglass.mjs'
import TimerReset from 'lucide/dist/esm/icons/timer-reset.mjs'
import { createEffect, createSignal, on, onCleanup, Show } from 'solid-js'
import { useFormat, useTexts } from '../../../i18n/i18n.ts'
import { Chip } from '../../../ui/chip/chip.tsx'
import { Icon } from '../../../ui/icon/icon.tsx'
import { Progress } from '../../../ui/progress/progress.tsx'
import { useRoom } from './room.tsx'
import { isOver } from './standing.ts'

const extensionShownMs = 8_000

/** What the bar counts where no window does. */
const hardCloseMs = 30_000

/** How the end may move, in one sentence. */
export function softCloseText(): () => string {
  const t = useTexts('room').clock
  const format = useFormat()
  const room = useRoom()
  return () => {
    const { softClose, durationMinutes } = room.view().terms
    if (softClose.windowSeconds === 0) return t.hard
    const { hardEndAt } = room.state().auction
    const latest = durationMinutes > 720 ? format.dateTime(hardEndAt) : format.time(hardEndAt)
    return t.soft(format.duration(softClose.windowSeconds * 1_000), latest)
  }
}

/**
 * The clock: time left by the server's time, the moment itself, and how that moment may move. Its bar runs empty in the
 * window in which a price change moves the end, and fills again when one does.
 */
export function Deadline() {
  const t = useTexts('room').clock
  const format = useFormat()
  const room = useRoom()
  const sentence = softCloseText()
  const auction = () => room.state().auction
  const isBefore = () => room.phase() === 'scheduled' || room.phase() === 'opening'
  const due = () => Date.parse(isBefore() ? auction().startsAt : auction().endsAt)
  const left = () => {
    const now = room.now()
    return now === null ? null : due() - now
  }
  const windowMs = () => room.view().terms.softClose.windowSeconds * 1_000 || hardCloseMs
  const share = () => Math.max(0, Math.min(1, (left() ?? windowMs()) / windowMs()))
  const moment = () => {
    const long = Math.abs(left() ?? Infinity) > 12 * 3_600_000
    const time = long ? format.dateTime(due()) : format.time(due())
    return isBefore() ? t.startsAt(time) : t.endsAt(time)
  }

  return (
    <div class="grid gap-2">
      <Show
        when={!isOver(room.phase())}
        fallback={
          <p class="font-medium text-ink-soft">{t.endedAt(format.dateTime(auction().endedAt ?? auction().endsAt))}</p>
        }
      >
        <div class="flex items-end justify-between gap-3">
          <div>
            <p class="text-caption font-medium text-ink-soft">{isBefore() ? t.startsIn : t.endsIn}</p>
            <p class="figures flex items-center gap-2 text-hero font-extrabold" role="timer" aria-live="off">
              <Show when={left() !== null} fallback={<span class="text-heading">{format.time(due())}</span>}>
                <Show
                  when={room.phase() === 'running' || room.phase() === 'scheduled'}
                  fallback={
                    <span class="flex items-center gap-2 text-heading">
                      <Icon of={Hourglass} />
                      {isBefore() ? t.opening : t.closing}
                    </span>
                  }
                >
                  {format.clock(left() ?? 0)}
                </Show>
              </Show>
            </p>
          </div>
          <div class="grid justify-items-end gap-1 pb-1">
            <Extension />
            <p class="text-caption text-ink-soft">{moment()}</p>
          </div>
        </div>
        <div aria-hidden="true">
          <Progress label="" value={isBefore() ? 1 : share()} class="h-2" />
        </div>
        <p class="text-caption text-ink-soft text-pretty">{room.phase() === 'closing' ? t.closingHelp : sentence()}</p>
      </Show>
    </div>
  )
}

/** An extension, seen as it happens. */
function Extension() {
  const t = useTexts('room').clock
  const format = useFormat()
  const room = useRoom()
  const [isShown, setShown] = createSignal(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  createEffect(
    on(
      () => room.state().extension?.logSeq,
      (place) => {
        if (place === undefined) return
        setShown(true)
        clearTimeout(timer)
        timer = setTimeout(() => setShown(false), extensionShownMs)
      },
    ),
  )
  onCleanup(() => clearTimeout(timer))
  const text = () => {
    const extension = room.state().extension
    if (!extension) return ''
    const added = format.duration(Math.max(1_000, Math.round(extension.addedMs / 1_000) * 1_000))
    return extension.cause === 'outage' ? t.outage(added) : t.extended(added)
  }
  return (
    <Show when={isShown() && room.state().extension} keyed>
      <span class="enter-up">
        <Chip tone="tangerine" icon={TimerReset}>
          {text()}
        </Chip>
      </span>
    </Show>
  )
}
