import { launch } from 'chrome-launcher'
import lighthouse, { auditFlowArtifacts, type Artifacts, type Result } from 'lighthouse'
import { median } from '../bench/bench.ts'
import { midTierSlowdown } from './mid-tier.ts'
import { ownWork, type OwnWork } from './own-work.ts'

const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const
type Category = (typeof categories)[number]

const metrics = {
  FCP: 'first-contentful-paint',
  LCP: 'largest-contentful-paint',
  TBT: 'total-blocking-time',
  CLS: 'cumulative-layout-shift',
  SI: 'speed-index',
} as const

export interface PageReport {
  name: string
  runs: number
  /** Medians, of 100. */
  scores: Record<Category, number>
  /** The same loads on the phone that Lighthouse means, whatever this computer is: medians of the performance and of how much slower than this it is. */
  midTier: { performance: number; slowdown: number }
  /** Medians in milliseconds; CLS as it is. */
  metrics: Record<keyof typeof metrics, number>
  /** Medians. */
  own: OwnWork
  /** How much the page asks for until it is quiet. */
  requests: number
  bytes: number
  /** How fast Lighthouse found this computer, lowest and highest: a phone is made out of a fast one, 1500 and more. */
  benchmarkIndex: [number, number]
  /** What took a point in any run. */
  reasons: string[]
}

interface Run {
  result: Result
  midTier: Result
  own: OwnWork
}

interface Plan {
  chromium: string
  /** Where the browser waits before it opens the page. */
  blank: string
  name: string
  url: string
  runs: number
}

/** Mobile, in Lighthouse's own simulated throttling; a browser of its own for each run, so that nothing is known from before. */
export async function measurePage({ name, runs: count, ...plan }: Plan): Promise<PageReport> {
  const runs: Run[] = []
  for (let at = 0; at < count; at += 1) runs.push(await runOnce(plan))
  const results = runs.map(({ result }) => result)
  const middle = (of: (result: Result) => number) => median(results.map(of))
  const speeds = results.map(({ environment }) => environment.benchmarkIndex)
  return {
    name,
    runs: count,
    scores: byName(categories, (category) =>
      Math.round(100 * middle((result) => result.categories[category]?.score ?? 0)),
    ),
    midTier: {
      performance: Math.round(100 * median(runs.map(({ midTier }) => midTier.categories['performance']?.score ?? 0))),
      slowdown: median(runs.map(({ midTier }) => midTier.configSettings.throttling.cpuSlowdownMultiplier)),
    },
    metrics: byName(Object.keys(metrics) as (keyof typeof metrics)[], (metric) =>
      middle((result) => result.audits[metrics[metric]]?.numericValue ?? Number.NaN),
    ),
    own: {
      blockingMs: median(runs.map(({ own }) => own.blockingMs)),
      longestMs: median(runs.map(({ own }) => own.longestMs)),
    },
    requests: middle((result) => requestsOf(result).length),
    bytes: middle((result) => requestsOf(result).reduce((sum, { transferSize }) => sum + transferSize, 0)),
    benchmarkIndex: [Math.min(...speeds), Math.max(...speeds)],
    reasons: [...new Set(results.flatMap(reasonsOf))],
  }
}

async function runOnce({ chromium, blank, url }: Omit<Plan, 'name' | 'runs'>): Promise<Run> {
  const chrome = await launch({
    chromePath: chromium,
    chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu'],
  })
  try {
    const found = await lighthouse(url, {
      port: chrome.port,
      output: 'json',
      logLevel: 'error',
      blankPage: blank,
      onlyCategories: [...categories],
    })
    if (!found) throw new Error(`Lighthouse said nothing about ${url}`)
    const { lhr: result, artifacts } = found
    const events = artifacts.Trace.traceEvents
    if (result.runtimeError) throw new Error(whyNot(url, result, events.length))
    return { result, midTier: await onMidTier(artifacts), own: ownWork(events) }
  } finally {
    chrome.kill()
  }
}

/** What was seen of one load, told anew for another phone: Lighthouse loads at full speed and reckons what a phone makes of it. */
async function onMidTier(artifacts: Artifacts): Promise<Result> {
  const throttling = {
    ...artifacts.settings.throttling,
    cpuSlowdownMultiplier: midTierSlowdown(artifacts.BenchmarkIndex),
  }
  const settings = { ...artifacts.settings, throttling }
  const gatherSteps = [{ artifacts: { ...artifacts, settings } }]
  const config = { extends: 'lighthouse:default', settings }
  const { steps } = await auditFlowArtifacts({ name: 'mid-tier', gatherSteps }, config)
  const [step] = steps
  if (!step) throw new Error('Lighthouse did not tell anew')
  return step.lhr
}

/** Nothing is asked twice: a page that fails one time in ten is one that fails. */
function whyNot(url: string, { runtimeError, finalDisplayedUrl, environment }: Result, events: number): string {
  const where = finalDisplayedUrl && finalDisplayedUrl !== url ? `, which led to ${finalDisplayedUrl}` : ''
  return [
    `Lighthouse could not look at ${url}${where}: ${runtimeError?.code}, ${runtimeError?.message}`,
    `(${events} trace events; speed of this computer ${Math.round(environment.benchmarkIndex)})`,
  ].join(' ')
}

interface NetworkRequest {
  url: string
  transferSize: number
}

function requestsOf({ audits }: Result): NetworkRequest[] {
  const { items = [] } = (audits['network-requests']?.details ?? {}) as { items?: NetworkRequest[] }
  return items.filter(({ url }) => url.startsWith('http'))
}

/** Audits that count and are not whole, each with the first things it names. */
function reasonsOf({ audits, categories: found }: Result): string[] {
  return categories.flatMap((category) =>
    (found[category]?.auditRefs ?? []).flatMap(({ id, weight }) => {
      const audit = audits[id]
      if (!audit || weight === 0 || audit.score === null || audit.score >= 0.995) return []
      const named = Object.values(metrics).some((metric) => metric === id) ? '' : itemsOf(audit.details)
      return [`${category}: ${audit.title}${named}`]
    }),
  )
}

function itemsOf(details: unknown): string {
  const { items = [] } = (details ?? {}) as { items?: unknown[] }
  return items.length === 0 ? '' : ` ${JSON.stringify(items.slice(0, 3)).slice(0, 500)}`
}

function byName<Name extends string>(names: readonly Name[], of: (name: Name) => number): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<Name, number>
}
