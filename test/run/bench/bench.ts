/** What one measurement tells, such as `search p50`. */
export interface Figure {
  name: string
  unit: string
  aim?: { atLeast: number } | { atMost: number }
}

/** A value, or one beside what the obvious way to do the same gave in the same round. */
export type Measured = number | { value: number; baseline: number }

/** Each value beside the baseline of the same place. */
export function beside(values: readonly number[], baselines: readonly number[]): Measured[] {
  return values.map((value, place) => ({ value, baseline: baselines[place] ?? Number.NaN }))
}

/** How much is asked for: `quick` is for seeing that a bench works, its figures mean little. */
export interface Effort {
  quick: boolean
}

/** One way to measure, with a name for `--only` and what was done in words. */
export interface Bench {
  name: string
  method: string
  figures: readonly Figure[]
  /** How often it is measured; the median counts. Default 3. */
  times?: number
  /** Makes everything ready, outside of the time that is taken. Throw `NotHere` where this computer lacks something. */
  open(effort: Effort): Promise<OpenBench>
}

export interface OpenBench {
  /** One value for each figure, in their order. */
  measure(): Promise<readonly Measured[]>
  close(): Promise<void>
}

/** This cannot be measured on this computer; the message says what is missing. */
export class NotHere extends Error {}

export interface Result extends Figure {
  bench: string
  method: string
  /** Null where it could not be measured; `missing` says why. */
  median: number | null
  values: number[]
  /** Median of the baselines, and of the ratios within a round; null where there is none. */
  baseline: number | null
  ratio: number | null
  missing?: string
}

/** A quick run measures once. */
export async function run(bench: Bench, effort: Effort): Promise<Result[]> {
  const { name, method, figures } = bench
  const times = effort.quick ? 1 : (bench.times ?? 3)
  try {
    const open = await bench.open(effort)
    const rounds: (readonly Measured[])[] = []
    try {
      for (let round = 0; round < times; round += 1) rounds.push(await open.measure())
    } finally {
      await open.close()
    }
    return figures.map((figure, place) => {
      const measured = rounds.map((round) => round[place] ?? Number.NaN)
      const values = measured.map((one) => (typeof one === 'number' ? one : one.value))
      const beside = measured.filter((one) => typeof one !== 'number')
      return {
        ...figure,
        bench: name,
        method,
        median: median(values),
        values,
        baseline: beside.length > 0 ? median(beside.map(({ baseline }) => baseline)) : null,
        ratio: beside.length > 0 ? median(beside.map(({ value, baseline }) => value / baseline)) : null,
      }
    })
  } catch (error) {
    if (!(error instanceof NotHere)) throw error
    const nothing = { median: null, values: [], baseline: null, ratio: null }
    return figures.map((figure) => ({ ...figure, ...nothing, bench: name, method, missing: error.message }))
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const [low = Number.NaN, high = low] = sorted.length % 2 ? [sorted[middle]] : sorted.slice(middle - 1, middle + 1)
  return (low + high) / 2
}

/** The value below which this share (0–1) of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** `12,345 events/s, 3.1 x 4,000 (aim ≥ 20,000: missed)` and the like. */
export function lineOf({ name, unit, aim, median, baseline, ratio, missing }: Result): string {
  if (median === null) return `${name.padEnd(44)} not measured: ${missing}`
  const beside = ratio === null || baseline === null ? '' : `, ${ratio.toFixed(2)} x ${round(baseline)}`
  const value = `${name.padEnd(44)} ${round(median).padStart(12)} ${unit}${beside}`
  if (!aim) return value
  const [sign, bound, met] =
    'atLeast' in aim ? ['≥', aim.atLeast, median >= aim.atLeast] : ['≤', aim.atMost, median <= aim.atMost]
  return `${value} (aim ${sign} ${round(bound)}: ${met ? 'met' : 'missed'})`
}

/** What a result is in the file that `--json` writes. */
export function rowOf({ bench, name, unit, method, median, baseline, ratio, aim, missing }: Result) {
  const goal = aim === undefined ? null : 'atLeast' in aim ? `≥ ${aim.atLeast}` : `≤ ${aim.atMost}`
  return {
    bench,
    name,
    value: median,
    unit,
    baseline,
    ratio,
    goal,
    method,
    ...(missing === undefined ? {} : { missing }),
  }
}

function round(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 })
}
