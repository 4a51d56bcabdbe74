import { disc, group, lit, mix, oval, palette, rect, shape, stroke, times } from '../paint.ts'
import type { Brushes, Paint } from '../paint.ts'
import type { Drawing } from '../stage.ts'

export function bowls(b: Brushes, glaze: Paint, clay: Paint): Drawing {
  const bowl = (y: number, w: number, paint: Paint) =>
    shape(
      `M${600 - w} ${y} C${600 - w + 10} ${y + w * 0.52} ${600 - w * 0.5} ${y + w * 0.72} ${600 - w * 0.36} ${y + w * 0.76} H${600 + w * 0.36} C${600 + w * 0.5} ${y + w * 0.72} ${600 + w - 10} ${y + w * 0.52} ${600 + w} ${y}Z`,
      b.column(paint),
    ) +
    shape(
      `M${600 - w * 0.97} ${y + w * 0.2} C${600 - w * 0.3} ${y + w * 0.42} ${600 + w * 0.2} ${y + w * 0.28} ${600 + w * 0.97} ${y + w * 0.24} L${600 + w} ${y} H${600 - w}Z`,
      b.column(mix(paint, glaze, 0.85)),
    ) +
    oval(600, y, w, w * 0.2, b.column(lit(glaze, 0.2))) +
    oval(600, y + 3, w - 16, w * 0.2 - 8, b.hollow(glaze)) +
    shape(`M${600 - w * 0.66} ${y + w * 0.16} q-4 ${w * 0.2} ${w * 0.2} ${w * 0.36}`, 'none', {
      stroke: '#fff8ea',
      'stroke-width': 13,
      'stroke-linecap': 'round',
      opacity: 0.4,
    })
  const art =
    rect(486, 922, 228, 28, 8, b.column(lit(clay, -0.12))) +
    bowl(700, 306, clay) +
    bowl(600, 258, lit(clay, 0.1)) +
    bowl(512, 214, clay) +
    times(3, (n) =>
      disc(548 + n * 54, 506 + (n % 2) * 14, 40, b.ball([palette.tangerine, palette.butter, palette.clay][n]!)),
    ) +
    shape(
      'M382 512 C410 640 520 664 600 664 S790 640 818 512 C760 574 440 574 382 512Z',
      b.column(mix(clay, glaze, 0.85)),
    )
  return {
    art,
    feet: [[600, 120]],
    details: [
      [560, 580, 420],
      [640, 800, 400],
    ],
  }
}

export function teapot(b: Brushes, glaze: Paint, accent: Paint): Drawing {
  const art =
    shape('M860 660 C1000 610 1010 800 850 846', 'none', {
      stroke: b.slab(lit(glaze, -0.08)),
      'stroke-width': 40,
      'stroke-linecap': 'round',
    }) +
    shape('M372 780 C280 760 290 640 206 590 l36 -34 q60 30 92 74 q30 40 70 40Z', b.slab(glaze)) +
    oval(224, 572, 26, 12, b.hollow(glaze), { transform: 'rotate(-42 224 572)' }) +
    rect(470, 920, 260, 30, 10, b.column(lit(glaze, -0.2))) +
    shape(
      'M600 560 C790 560 884 650 884 756 C884 860 770 934 600 934 S316 860 316 756 C316 650 410 560 600 560Z',
      b.ball(glaze, 0.9),
    ) +
    group(
      times(
        7,
        (n) =>
          disc(420 + n * 60, 772 + (n % 2) * 34, 20, accent) +
          disc(420 + n * 60, 772 + (n % 2) * 34, 7, lit(accent, 0.6)),
      ),
      { opacity: 0.85 },
    ) +
    stroke('M330 706 Q600 660 870 706', accent, 8, { opacity: 0.8 }) +
    oval(600, 578, 150, 32, b.column(lit(glaze, -0.18))) +
    shape('M456 572 q24 -64 144 -64 t144 64 q-40 26 -144 26 t-144 -26Z', b.ball(glaze)) +
    disc(600, 486, 32, b.ball(accent)) +
    shape('M392 640 C420 600 470 588 510 584', 'none', {
      stroke: '#fff8ea',
      'stroke-width': 16,
      'stroke-linecap': 'round',
      opacity: 0.5,
    })
  return { art, feet: [[600, 150]], details: [[540, 700, 430]] }
}

export function mokaPot(b: Brushes, metal: Paint, grip: Paint): Drawing {
  const facets = (left: number, right: number, top: number, low: number, high: number, floor: number) =>
    times(6, (n) => {
      const at = (n * 1) / 6
      const [x1, x2] = [left + (right - left) * at, left + (right - left) * (at + 1 / 6)]
      const [x3, x4] = [low + (high - low) * (at + 1 / 6), low + (high - low) * at]
      return shape(
        `M${x1} ${top} H${x2} L${x3} ${floor} H${x4}Z`,
        b.slab(lit(metal, [-0.05, 0.34, 0.12, -0.1, -0.26, -0.36][n]!), 0.5),
      )
    })
  const art =
    shape(
      'M770 486 h82 q44 0 34 60 l-30 190 q-6 26 -30 20 q-20 -6 -14 -30 l24 -150 q4 -26 -20 -26 h-60Z',
      b.slab(grip),
    ) +
    shape('M404 470 l-66 -46 q-10 -10 4 -14 l90 14Z', b.slab(metal)) +
    facets(408, 792, 430, 460, 740, 690) +
    rect(440, 684, 320, 46, 12, b.column(lit(metal, -0.12))) +
    times(3, (n) => stroke(`M446 ${694 + n * 13} H754`, lit(metal, -0.4), 3, { opacity: 0.5 })) +
    facets(452, 748, 730, 400, 800, 940) +
    shape('M404 432 L600 356 L796 432Z', b.slab(lit(metal, 0.06))) +
    shape('M600 356 L796 432 H640Z', lit(metal, -0.22)) +
    oval(600, 340, 30, 36, b.ball(grip)) +
    disc(712, 806, 20, b.ball(palette.butter)) +
    disc(712, 806, 8, b.hollow(palette.walnut))
  return { art, feet: [[600, 200]], details: [[600, 540, 450]] }
}

export function fryingPan(b: Brushes, iron: Paint, wood: Paint): Drawing {
  const art =
    rect(570, 196, 60, 300, 28, b.column(wood)) +
    disc(600, 232, 13, palette.ink, { opacity: 0.75 }) +
    disc(600, 222, 6, b.ball(palette.steel)) +
    rect(574, 440, 52, 60, 10, b.column(palette.steel)) +
    disc(600, 730, 262, b.slab(iron)) +
    disc(600, 730, 262, 'none', { stroke: lit(iron, 0.35), 'stroke-width': 6, opacity: 0.7 }) +
    disc(600, 730, 222, b.hollow(iron, 0.8)) +
    disc(600, 730, 176, 'none', { stroke: lit(iron, 0.12), 'stroke-width': 3, opacity: 0.6 }) +
    shape('M430 680 C460 570 560 530 640 540', 'none', {
      stroke: '#fff8ea',
      'stroke-width': 14,
      'stroke-linecap': 'round',
      opacity: 0.22,
    })
  return {
    art,
    feet: [],
    details: [
      [600, 730, 430],
      [600, 400, 430],
    ],
    isHanging: true,
  }
}
