import { Show } from 'solid-js'
import { Field } from '../../ui/field/field.tsx'
import { asProblem } from '../../api/problem.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { useProblemWords } from '../../i18n/problem-words.ts'
import { Button } from '../../ui/button/button.tsx'
import { controlClass } from '../../ui/field/field.tsx'

/** The words for a code that was wrong, with the tries that are left; undefined for any other problem. */
export function useWrongCode(): (thrown: unknown) => string | undefined {
  const t = useTexts('accounts')
  const words = useProblemWords()
  return (thrown) => {
    const problem = thrown == null ? null : asProblem(thrown)
    if (problem?.code !== 'code-wrong') return undefined
    const left = problem.extra.triesLeft
    return [words(problem).title, typeof left === 'number' ? t.phone.triesLeft(left) : ''].filter(Boolean).join('. ')
  }
}

/**
 * Six digits from a message, and the way to get others. One field, not six: phones fill it from the message, and
 * everyone can paste into it. `onComplete` is called when the sixth digit is there.
 */
export function CodeField(props: {
  value: string
  onValue: (value: string) => void
  onComplete: () => void
  error: string | undefined
  hint: string
  /** Seconds until another code may be asked for. */
  waitSeconds: number
  isResending: boolean
  onResend: () => void
}) {
  const t = useTexts('accounts')
  return (
    <Field label={t.phone.code} hint={props.hint} error={props.error}>
      {(relations) => (
        <>
          <input
            id={relations.id}
            aria-describedby={relations['aria-describedby']}
            aria-invalid={relations['aria-invalid']}
            name="code"
            type="text"
            inputmode="numeric"
            autocomplete="one-time-code"
            autofocus
            maxlength="6"
            required
            value={props.value}
            onInput={(event) => {
              const digits = event.currentTarget.value.replaceAll(/\D/g, '').slice(0, 6)
              event.currentTarget.value = digits
              props.onValue(digits)
              if (digits.length === 6) props.onComplete()
            }}
            class={`${controlClass} figures text-center text-heading font-bold tracking-[0.4em]`}
          />
          <div class="flex justify-end">
            <Show
              when={props.waitSeconds === 0}
              fallback={
                <span class="figures flex min-h-11 items-center text-caption text-ink-faint">
                  {t.phone.resendIn(props.waitSeconds)}
                </span>
              }
            >
              <Button look="quiet" size="small" busy={props.isResending} onClick={() => props.onResend()}>
                {t.phone.resend}
              </Button>
            </Show>
          </div>
        </>
      )}
    </Field>
  )
}
