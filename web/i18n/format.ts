import type { Language } from './language.ts'

const zone = 'Asia/Seoul'
const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** Numbers, money and times as people read them. Nothing here looks at a clock: `now` is always given, so that edge and browser render the same. */
export interface Format {
  /** `125,000원` / `₩125,000`. */
  won(amount: number): string
  /** The sign of money in a box that takes an amount, on the side where it is read. */
  wonSign: { before?: string; after?: string }
  number(value: number): string
  /** One digit after the point: a manner score. */
  score(value: number): string
  /** `2026년 11월 21일` / `November 21, 2026`, in Korean time. */
  date(at: number | string): string
  /** `11월 21일 (토) 오후 3:20` / `Sat, Nov 21, 3:20 PM`, in Korean time. */
  dateTime(at: number | string): string
  /** `11월 21일` / `Nov 21`, in Korean time: where the year goes without saying. */
  shortDate(at: number | string): string
  /** `11월 21일 오후 3:20` / `Nov 21, 3:20 PM`, in Korean time: where there is little room. */
  shortDateTime(at: number | string): string
  /** `오후 3:20` / `3:20 PM`, in Korean time. */
  time(at: number | string): string
  /** `15:20:31.004`: for ledgers, in Korean time. */
  exactTime(at: number | string): string
  /** `3분 전`, `in 2 hours`; from a week on the date. */
  relative(at: number | string, now: number): string
  /** A length in its one or two largest units: `1시간 20분`, `45 sec`. */
  duration(ms: number): string
  /** What a clock shows: `2일 3시간`, `1:02:03`, `04:59`. Never below zero. */
  clock(ms: number): string
  /** `300 KB`. */
  bytes(count: number): string
  /** `a, b 및 c`. */
  list(parts: readonly string[]): string
}

const made = new Map<Language, Format>()

export function formatIn(language: Language): Format {
  let format = made.get(language)
  if (!format) made.set(language, (format = createFormat(language)))
  return format
}

/** Intl's formatters take a phone milliseconds each to make, and no page needs them all. */
function whenNeeded<Made>(make: () => Made): () => Made {
  let made: Made | undefined
  return () => (made ??= make())
}

function createFormat(language: Language): Format {
  const locale = language === 'ko' ? 'ko-KR' : 'en-US'
  const number = whenNeeded(() => new Intl.NumberFormat(locale))
  const score = whenNeeded(() => new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }))
  const date = whenNeeded(() => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: zone }))
  const dateTime = whenNeeded(
    () =>
      new Intl.DateTimeFormat(locale, {
        month: language === 'ko' ? 'long' : 'short',
        day: 'numeric',
        weekday: 'short',
        hour: 'numeric',
        minute: '2-digit',
        timeZone: zone,
      }),
  )
  const monthDay = { month: language === 'ko' ? 'long' : 'short', day: 'numeric', timeZone: zone } as const
  const shortDate = whenNeeded(() => new Intl.DateTimeFormat(locale, monthDay))
  const shortDateTime = whenNeeded(
    () => new Intl.DateTimeFormat(locale, { ...monthDay, hour: 'numeric', minute: '2-digit' }),
  )
  const time = whenNeeded(() => new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone: zone }))
  const exactTime = whenNeeded(
    () =>
      new Intl.DateTimeFormat('en-GB', {
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
        fractionalSecondDigits: 3,
        hourCycle: 'h23',
        timeZone: zone,
      }),
  )
  const relative = whenNeeded(() => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }))
  const list = whenNeeded(() => new Intl.ListFormat(locale, { type: 'conjunction' }))
  const units =
    language === 'ko'
      ? { day: '일', hour: '시간', minute: '분', second: '초', gap: '' }
      : { day: 'd', hour: 'h', minute: 'min', second: 'sec', gap: ' ' }

  function spoken(count: number, unit: 'day' | 'hour' | 'minute' | 'second'): string {
    return `${number().format(count)}${units.gap}${units[unit]}`
  }

  function largest(ms: number): string {
    const parts = (
      [
        ['day', Math.floor(ms / day)],
        ['hour', Math.floor((ms % day) / hour)],
        ['minute', Math.floor((ms % hour) / minute)],
        ['second', Math.floor((ms % minute) / second)],
      ] as const
    ).map(([unit, count]) => ({ unit, count }))
    const first = parts.findIndex((part) => part.count > 0)
    if (first < 0) return spoken(0, 'second')
    return parts
      .slice(first, first + 2)
      .filter((part) => part.count > 0)
      .map((part) => spoken(part.count, part.unit))
      .join(' ')
  }

  return {
    won: (amount) => (language === 'ko' ? `${number().format(amount)}원` : `₩${number().format(amount)}`),
    wonSign: language === 'ko' ? { after: '원' } : { before: '₩' },
    number: (value) => number().format(value),
    score: (value) => score().format(value),
    date: (at) => date().format(new Date(at)),
    dateTime: (at) => dateTime().format(new Date(at)),
    shortDate: (at) => shortDate().format(new Date(at)),
    shortDateTime: (at) => shortDateTime().format(new Date(at)),
    time: (at) => time().format(new Date(at)),
    exactTime: (at) => exactTime().format(new Date(at)),
    relative(at, now) {
      const ms = new Date(at).getTime() - now
      const size = Math.abs(ms)
      if (size < 45 * second) return relative().format(0, 'second')
      if (size < 45 * minute) return relative().format(Math.round(ms / minute) || Math.sign(ms), 'minute')
      if (size < 22 * hour) return relative().format(Math.round(ms / hour), 'hour')
      if (size < 7 * day) return relative().format(Math.round(ms / day), 'day')
      return date().format(new Date(at))
    },
    duration: (ms) => largest(Math.max(0, ms)),
    clock(ms) {
      const left = Math.max(0, ms)
      if (left >= day) return largest(left - (left % hour))
      const whole = Math.ceil(left / second)
      const two = (value: number) => String(value).padStart(2, '0')
      const hours = Math.floor(whole / 3_600)
      const rest = `${two(Math.floor((whole % 3_600) / 60))}:${two(whole % 60)}`
      return hours > 0 ? `${hours}:${rest}` : rest
    },
    bytes: (count) =>
      count < 1024 * 1024
        ? `${number().format(Math.ceil(count / 1024))} KB`
        : `${score().format(count / 1024 / 1024)} MB`,
    list: (parts) => list().format(parts),
  }
}
