import type { AuctionView, DraftTerms } from '../../../../worker/contract/auctions.ts'
import { auctions as limits } from '../../../../worker/contract/limits.ts'
import type { MediaView } from '../../../../worker/contract/media.ts'
import { fromSeoul, toSeoul } from '../../../i18n/seoul.ts'

/**
 * What stands in the form, as it was typed: amounts as digits, a start as a date field has it, in the time of Seoul. It is what a
 * browser keeps; what the server gets is made from it by `termsOf`.
 */
export interface SellValues {
  title: string
  content: string
  category: string
  condition: string
  /** "None" has to be said. */
  hasDefects: '' | 'none' | 'some'
  defects: string
  startPrice: string
  reservePrice: string
  buyNowPrice: string
  expectedPrice: string
  /** Empty: at publication. */
  startsAt: string
  durationMinutes: number
  /** Null: the usual one for the duration. */
  windowSeconds: number | null
  capMinutes: number
  handover: '' | 'meet' | 'parcel' | 'either'
  shippingFee: string
  region: string
  minManner: number | null
  minDeals: number | null
  maxNoShows: number | null
  followersOnly: boolean
  /** Ready pictures in order. */
  pictures: MediaView[]
}

export const emptyValues: SellValues = {
  title: '',
  content: '',
  category: '',
  condition: '',
  hasDefects: '',
  defects: '',
  startPrice: '',
  reservePrice: '',
  buyNowPrice: '',
  expectedPrice: '',
  startsAt: '',
  durationMinutes: limits.durationMinutes.default,
  windowSeconds: null,
  capMinutes: limits.softCloseDefault.capMinutes,
  handover: '',
  shippingFee: '',
  region: '',
  minManner: null,
  minDeals: null,
  maxNoShows: null,
  followersOnly: false,
  pictures: [],
}

/** The soft close that the server gives who asks for none in particular. */
export function usualSoftClose(durationMinutes: number): { windowSeconds: number; capMinutes: number } {
  const { softCloseDefault, softCloseLongDefault } = limits
  const usual = durationMinutes > softCloseLongDefault.fromMinutes ? softCloseLongDefault : softCloseDefault
  const most = Math.min(usual.windowSeconds, durationMinutes * 30)
  const windowSeconds = limits.softCloseWindows.findLast((seconds) => seconds <= most) ?? 0
  return { windowSeconds, capMinutes: usual.capMinutes }
}

export function softCloseOf({ windowSeconds, capMinutes, durationMinutes }: SellValues) {
  return windowSeconds === null ? usualSoftClose(durationMinutes) : { windowSeconds, capMinutes }
}

/** Digits as an amount; null where there are none. */
export function amountOf(digits: string): number | null {
  return digits === '' ? null : Number(digits)
}

/** The form of a draft that the server has. */
export function valuesOf(view: AuctionView): SellValues {
  const { terms } = view
  const digits = (amount: number | null | undefined) => (amount == null ? '' : String(amount))
  const usual = usualSoftClose(terms.durationMinutes)
  const { windowSeconds, capMinutes } = terms.softClose
  const isUsual = windowSeconds === usual.windowSeconds && capMinutes === usual.capMinutes
  return {
    title: terms.title,
    content: terms.content,
    category: terms.category ?? '',
    condition: terms.condition ?? '',
    hasDefects: terms.defects === null ? '' : terms.defects === '' ? 'none' : 'some',
    defects: terms.defects ?? '',
    startPrice: digits(terms.startPrice),
    reservePrice: digits(view.reservePrice),
    buyNowPrice: digits(terms.buyNowPrice),
    expectedPrice: digits(terms.expectedPrice),
    startsAt: terms.startsAt === null ? '' : toSeoul(Date.parse(terms.startsAt)),
    durationMinutes: terms.durationMinutes,
    windowSeconds: isUsual ? null : windowSeconds,
    capMinutes,
    handover: terms.handover ?? '',
    shippingFee: terms.handover === null || terms.handover === 'meet' ? '' : digits(terms.shippingFee),
    region: terms.region ?? '',
    ...terms.bidderRules,
    pictures: terms.images,
  }
}

export function bidderRulesOf({ minManner, minDeals, maxNoShows, followersOnly }: SellValues) {
  return { minManner, minDeals, maxNoShows, followersOnly }
}

/**
 * The draft as the server takes it: what could not be a term yet is left out as null, so that saving never fails over
 * something half typed.
 */
export function termsOf(values: SellValues): DraftTerms {
  const text = (value: string, most: number) => {
    const trimmed = value.trim()
    return trimmed !== '' && [...trimmed].length <= most ? trimmed : null
  }
  const price = (digits: string) => {
    const amount = amountOf(digits)
    const { min, max, step } = limits.price
    return amount !== null && amount >= min && amount <= max && amount % step === 0 ? (amount as never) : null
  }
  const fee = amountOf(values.shippingFee)
  const duration = values.durationMinutes
  const isDuration = duration >= limits.durationMinutes.min && duration <= limits.durationMinutes.max
  return {
    title: text(values.title, limits.title),
    content: text(values.content, limits.content),
    images: values.pictures.map(({ media }) => media),
    category: (values.category || null) as never,
    condition: (values.condition || null) as never,
    defects:
      values.hasDefects === 'none' ? '' : values.hasDefects === 'some' ? text(values.defects, limits.defects) : null,
    startPrice: price(values.startPrice),
    reservePrice: price(values.reservePrice),
    buyNowPrice: price(values.buyNowPrice),
    expectedPrice: price(values.expectedPrice),
    startsAt: values.startsAt === '' ? null : instantOf(values.startsAt),
    durationMinutes: isDuration ? duration : null,
    softClose:
      values.windowSeconds === null
        ? null
        : { windowSeconds: values.windowSeconds as never, capMinutes: values.capMinutes },
    handover: values.handover || null,
    // What was typed for a parcel is no part of the terms of those who meet.
    shippingFee:
      values.handover !== 'meet' && fee !== null && fee <= limits.shippingFee && fee % 100 === 0
        ? (fee as never)
        : null,
    region: text(values.region, limits.region),
    bidderRules: bidderRulesOf(values),
  }
}

/** ISO time of a date field; null while it is no time. */
export function instantOf(typed: string): string | null {
  const at = fromSeoul(typed)
  return at === null ? null : new Date(at).toISOString()
}
