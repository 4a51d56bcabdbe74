import { createMemo, createUniqueId, For } from 'solid-js'
import type { Curve } from './recording.ts'

const width = 1_000
const height = 200
/** Keeps the line's thickness inside the picture. */
const margin = 6

/** The price as steps over time, drawn up to the moment that is shown. The ledger below says the same in words. */
export function PriceCurve(props: { curve: Curve; share: number }) {
  const id = createUniqueId()
  const y = (share: number) => height - margin - share * (height - 2 * margin)
  const path = createMemo(() => props.curve.points.map(([x, share]) => `${x * width},${y(share)}`).join(' '))
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      class="block h-28 w-full rounded-control bg-sunken md:h-36 forced-colors:border"
    >
      <clipPath id={id}>
        {/* Time itself moves it, not a transition, which reduced motion would begin anew with each frame. */}
        <rect width={props.share * width} height={height} class="transition-none" />
      </clipPath>
      <For each={props.curve.extensions}>
        {(x) => (
          <line
            x1={x * width}
            x2={x * width}
            y2={height}
            class="stroke-tangerine [stroke-dasharray:3_4] [vector-effect:non-scaling-stroke]"
          />
        )}
      </For>
      <polyline points={path()} class="fill-none stroke-edge stroke-2 [vector-effect:non-scaling-stroke]" />
      <g clip-path={`url(#${id})`}>
        <polygon points={`0,${height} ${path()} ${width},${height}`} class="fill-tangerine opacity-20" />
        <polyline
          points={path()}
          class="fill-none stroke-tangerine-text [stroke-width:3] [vector-effect:non-scaling-stroke]"
        />
      </g>
      <line
        x1={props.share * width}
        x2={props.share * width}
        y2={height}
        class="stroke-ink stroke-2 transition-none [vector-effect:non-scaling-stroke]"
      />
    </svg>
  )
}
