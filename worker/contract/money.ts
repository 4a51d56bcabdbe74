import { ladder } from './limits.ts'

/** Whole Korean won, a multiple of 100, never negative, as a JSON integer. */
export type Won = number & IsWon

/** The mark of each brand has a name, so that declarations which infer one can say it. */
export interface IsWon {
  readonly won: unique symbol
}

/** Brands an integer as won. Throws RangeError where the number could not be one: a defect of the caller, not of a user. */
export function won(amount: number): Won {
  if (!isWon(amount)) throw new RangeError(`not an amount in won: ${amount}`)
  return amount as Won
}

export function isWon(amount: number): amount is Won {
  return Number.isSafeInteger(amount) && amount >= 0 && amount % 100 === 0
}

/** The step that is added to `price`: that of the amount it is added to, so 9,900 rises by 100 and 10,000 by 500. */
export function stepAt(price: Won): Won {
  for (const [below, step] of ladder) if (price < below) return step as Won
  throw new RangeError(`no step at ${price}`)
}

export function raised(price: Won): Won {
  return (price + stepAt(price)) as Won
}
