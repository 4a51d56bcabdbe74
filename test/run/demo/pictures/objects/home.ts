import { disc, group, lit, mix, oval, palette, rect, shape, stroke, times, turned } from '../paint.ts'
import type { Brushes, Paint } from '../paint.ts'
import type { Drawing } from '../stage.ts'

/** Appliances and furniture. */
export function tableLamp(b: Brushes, shade: Paint, stem: Paint = palette.cream): Drawing {
  const art =
    oval(600, 700, 330, 210, b.glow('#ffdf9c', 0.75)) +
    oval(600, 924, 170, 30, b.column(lit(stem, -0.1))) +
    rect(430, 906, 340, 20, 10, b.column(stem)) +
    shape('M470 908 q130 -60 260 0Z', b.column(stem)) +
    rect(580, 600, 40, 300, 14, b.column(stem)) +
    shape('M316 610 C316 420 430 318 600 318 S884 420 884 610 q0 22 -24 22 H340 q-24 0 -24 -22Z', b.ball(shade, 0.85)) +
    shape('M324 610 q276 48 552 0 q-2 22 -22 22 H346 q-20 0 -22 -22Z', '#ffe9b8') +
    shape('M372 520 C388 424 470 370 560 356', 'none', {
      stroke: '#fff6e6',
      'stroke-width': 14,
      'stroke-linecap': 'round',
      opacity: 0.4,
    }) +
    disc(600, 314, 16, b.ball(stem)) +
    stroke('M664 640 V716', palette.walnut, 3) +
    disc(664, 722, 9, b.ball(palette.tangerine))
  return { art, feet: [[600, 172]], details: [[600, 480, 520]] }
}

export function toaster(b: Brushes, paint: Paint): Drawing {
  const slice = (x: number) =>
    shape(`M${x} 640 V500 q-14 -70 66 -74 q90 -4 90 60 q0 18 -8 24 V640Z`, b.slab(palette.oak)) +
    shape(`M${x + 12} 640 V504 q-10 -58 54 -62 q74 -2 76 46 q0 14 -8 20 V640Z`, b.slab('#f3dcb0'))
  const art =
    slice(420) +
    slice(620) +
    rect(262, 600, 676, 320, 96, b.roll(paint)) +
    rect(262, 600, 676, 320, 96, b.column(paint, 0.5), { opacity: 0.5 }) +
    shape('M372 624 H828 q14 0 14 12 q0 12 -14 12 H372 q-14 0 -14 -12 q0 -12 14 -12Z', lit(palette.ink, 0.08)) +
    rect(300, 902, 600, 26, 13, b.column(lit(palette.steel, -0.1))) +
    rect(330, 922, 80, 28, 10, palette.ink) +
    rect(790, 922, 80, 28, 10, palette.ink) +
    rect(936, 700, 34, 130, 14, b.column(palette.steel)) +
    rect(926, 716, 66, 34, 14, b.roll(palette.ink)) +
    disc(806, 790, 46, b.ball(palette.cream)) +
    disc(806, 790, 34, b.slab(lit(palette.cream, -0.08))) +
    turned(rect(802, 758, 8, 34, 4, palette.ink), 38, 806, 790) +
    stroke('M330 700 Q338 650 390 640 H640', '#fff8ea', 12, { opacity: 0.5 }) +
    times(3, (n) => rect(360, 752 + n * 32, 200, 10, 5, lit(paint, -0.2), { opacity: 0.5 }))
  return {
    art,
    feet: [
      [370, 44],
      [830, 44],
      [600, 300],
    ],
    details: [[760, 760, 460]],
  }
}

