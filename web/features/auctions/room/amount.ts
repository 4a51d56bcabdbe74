import { auctions as limits } from '../../../../worker/contract/limits.ts'
import { raised, type Won } from '../../../../worker/contract/money.ts'

export type AmountFault = 'empty' | 'not-hundreds' | 'too-low' | 'too-high' | 'not-higher'

export interface AmountRules {
  minimum: number
  /** Own maximum of somebody who leads: only a higher one changes anything. */
  above: number | null
}

/** Digits of what was typed, whatever stands between them; null where there are none. */
export function amountIn(text: string): number | null {
  const digits = text.replaceAll(/\D/g, '').slice(0, 10)
  return digits === '' ? null : Number(digits)
}

export function faultOf(amount: number | null, { minimum, above }: AmountRules): AmountFault | null {
  if (amount === null) return 'empty'
  if (amount % limits.price.step !== 0) return 'not-hundreds'
  if (amount > limits.bid.max) return 'too-high'
  if (above !== null && amount <= above) return 'not-higher'
  return amount < minimum ? 'too-low' : null
}

/** Ten times the next bid or more is asked about once more. */
export function needsConfirmation(amount: number, minimum: number): boolean {
  return amount >= minimum * limits.bid.confirmFactor
}

/** The next amounts that somebody could want: the least, and a few steps more. */
export function quickAmounts(minimum: number): number[] {
  const amounts = [minimum as Won]
  for (let steps = 1; steps <= 10; steps += 1) amounts.push(raised(amounts.at(-1) ?? (minimum as Won)))
  return [amounts[0], amounts[1], amounts[3], amounts[6], amounts[10]].filter((amount) => amount !== undefined)
}
