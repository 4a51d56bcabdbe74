import type { PageReport } from './page.ts'

const columns: Record<string, (report: PageReport) => string> = {
  page: ({ name }) => name,
  performance: ({ scores }) => String(scores.performance),
  'on a mid-tier phone': ({ midTier }) => `${midTier.performance} (${midTier.slowdown.toFixed(1)}×)`,
  accessibility: ({ scores }) => String(scores.accessibility),
  'best practices': ({ scores }) => String(scores['best-practices']),
  SEO: ({ scores }) => String(scores.seo),
  FCP: ({ metrics }) => ms(metrics.FCP),
  LCP: ({ metrics }) => ms(metrics.LCP),
  TBT: ({ metrics }) => ms(metrics.TBT),
  'own TBT': ({ own }) => ms(own.blockingMs),
  CLS: ({ metrics }) => metrics.CLS.toFixed(3),
  SI: ({ metrics }) => ms(metrics.SI),
  'longest task': ({ own }) => ms(own.longestMs),
  requests: ({ requests }) => String(requests),
  kB: ({ bytes }) => (bytes / 1_024).toFixed(0),
  'speed of computer': ({ benchmarkIndex }) => benchmarkIndex.map(Math.round).join('–'),
}

/** A line for each page, right below its heading. */
export function tableOf(reports: readonly PageReport[]): string {
  const names = Object.keys(columns)
  const rows = [names, ...reports.map((report) => names.map((name) => columns[name]?.(report) ?? ''))]
  const widths = names.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)))
  return rows.map((row) => row.map((cell, at) => cell.padStart(widths[at] ?? 0)).join('  ')).join('\n')
}

function ms(value: number): string {
  return `${Math.round(value).toLocaleString('en')} ms`
}
