import { fromSeoul } from '../../i18n/seoul.ts'
import { TextField } from '../../ui/field/text-field.tsx'

/** A day and a time, in Korean time. */
export function MomentField(props: { label: string; value: string; onValue: (value: string) => void }) {
  return (
    <TextField
      type="datetime-local"
      name="until"
      label={props.label}
      aside="KST"
      required
      value={props.value}
      onValue={props.onValue}
    />
  )
}

/** What was typed there, in ISO. Throws for what is no time: the field is required. */
export function momentOf(typed: string): string {
  return new Date(fromSeoul(typed) ?? Number.NaN).toISOString()
}
