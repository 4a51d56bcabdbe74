import Circle from 'lucide/dist/esm/icons/circle.mjs'
import CircleCheck from 'lucide/dist/esm/icons/circle-check.mjs'
import { For } from 'solid-js'
import { faultsOf, type Owner, type PasswordFault } from '../../../worker/contract/password.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { Icon } from '../../ui/icon/icon.tsx'

/** Every rule with whether it is met, as it is typed; said in words too, for those who do not see the colour. */
export function PasswordRules(props: { password: string; owner: Owner }) {
  const t = useTexts('accounts')
  const faults = () => new Set<PasswordFault>(props.password ? faultsOf(props.password, props.owner) : [])
  const rules: { text: string; faults: PasswordFault[] }[] = [
    { text: t.password.length, faults: ['too-short', 'too-long'] },
    { text: t.password.mix, faults: ['needs-letter', 'needs-digit', 'needs-sign'] },
    { text: t.password.notDigits, faults: ['all-digits'] },
    { text: t.password.unlike, faults: ['like-handle', 'like-name', 'like-email'] },
  ]
  const isMet = (rule: { faults: PasswordFault[] }) =>
    props.password !== '' && !rule.faults.some((fault) => faults().has(fault))
  return (
    <ul aria-label={t.password.rules} class="flex flex-col gap-1 text-caption">
      <For each={rules}>
        {(rule) => (
          <li class={`flex items-start gap-1.5 ${isMet(rule) ? 'font-medium text-leaf' : 'text-ink-soft'}`}>
            <Icon
              of={isMet(rule) ? CircleCheck : Circle}
              label={isMet(rule) ? t.password.met : t.password.unmet}
              class="mt-0.5 size-4"
            />
            {rule.text}
          </li>
        )}
      </For>
    </ul>
  )
}

/** One word for the field; which rule it is the list tells. The server alone knows the common ones. */
export function passwordFault(password: string, owner: Owner): { password?: string } {
  if (!password) return { password: 'required' }
  return faultsOf(password, owner).length > 0 ? { password: 'weak' } : {}
}
