import FaceSlightlyFrowning from 'lucide/dist/esm/icons/face-slightly-frowning.mjs'
import FaceGrinning from 'lucide/dist/esm/icons/face-grinning.mjs'
import FaceNeutral from 'lucide/dist/esm/icons/face-neutral.mjs'
import FaceSlightlySmiling from 'lucide/dist/esm/icons/face-slightly-smiling.mjs'
import { For } from 'solid-js'
import type { Grade } from '../../../worker/contract/statements.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { Chip, type Tone } from '../../ui/chip/chip.tsx'
import { Icon, type IconShape } from '../../ui/icon/icon.tsx'

export const looks: Record<Grade, { face: IconShape; tone: Tone; text: string }> = {
  5: { face: FaceGrinning, tone: 'leaf', text: 'text-leaf' },
  3: { face: FaceSlightlySmiling, tone: 'tangerine', text: 'text-tangerine-text' },
  0: { face: FaceNeutral, tone: 'plain', text: 'text-ink-soft' },
  [-20]: { face: FaceSlightlyFrowning, tone: 'brick', text: 'text-brick' },
}

/** A grade as a face and a word. */
export function GradeChip(props: { grade: Grade }) {
  const t = useTexts('reviews')
  return (
    <Chip tone={looks[props.grade].tone} icon={looks[props.grade].face} size="normal">
      {t.grades[props.grade]}
    </Chip>
  )
}

export function StatementList(props: { codes: readonly string[] }) {
  const t = useTexts('reviews')
  return (
    <ul class="flex flex-wrap gap-1.5">
      <For each={props.codes}>
        {(code) => (
          <li class="rounded-full bg-sunken px-3 py-1 text-ink-soft">{t.statements[code] ?? t.unknownStatement}</li>
        )}
      </For>
    </ul>
  )
}

/** Four faces, of which one is chosen. */
export function GradeField(props: {
  value: Grade | null
  grades: readonly Grade[]
  error: string | undefined
  onValue: (grade: Grade) => void
}) {
  const t = useTexts('reviews')
  return (
    <fieldset
      role="radiogroup"
      aria-labelledby="grade-label"
      aria-describedby="grade-error"
      aria-invalid={props.error ? 'true' : undefined}
    >
      <legend id="grade-label" class="mb-2 font-semibold">
        {t.write.grade}
      </legend>
      <div class="grid grid-cols-2 gap-2 sm:grid-cols-4">
        <For each={props.grades}>
          {(grade) => (
            <label class="relative flex min-h-24 cursor-pointer flex-col items-center justify-center gap-1.5 rounded-card border border-line bg-surface p-3 text-center has-checked:border-tangerine-text has-checked:bg-tangerine-tint has-checked:font-semibold has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus forced-colors:has-checked:bg-[Highlight]">
              <input
                type="radio"
                name="grade"
                value={grade}
                checked={props.value === grade}
                class="sr-only"
                onChange={() => props.onValue(grade)}
              />
              <span class={looks[grade].text}>
                <Icon of={looks[grade].face} class="size-9" />
              </span>
              {t.grades[grade]}
            </label>
          )}
        </For>
      </div>
      <p id="grade-error" aria-live="polite" class="mt-1.5 text-caption font-medium text-brick empty:hidden">
        {props.error}
      </p>
    </fieldset>
  )
}
