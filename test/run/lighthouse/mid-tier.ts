/**
 * How much slower than this computer the phone is that Lighthouse means with "mobile" (mid-tier, a Moto G Power), from how fast it
 * found this computer. Four, its default, is for one of index 1533; Lighthouse advises a calibrated one for any other
 * (https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md#calibrating-the-cpu-slowdown). Between these points it is
 * straight, as in the calculator that is named there; a computer slower than the last is such a phone itself.
 */
const points = [
  { index: 2_000, slowdown: 6 },
  { index: 1_300, slowdown: 3 },
  { index: 800, slowdown: 2 },
  { index: 150, slowdown: 1 },
] as const

export function midTierSlowdown(benchmarkIndex: number): number {
  const below = points.findIndex(({ index }) => benchmarkIndex >= index)
  if (below === -1) return 1
  const from = points[Math.max(1, below)]!
  const to = points[Math.max(1, below) - 1]!
  return from.slowdown + ((benchmarkIndex - from.index) / (to.index - from.index)) * (to.slowdown - from.slowdown)
}
