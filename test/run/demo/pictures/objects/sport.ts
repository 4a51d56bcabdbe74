import { disc, group, lit, oval, palette, rect, shape, stroke, times, turned } from '../paint.ts'
import type { Brushes, Paint } from '../paint.ts'
import type { Drawing } from '../stage.ts'

export function bicycle(b: Brushes, frame: Paint, leather: Paint = palette.walnut): Drawing {
  const wheel = (x: number) =>
    disc(x, 762, 180, 'none', { stroke: b.slab(palette.ink), 'stroke-width': 17 }) +
    disc(x, 762, 168, 'none', { stroke: lit(palette.oak, 0.3), 'stroke-width': 7 }) +
    times(18, (n) => turned(stroke(`M${x} 762 L${x + 14} 600`, lit(palette.steel, -0.1), 2.5), n * 20, x, 762)) +
    disc(x, 762, 15, b.ball(palette.steel))
  const tube = (d: string, width = 17) =>
    stroke(d, lit(frame, -0.22), width) +
    stroke(d, frame, width - 5) +
    stroke(d, lit(frame, 0.4), 3, { transform: 'translate(-2 -3)', opacity: 0.7 })
  const art =
    wheel(366) +
    wheel(846) +
    stroke('M366 762 H566', lit(palette.steel, -0.35), 6) +
    tube('M366 762 L500 520') +
    tube('M366 762 L566 768') +
    tube('M486 476 L566 768') +
    tube('M506 540 L760 512') +
    tube('M566 768 L768 540') +
    tube('M744 430 L780 590 Q800 680 846 762') +
    stroke('M192 748 a176 176 0 0 1 190 -166', lit(frame, -0.05), 10) +
    stroke('M748 424 l-8 -36 q0 -20 30 -20 h60 q60 4 50 50', b.column(palette.steel), 13) +
    stroke('M852 404 q30 4 28 40', leather, 22) +
    stroke('M482 470 l-8 -40', b.column(palette.steel), 13) +
    shape('M398 424 q-10 -34 40 -32 q60 6 130 6 q20 8 0 18 q-60 8 -90 26 q-60 20 -80 -18Z', b.slab(leather)) +
    disc(566, 768, 48, 'none', { stroke: b.slab(palette.steel), 'stroke-width': 13 }) +
    disc(566, 768, 12, b.ball(palette.ink)) +
    stroke('M566 768 l46 86', b.column(palette.steel), 12) +
    rect(584, 850, 66, 17, 8, palette.ink) +
    // a basket with something sunny in it
    disc(850, 470, 30, b.ball(palette.tangerine)) +
    disc(896, 464, 30, b.ball(palette.butter)) +
    shape('M800 480 H950 l-20 108 H818Z', b.slab(palette.oak)) +
    times(5, (n) => stroke(`M${822 + n * 26} 486 l${(2 - n) * 3} 98`, lit(palette.oak, -0.3), 4, { opacity: 0.7 })) +
    times(3, (n) =>
      stroke(`M${806 + n * 4} ${510 + n * 26} h${138 - n * 8}`, lit(palette.oak, -0.3), 4, { opacity: 0.7 }),
    )
  return {
    art,
    feet: [
      [366, 34],
      [846, 34],
    ],
    details: [
      [500, 480, 400],
      [850, 500, 400],
    ],
  }
}

export function racket(b: Brushes, frame: Paint, ball: Paint = '#d7de66'): Drawing {
  const head = '<ellipse cx="600" cy="450" rx="172" ry="228"/>'
  const art =
    turned(
      group(
        times(14, (n) => stroke(`M${440 + n * 24.6} 210 V690`, palette.paper, 3)) +
          times(18, (n) => stroke(`M420 ${232 + n * 26} H780`, palette.paper, 3)),
        { 'clip-path': b.clip(head), opacity: 0.95 },
      ) +
        oval(600, 450, 178, 234, 'none', { stroke: b.slab(frame), 'stroke-width': 26 }) +
        oval(600, 450, 178, 234, 'none', { stroke: lit(frame, 0.5), 'stroke-width': 3, opacity: 0.8 }) +
        shape('M512 648 q88 56 176 0 l-62 106 h-52Z', b.slab(frame)) +
        shape('M540 668 q60 26 120 0 l-44 76 h-32Z', b.hollow(frame), { opacity: 0.5 }) +
        rect(578, 742, 44, 222, 16, b.column(palette.ink)) +
        times(8, (n) => stroke(`M580 ${766 + n * 24} l40 -14`, lit(palette.ink, 0.3), 4)) +
        rect(572, 736, 56, 26, 8, b.column(frame)),
      16,
      600,
      950,
    ) +
    disc(372, 878, 72, b.ball(ball)) +
    stroke('M316 840 q66 30 60 108', palette.paper, 7) +
    stroke('M404 812 q-14 56 36 74', palette.paper, 7)
  return {
    art,
    feet: [
      [600, 34],
      [372, 38],
    ],
    details: [
      [720, 480, 400],
      [420, 830, 320],
    ],
  }
}

