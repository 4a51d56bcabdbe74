import type { Owner } from '../../../worker/contract/password.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { PasswordField } from '../../ui/field/text-field.tsx'
import { useFaultWords } from '../../i18n/fault-words.ts'
import { PasswordRules } from './password-rules.tsx'

/** A password to be, with its rules below. */
export function NewPasswordField(props: {
  label: string
  value: string
  onValue: (value: string) => void
  onLeave: () => void
  fault: string | undefined
  owner: Owner
}) {
  const f = useTexts('forms')
  const faults = useFaultWords()
  return (
    <div class="flex flex-col gap-2">
      <PasswordField
        label={props.label}
        error={faults(props.fault, { weak: f.passwordWeak, ...ruleWords(f.passwordWeak) })}
        name="password"
        autocomplete="new-password"
        required
        value={props.value}
        onValue={(value) => props.onValue(value)}
        onBlur={() => props.onLeave()}
      />
      <PasswordRules password={props.value} owner={props.owner} />
    </div>
  )
}

/** The server names the rule; the list below the field shows which. */
function ruleWords(weak: string): Record<string, string> {
  const named = ['too-short', 'too-long', 'all-digits', 'needs-letter', 'needs-digit', 'needs-sign']
  return Object.fromEntries([...named, 'like-handle', 'like-name', 'like-email'].map((code) => [code, weak]))
}