export function deskFan(b: Brushes, blades: Paint, cage: Paint = palette.steel): Drawing {
  const [x, y] = [600, 560]
  const art =
    oval(600, 928, 150, 24, b.column(lit(cage, -0.25))) +
    shape('M456 922 q20 -50 100 -56 h88 q80 6 100 56Z', b.column(cage)) +
    rect(580, 740, 40, 140, 14, b.column(cage)) +
    rect(556, 720, 88, 60, 20, b.column(lit(cage, -0.1))) +
    disc(x, y, 262, lit(palette.ink, 0.3), { opacity: 0.12 }) +
    times(4, (n) =>
      turned(
        shape(
          `M${x} ${y} C${x - 120} ${y - 40} ${x - 140} ${y - 220} ${x - 20} ${y - 232} C${x + 96} ${y - 226} ${x + 84} ${y - 70} ${x} ${y}Z`,
          b.slab(blades),
          { opacity: 0.94 },
        ),
        n * 90 + 14,
        x,
        y,
      ),
    ) +
    times(36, (n) =>
      turned(
        stroke(`M${x} ${y - 60} Q${x + 14} ${y - 160} ${x} ${y - 256}`, lit(cage, n > 20 ? -0.3 : 0.1), 3, {
          opacity: 0.85,
        }),
        n * 10,
        x,
        y,
      ),
    ) +
    disc(x, y, 262, 'none', { stroke: b.slab(cage), 'stroke-width': 14 }) +
    disc(x, y, 170, 'none', { stroke: lit(cage, -0.1), 'stroke-width': 4 }) +
    disc(x, y, 64, b.ball(cage)) +
    disc(x, y, 42, b.ball(blades)) +
    oval(x - 16, y - 18, 13, 9, '#fff6e6', { opacity: 0.6 })
  return { art, feet: [[600, 150]], details: [[600, 560, 440]] }
}

export function kettle(b: Brushes, paint: Paint): Drawing {
  const art =
    shape(
      'M372 760 C300 740 300 620 236 566 L274 534 q8 -4 14 4 C350 596 380 600 400 640Z',
      b.slab(lit(paint, -0.04)),
    ) +
    shape('M232 568 L276 532 q10 -6 16 2 q4 8 -4 14 L246 580 q-8 6 -14 0 q-4 -6 0 -12Z', lit(paint, 0.2)) +
    shape('M800 560 C930 540 960 620 950 720 C944 800 900 850 834 862', 'none', {
      stroke: b.column(palette.walnut),
      'stroke-width': 38,
      'stroke-linecap': 'round',
    }) +
    shape('M404 516 H796 L872 900 q4 34 -32 34 H360 q-36 0 -32 -34Z', b.column(paint)) +
    shape('M404 516 H796 L804 556 H396Z', lit(paint, -0.25), { opacity: 0.5 }) +
    oval(600, 516, 198, 40, b.column(lit(paint, -0.06))) +
    oval(600, 506, 168, 32, b.column(lit(paint, 0.08))) +
    rect(584, 454, 32, 50, 12, b.column(palette.steel)) +
    oval(600, 446, 52, 26, b.ball(palette.walnut)) +
    rect(340, 910, 520, 40, 14, b.column(palette.ink)) +
    rect(396, 624, 22, 220, 11, '#fff8ea', { opacity: 0.4, transform: 'rotate(5 407 734)' }) +
    rect(560, 900, 80, 12, 6, palette.tangerine)
  return { art, feet: [[600, 262]], details: [[560, 560, 460]] }
}

export function chair(b: Brushes, seat: Paint, wood: Paint = palette.oak): Drawing {
  const leg = (d: string, shadow = 0) => shape(d, b.column(lit(wood, shadow)))
  const art =
    // far legs and the back
    leg('M470 690 h34 l-2 216 h-26Z', -0.25) +
    leg('M772 690 h32 l22 216 h-26Z', -0.25) +
    leg('M420 250 q18 -10 34 0 l24 430 h-36Z', -0.05) +
    leg('M746 250 q18 -10 34 0 l22 430 h-36Z', -0.05) +
    shape('M410 268 q190 -56 380 0 l6 92 q-196 -52 -384 0Z', b.slab(wood)) +
    times(5, (n) => shape(`M${474 + n * 58} 340 h24 l${(n - 2) * 3 + 2} 330 h-24Z`, b.column(lit(wood, -0.08)))) +
    stroke('M424 276 q180 -46 350 -4', lit(wood, 0.5), 5, { opacity: 0.7 }) +
    // seat
    shape('M392 664 H816 L878 752 q8 22 -18 22 H344 q-26 0 -18 -22Z', b.slab(lit(wood, -0.05))) +
    shape('M402 646 q206 -22 404 0 l56 80 q10 24 -20 26 q-240 16 -480 0 q-30 -2 -20 -26Z', b.slab(seat)) +
    stroke('M414 660 q190 -18 360 -4', lit(seat, 0.45), 6, { opacity: 0.6 }) +
    stroke('M352 738 q250 22 498 0', lit(seat, -0.28), 4, { opacity: 0.6 }) +
    // near legs
    leg('M336 766 h42 l-6 184 h-30Z') +
    leg('M828 766 h42 l-8 184 h-30Z') +
    rect(366, 852, 470, 20, 8, b.roll(lit(wood, -0.1)))
  return {
    art,
    feet: [
      [356, 20],
      [846, 20],
      [488, 16],
      [814, 16],
    ],
    details: [
      [600, 700, 500],
      [600, 360, 460],
    ],
  }
}