export function kettlebell(b: Brushes, iron: Paint, band: Paint): Drawing {
  const art =
    stroke('M470 640 C430 380 770 380 730 640', b.column(lit(iron, 0.06)), 62) +
    stroke('M462 600 C452 440 560 420 620 424', lit(iron, 0.5), 9, { opacity: 0.5 }) +
    shape(
      'M600 560 C740 560 820 640 820 760 C820 860 770 920 720 950 H480 C430 920 380 860 380 760 C380 640 460 560 600 560Z',
      b.ball(iron),
    ) +
    shape('M392 700 q208 56 416 0 q12 30 12 60 q-220 60 -440 0 q0 -30 12 -60Z', b.column(band)) +
    disc(600, 762, 62, b.ball(lit(iron, 0.1))) +
    `<text x="600" y="782" font-family="sans-serif" font-size="56" font-weight="700" text-anchor="middle" fill="${palette.paper}">12</text>` +
    rect(820, 900, 150, 50, 25, b.roll(palette.sky)) +
    oval(846, 925, 20, 25, b.hollow(palette.sea))
  return {
    art,
    feet: [
      [600, 150],
      [896, 74],
    ],
    details: [[600, 720, 380]],
  }
}

export function skateboard(b: Brushes, deck: Paint, wheels: Paint): Drawing {
  const art = turned(
    rect(480, 210, 240, 770, 120, b.slab(lit(deck, -0.2))) +
      rect(472, 204, 240, 770, 120, b.slab(deck)) +
      shape('M472 420 q120 60 240 -20 v90 q-120 80 -240 20Z', b.slab(palette.butter)) +
      shape('M472 540 q120 60 240 -20 v70 q-120 80 -240 20Z', b.slab(palette.paper)) +
      shape('M472 640 q120 60 240 -20 v110 q-120 80 -240 20Z', b.slab(palette.navy)) +
      disc(592, 330, 46, b.ball(palette.tangerine)) +
      times(2, (n) => {
        const y = n ? 820 : 300
        return (
          rect(440, y + 24, 304, 22, 11, b.roll(palette.steel)) +
          rect(540, y, 104, 70, 16, b.slab(lit(palette.steel, -0.15))) +
          rect(418, y, 56, 74, 22, b.column(wheels)) +
          rect(710, y, 56, 74, 22, b.column(wheels)) +
          times(4, (k) => disc(556 + (k % 2) * 72, y + 14 + Math.floor(k / 2) * 42, 6, palette.ink))
        )
      }) +
      stroke('M492 330 q6 -80 70 -110', '#fff8ea', 9, { opacity: 0.4 }),
    9,
    600,
    950,
  )
  return { art, feet: [[590, 110]], details: [[620, 560, 420]] }
}

export function tent(b: Brushes, cloth: Paint, inside: Paint): Drawing {
  const art =
    shape('M600 380 L980 940 H700Z', b.slab(lit(cloth, -0.2))) +
    shape('M600 380 L220 940 H700Z', b.slab(cloth)) +
    shape('M548 540 L700 940 H400Z', b.hollow(inside)) +
    shape('M548 540 L400 940 h-50 q150 -190 198 -400Z', b.slab(lit(cloth, 0.14))) +
    shape('M548 540 L700 940 h40 q-150 -190 -192 -400Z', b.slab(lit(cloth, 0.02))) +
    oval(548, 900, 110, 26, '#ffd98a', { opacity: 0.55 }) +
    rect(526, 846, 44, 66, 12, b.column(palette.butter)) +
    stroke('M536 846 q12 -30 24 0', palette.ink, 5) +
    stroke('M600 380 L596 346 M600 380 L612 350', palette.oak, 10) +
    stroke('M604 390 L1010 910 M596 390 L190 910', lit(palette.cream, -0.1), 4) +
    rect(184, 900, 12, 46, 5, palette.oak) +
    rect(1004, 900, 12, 46, 5, palette.oak) +
    stroke('M590 400 L300 830', '#fff8ea', 7, { opacity: 0.35 }) +
    times(3, (n) =>
      shape('M0 0 l14 -10 l14 10 v14 h-28Z', [palette.tangerine, palette.paper, palette.sky][n]!, {
        transform: `translate(${680 + n * 86} ${520 + n * 112}) rotate(52)`,
      }),
    )
  return { art, feet: [[600, 370]], details: [[550, 780, 420]] }
}
