import { auctions as limits } from '../../../../worker/contract/limits.ts'
import { raised, type Won } from '../../../../worker/contract/money.ts'
import type { SellTexts } from '../../../i18n/ko/sell.ts'
import { amountOf, instantOf, type SellValues, softCloseOf } from './values.ts'

export type FaultCode = keyof SellTexts['faults']
export type Field = keyof SellValues
export type Faults = Partial<Record<Field, FaultCode>>

/** What keeps these values from being published, by field. `now` is the server's time. */
export function faultsOf(values: SellValues, now: number): Faults {
  const faults: Faults = {}
  const add = (field: Field, code: FaultCode | null) => {
    if (code !== null) faults[field] ??= code
  }
  add('pictures', values.pictures.length === 0 ? 'no-pictures' : null)
  add('title', textFault(values.title, limits.title))
  add('content', textFault(values.content, limits.content))
  add('category', values.category === '' ? 'empty' : null)
  add('condition', values.condition === '' ? 'empty' : null)
  add('hasDefects', values.hasDefects === '' ? 'empty' : null)
  if (values.hasDefects === 'some') add('defects', textFault(values.defects, limits.defects))
  addPriceFaults(values, add)
  addTimeFaults(values, now, add)
  add('handover', values.handover === '' ? 'empty' : null)
  if (values.handover === 'parcel' || values.handover === 'either') add('shippingFee', feeFault(values.shippingFee))
  if ([...values.region.trim()].length > limits.region) add('region', 'too-long')
  return faults
}

type Add = (field: Field, code: FaultCode | null) => void

function addPriceFaults(values: SellValues, add: Add): void {
  const start = amountOf(values.startPrice)
  const reserve = amountOf(values.reservePrice)
  const buyNow = amountOf(values.buyNowPrice)
  add('startPrice', start === null ? 'empty' : priceFault(start))
  for (const field of ['reservePrice', 'buyNowPrice', 'expectedPrice'] as const) {
    const amount = amountOf(values[field])
    if (amount !== null) add(field, priceFault(amount))
  }
  if (start === null || priceFault(start) !== null) return
  if (reserve !== null && reserve <= start) add('reservePrice', 'not-above-start')
  if (buyNow !== null && buyNow <= raised(start as Won)) add('buyNowPrice', 'not-above-first-step')
  if (buyNow !== null && reserve !== null && buyNow < reserve) add('buyNowPrice', 'below-reserve')
}

function addTimeFaults(values: SellValues, now: number, add: Add): void {
  const { min, max } = limits.durationMinutes
  const duration = values.durationMinutes
  const isDuration = Number.isSafeInteger(duration) && duration >= min && duration <= max
  add('durationMinutes', isDuration ? null : 'duration-range')
  if (isDuration && softCloseOf(values).windowSeconds * 2 > duration * 60) add('windowSeconds', 'window-too-long')
  if (values.startsAt === '') return
  const startsAt = Date.parse(instantOf(values.startsAt) ?? '')
  if (Number.isNaN(startsAt)) add('startsAt', 'empty')
  else if (startsAt < now - 60_000) add('startsAt', 'in-the-past')
  else if (startsAt > now + limits.startWithinMs) add('startsAt', 'too-late')
}

function textFault(text: string, most: number): FaultCode | null {
  const trimmed = text.trim()
  if (trimmed === '') return 'empty'
  return [...trimmed].length > most ? 'too-long' : null
}

function priceFault(amount: number): FaultCode | null {
  const { min, max, step } = limits.price
  if (amount < min) return 'too-low'
  if (amount > max) return 'too-high'
  return amount % step === 0 ? null : 'not-hundreds'
}

function feeFault(digits: string): FaultCode | null {
  const fee = amountOf(digits)
  if (fee === null) return 'empty'
  if (fee > limits.shippingFee) return 'fee-too-high'
  return fee % limits.price.step === 0 ? null : 'not-hundreds'
}

/** Where the server names a term, the field of the form that shows it. */
const fieldOfTerm: Record<string, Field> = { images: 'pictures', softClose: 'windowSeconds', bidderRules: 'minManner' }

/** Faults that the server found, by field. */
export function faultsFrom(
  errors: readonly { pointer: string; code: string }[],
  known: Record<string, unknown>,
): Faults {
  const faults: Faults = {}
  for (const { pointer, code } of errors) {
    const [, term = ''] = pointer.split('/')
    const field = fieldOfTerm[term] ?? (term as Field)
    faults[field] ??= (code in known ? code : 'invalid') as FaultCode
  }
  return faults
}
