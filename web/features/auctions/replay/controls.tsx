import Pause from 'lucide/dist/esm/icons/pause.mjs'
import Play from 'lucide/dist/esm/icons/play.mjs'
import SkipBack from 'lucide/dist/esm/icons/skip-back.mjs'
import SkipForward from 'lucide/dist/esm/icons/skip-forward.mjs'
import { useFormat, useTexts } from '../../../i18n/i18n.ts'
import { Button, IconButton } from '../../../ui/button/button.tsx'
import { RadioField } from '../../../ui/field/radio-field.tsx'
import { type Player, type Speed, speeds } from './player.ts'
import { momentBeside, type Recording } from './recording.ts'

/** The slider counts seconds, so that an arrow key moves by one. */
const second = 1_000

/** Play and pause, event by event, anywhere by the slider, and how fast. */
export function Controls(props: { player: Player; recording: Recording }) {
  const t = useTexts('replay')
  const format = useFormat()
  const isAtEnd = () => props.player.at() >= props.recording.to
  const step = (by: 1 | -1) => {
    props.player.pause()
    props.player.seek(momentBeside(props.recording, props.player.at(), by))
  }
  return (
    <div class="grid gap-3">
      <div class="grid gap-1">
        <input
          type="range"
          aria-label={t.position}
          aria-valuetext={format.exactTime(Math.floor(props.player.at())).slice(0, 8)}
          min="0"
          max={Math.ceil((props.recording.to - props.recording.from) / second)}
          value={Math.round((props.player.at() - props.recording.from) / second)}
          onInput={(event) => props.player.seek(props.recording.from + event.currentTarget.valueAsNumber * second)}
          class="h-11 w-full accent-(--tangerine-text)"
        />
        <p aria-hidden="true" class="figures flex justify-between text-caption text-ink-faint">
          <span>{format.exactTime(props.recording.from).slice(0, 8)}</span>
          <span class="font-semibold text-ink">{format.exactTime(Math.floor(props.player.at())).slice(0, 8)}</span>
          <span>{format.exactTime(props.recording.to).slice(0, 8)}</span>
        </p>
      </div>
      <div class="flex flex-wrap items-center justify-between gap-3">
        <div class="flex items-center gap-1">
          <IconButton icon={SkipBack} label={t.before} onClick={() => step(-1)} />
          <Button
            look="main"
            icon={props.player.isPlaying() ? Pause : Play}
            onClick={() => (props.player.isPlaying() ? props.player.pause() : props.player.play())}
          >
            {props.player.isPlaying() ? t.pause : isAtEnd() ? t.fromStart : t.play}
          </Button>
          <IconButton icon={SkipForward} label={t.next} onClick={() => step(1)} />
        </div>
        <RadioField
          row
          hideLabel
          label={t.speed}
          value={String(props.player.speed())}
          options={speeds.map((speed) => ({ value: String(speed), label: t.times(speed) }))}
          onValue={(speed) => props.player.setSpeed(Number(speed) as Speed)}
          class="min-w-52"
        />
      </div>
    </div>
  )
}
