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

export function fromSeoul(local: string): string {
  return new Date(`${local}:00+09:00`).toISOString()
}
