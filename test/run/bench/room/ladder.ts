import { raised, type Won } from '../../../../worker/contract/money.ts'
import { auctions } from '../../../../worker/contract/limits.ts'

/** The lowest amounts that may be bid one after the other, from the start price to the highest bid there is: some 2,400. */
export function amounts(count: number): number[] {
  const rising: number[] = []
  for (let amount = 100 as Won; rising.length < count && amount <= auctions.bid.max; amount = raised(amount))
    rising.push(amount)
  if (rising.length < count) throw new Error(`the ladder has ${rising.length} steps, ${count} were asked for`)
  return rising
}