export function armchair(b: Brushes, cloth: Paint, legs: Paint = palette.walnut): Drawing {
  const art =
    times(2, (n) => shape(`M${n ? 792 : 366} 850 h44 l${n ? 12 : -12} 100 h-26Z`, b.column(legs))) +
    shape('M330 520 C330 380 400 336 600 336 S870 380 870 520 V800 H330Z', b.ball(cloth, 0.7)) +
    times(2, (row) =>
      times(4 - row, (n) => {
        const [x, y] = [450 + row * 50 + n * 100, 450 + row * 84]
        return (
          disc(x, y, 9, lit(cloth, -0.35)) +
          stroke(`M${x - 26} ${y + 30} Q${x} ${y - 6} ${x + 26} ${y + 30}`, lit(cloth, -0.22), 4, { opacity: 0.5 })
        )
      }),
    ) +
    stroke('M352 500 C360 404 430 356 560 352', lit(cloth, 0.5), 8, { opacity: 0.5 }) +
    shape('M372 690 q228 -44 456 0 q22 6 22 40 v60 H350 v-60 q0 -34 22 -40Z', b.roll(lit(cloth, 0.06))) +
    shape('M360 778 H840 v74 q0 20 -20 20 H380 q-20 0 -20 -20Z', b.roll(lit(cloth, -0.16))) +
    shape('M262 640 q0 -78 66 -78 q62 0 62 78 v208 q0 24 -24 24 h-80 q-24 0 -24 -24Z', b.column(cloth)) +
    shape('M810 640 q0 -78 62 -78 q66 0 66 78 v208 q0 24 -24 24 h-80 q-24 0 -24 -24Z', b.column(cloth)) +
    oval(326, 606, 44, 34, lit(cloth, 0.16), { opacity: 0.6 }) +
    oval(874, 606, 44, 34, lit(cloth, 0.06), { opacity: 0.5 })
  return {
    art,
    feet: [
      [384, 20],
      [818, 20],
    ],
    details: [[600, 520, 500]],
  }
}

export function sideTable(b: Brushes, top: Paint, legs: Paint): Drawing {
  const art =
    shape('M452 700 h26 l-48 250 h-26Z', b.column(legs)) +
    shape('M722 700 h26 l48 250 h-26Z', b.column(legs)) +
    shape('M588 700 h24 v216 h-24Z', b.column(lit(legs, -0.3))) +
    oval(600, 828, 150, 22, 'none', { stroke: lit(legs, -0.1), 'stroke-width': 10 }) +
    shape('M290 650 v26 q0 62 310 62 t310 -62 v-26Z', b.column(lit(top, -0.15))) +
    oval(600, 650, 310, 62, b.slab(top)) +
    oval(600, 650, 240, 46, 'none', { stroke: lit(top, -0.1), 'stroke-width': 3, opacity: 0.5 }) +
    oval(600, 650, 150, 28, 'none', { stroke: lit(top, -0.1), 'stroke-width': 3, opacity: 0.4 }) +
    // a vase with three stems
    oval(660, 660, 76, 12, '#2a1a16', { opacity: 0.25, filter: 'url(#near)' }) +
    times(3, (n) =>
      stroke(`M${622 + n * 8} 520 Q${600 + n * 26} 420 ${560 + n * 52} ${330 + (n % 2) * 44}`, palette.pine, 6),
    ) +
    times(3, (n) =>
      disc(560 + n * 52, 330 + (n % 2) * 44, 30, b.ball([palette.butter, palette.tangerine, palette.rose][n]!)),
    ) +
    times(4, (n) =>
      shape('M0 0 q34 -30 66 -6 q-30 26 -66 6Z', b.slab(palette.leaf), {
        transform: `translate(${606 + n * 12} ${470 - n * 26}) rotate(${n % 2 ? -20 : 190})`,
      }),
    ) +
    shape(
      'M604 500 h52 q-4 40 20 70 q28 36 4 76 q-8 10 -50 10 t-50 -10 q-24 -40 4 -76 q24 -30 20 -70Z',
      b.column(palette.paper),
    )
  return {
    art,
    feet: [
      [416, 16],
      [784, 16],
      [600, 14],
    ],
    details: [[620, 500, 460]],
  }
}

