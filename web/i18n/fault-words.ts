import { useTexts } from './i18n.ts'

/**
 * The words of a field's fault by the API's code; `own` says more than the code alone where a field has limits of its own.
 * The page names the area `forms`.
 */
export function useFaultWords(): (code: string | undefined, own?: Record<string, string>) => string | undefined {
  const t = useTexts('forms')
  return (code, own) => code && (own?.[code] ?? t.faults[code] ?? t.faults.invalid)
}
