/** One thing to choose. */
export interface Option<T extends string> {
  value: T
  label: string
  hint?: string
  disabled?: boolean
}
