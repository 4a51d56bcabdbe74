import type { JSX } from 'solid-js'
import { useFormat } from '../../../i18n/i18n.ts'
import { TextField } from '../../../ui/field/text-field.tsx'

/** An amount in won: digits with their separators while one types; `value` are the digits alone. */
export function AmountField(props: {
  label: JSX.Element
  value: string
  onValue: (digits: string) => void
  onLeave: () => void
  hint?: JSX.Element
  error?: string | undefined
  optional?: boolean
  name: string
}) {
  const format = useFormat()
  return (
    <TextField
      label={props.label}
      hint={props.hint}
      error={props.error}
      optional={props.optional ?? false}
      name={props.name}
      value={props.value === '' ? '' : format.number(Number(props.value))}
      onValue={(text) =>
        props.onValue(
          text
            .replaceAll(/\D/g, '')
            .replace(/^0+(?=\d)/, '')
            .slice(0, 10),
        )
      }
      onBlur={() => props.onLeave()}
      onBeforeInput={(event) => {
        if (event.inputType === 'insertText' && /\D/.test(event.data ?? '')) event.preventDefault()
      }}
      inputmode="numeric"
      autocomplete="off"
      before={format.wonSign.before}
      unit={format.wonSign.after}
    />
  )
}
