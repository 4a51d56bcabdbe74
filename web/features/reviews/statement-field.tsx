import Check from 'lucide/dist/esm/icons/check.mjs'
import { For } from 'solid-js'
import { useTexts } from '../../i18n/i18n.ts'
import { Icon } from '../../ui/icon/icon.tsx'

/** Chips that are ticked, as many as fit. */
export function StatementField(props: {
  codes: readonly string[]
  chosen: readonly string[]
  error: string | undefined
  onChosen: (codes: string[]) => void
}) {
  const t = useTexts('reviews')
  const toggle = (code: string, isOn: boolean) =>
    props.onChosen(props.codes.filter((one) => (one === code ? isOn : props.chosen.includes(one))))
  return (
    <fieldset aria-describedby="statements-hint statements-error">
      <legend class="font-semibold">{t.write.statements}</legend>
      <p id="statements-hint" class="mb-2 text-caption text-ink-soft">
        {t.write.statementsHint}
      </p>
      <div class="flex flex-wrap gap-2">
        <For each={props.codes}>
          {(code, index) => (
            <label class="relative inline-flex min-h-11 cursor-pointer items-center gap-1.5 rounded-full border border-line bg-surface px-4 text-ink-soft has-checked:border-tangerine-text has-checked:bg-tangerine-tint has-checked:text-ink has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus forced-colors:has-checked:bg-[Highlight]">
              <input
                type="checkbox"
                name="statements"
                value={code}
                checked={props.chosen.includes(code)}
                aria-invalid={props.error && index() === 0 ? 'true' : undefined}
                class="peer sr-only"
                onChange={(event) => toggle(code, event.currentTarget.checked)}
              />
              <span class="hidden peer-checked:inline">
                <Icon of={Check} class="size-4" />
              </span>
              {t.statements[code]}
            </label>
          )}
        </For>
      </div>
      <p id="statements-error" aria-live="polite" class="mt-1.5 text-caption font-medium text-brick empty:hidden">
        {props.error}
      </p>
    </fieldset>
  )
}