export function bookshelf(b: Brushes, wood: Paint): Drawing {
  const spines: Paint[] = [
    palette.clay,
    palette.navy,
    palette.butter,
    palette.sage,
    palette.plum,
    palette.cream,
    palette.sea,
    palette.tangerine,
  ]
  const books = (x: number, floor: number, count: number, seed: number) => {
    let at = x
    return times(count, (n) => {
      const [w, h] = [24 + ((n * 7 + seed * 5) % 4) * 6, 118 + ((n * 13 + seed * 7) % 5) * 11]
      const paint = spines[(n * 3 + seed) % spines.length]!
      const book =
        rect(at, floor - h, w, h, 4, b.column(paint)) +
        rect(at + 4, floor - h + 18, w - 8, 7, 2, lit(paint, 0.5), { opacity: 0.8 })
      at += w + 1
      return book
    })
  }
  const art =
    rect(330, 250, 540, 690, 12, b.slab(wood)) +
    times(3, (n) => rect(356, 276 + n * 216, 488, 196, 4, b.hollow(lit(wood, -0.1)))) +
    books(366, 470, 9, 1) +
    shape('M760 470 h60 q10 -44 -4 -60 h-52 q-14 16 -4 60Z', b.column(palette.clay)) +
    times(6, (n) =>
      shape('M0 0 q-14 -44 0 -84 q16 40 0 84Z', b.slab(palette.leaf), {
        transform: `translate(790 416) rotate(${-60 + n * 24})`,
      }),
    ) +
    disc(430, 622, 62, b.ball(palette.sky)) +
    stroke('M386 664 q44 40 92 -6', palette.walnut, 8) +
    rect(396, 676, 70, 12, 5, b.column(palette.walnut)) +
    books(560, 688, 8, 4) +
    books(366, 902, 6, 2) +
    turned(rect(560, 770, 34, 132, 4, b.column(palette.brick)), 14, 577, 902) +
    rect(640, 838, 190, 30, 5, b.roll(palette.navy)) +
    rect(652, 868, 176, 34, 5, b.roll(palette.butter)) +
    disc(722, 806, 32, b.ball(palette.tangerine)) +
    rect(350, 936, 40, 16, 4, lit(wood, -0.4)) +
    rect(810, 936, 40, 16, 4, lit(wood, -0.4)) +
    stroke('M338 262 H860', lit(wood, 0.5), 5, { opacity: 0.6 })
  return {
    art,
    feet: [
      [370, 26],
      [830, 26],
      [600, 270],
    ],
    details: [
      [600, 410, 460],
      [600, 800, 460],
    ],
  }
}

export function wallClock(b: Brushes, face: Paint, frame: Paint): Drawing {
  const [x, y] = [600, 530]
  const art =
    disc(x, y, 270, b.slab(frame)) +
    disc(x, y, 240, b.slab(lit(frame, -0.2))) +
    disc(x, y, 232, b.slab(face)) +
    times(12, (n) =>
      turned(
        rect(
          x - (n % 3 ? 4 : 7),
          y - 212,
          n % 3 ? 8 : 14,
          n % 3 ? 26 : 46,
          4,
          n === 0 ? palette.tangerine : palette.ink,
        ),
        n * 30,
        x,
        y,
      ),
    ) +
    turned(rect(x - 9, y - 128, 18, 150, 9, palette.ink), 304, x, y) +
    turned(rect(x - 6, y - 190, 12, 216, 6, palette.ink), 48, x, y) +
    turned(rect(x - 2, y - 196, 4, 250, 2, palette.brick), 152, x, y) +
    disc(x, y, 16, b.ball(palette.brick)) +
    group(
      shape(
        `M${x - 232} ${y} a232 232 0 0 1 300 -220 L${x - 60} ${y + 224} A232 232 0 0 1 ${x - 232} ${y}Z`,
        '#ffffff',
      ),
      { opacity: 0.1 },
    ) +
    disc(x, y, 256, 'none', { stroke: mix(frame, '#fff6e6', 0.4), 'stroke-width': 4, opacity: 0.6 })
  return { art, feet: [], details: [[600, 530, 430]], isHanging: true }
}
