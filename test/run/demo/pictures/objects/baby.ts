import { disc, lit, oval, palette, rect, shape, stroke, times, turned } from '../paint.ts'
import type { Brushes, Paint } from '../paint.ts'
import type { Drawing } from '../stage.ts'

export function pram(b: Brushes, cloth: Paint, trim: Paint = palette.cream): Drawing {
  const wheel = (x: number, r: number) =>
    disc(x, 950 - r, r, 'none', { stroke: b.slab(palette.ink), 'stroke-width': 18 }) +
    disc(x, 950 - r, r - 16, 'none', { stroke: lit(palette.steel, -0.1), 'stroke-width': 5 }) +
    times(12, (n) =>
      turned(stroke(`M${x} ${950 - r} V${950 - r * 2 + 18}`, lit(palette.steel, -0.15), 3), n * 30, x, 950 - r),
    ) +
    disc(x, 950 - r, 17, b.ball(palette.steel))
  const art =
    stroke('M860 560 C900 500 970 460 1010 400', b.slab(palette.steel), 16) +
    stroke('M984 398 l44 10', palette.walnut, 26) +
    stroke('M440 880 L760 690 M770 860 L470 690', b.slab(palette.steel), 14) +
    shape('M300 520 H900 C900 690 810 760 680 760 H500 C380 760 300 690 300 520Z', b.ball(cloth, 0.8)) +
    shape('M300 520 H900 q0 30 -6 54 q-300 34 -588 0 q-6 -26 -6 -54Z', b.column(trim)) +
    times(13, (n) => disc(330 + n * 45, 570, 17, b.ball(trim, 0.5))) +
    shape('M300 520 C300 360 420 250 580 240 L640 520Z', b.slab(cloth)) +
    times(3, (n) => stroke(`M${350 + n * 84} ${378 - n * 56} L640 520`, lit(cloth, -0.24), 5, { opacity: 0.7 })) +
    shape('M580 240 q40 0 50 26 q24 120 24 254 h-26 L580 240Z', b.column(trim)) +
    shape('M652 500 q90 -50 220 -8 l28 28 H652Z', b.roll(trim)) +
    stroke('M330 470 C350 380 420 310 520 282', '#fff8ea', 10, { opacity: 0.35 }) +
    wheel(420, 104) +
    wheel(790, 104)
  return {
    art,
    feet: [
      [420, 44],
      [790, 44],
    ],
    details: [
      [500, 480, 460],
      [430, 830, 380],
    ],
  }
}

export function stackingRings(b: Brushes, first: Paint): Drawing {
  const paints: Paint[] = [palette.navy, palette.pine, palette.leaf, palette.butter, palette.tangerine, first]
  const art =
    shape('M350 920 q250 -34 500 0 l14 18 q-264 30 -528 0Z', b.column(palette.oak)) +
    rect(572, 330, 56, 560, 20, b.column(palette.oak)) +
    times(6, (n) => {
      const [w, y] = [236 - n * 30, 880 - n * 84]
      return (
        rect(600 - w, y - 46, w * 2, 84, 42, b.roll(paints[n]!)) +
        rect(600 - w, y - 46, w * 2, 84, 42, b.column(paints[n]!, 0.6), { opacity: 0.45 }) +
        rect(600 - w + 34, y - 32, w * 0.7, 12, 6, '#fff8ea', { opacity: 0.45 })
      )
    }) +
    disc(600, 346, 58, b.ball(palette.brick)) +
    disc(872, 904, 46, b.ball(palette.sky)) +
    rect(250, 866, 84, 84, 12, b.slab(palette.rose)) +
    stroke('M274 924 l18 -42 l18 42 m-30 -14 h24', palette.paper, 8)
  return {
    art,
    feet: [
      [600, 262],
      [292, 42],
      [872, 24],
    ],
    details: [[600, 600, 430]],
  }
}

export function teddyBear(b: Brushes, fur: Paint, scarf: Paint): Drawing {
  const light = lit(fur, 0.3)
  const ear = (x: number) => disc(x, 330, 66, b.ball(fur)) + disc(x + 2, 336, 36, b.ball(light, 0.6))
  const foot = (x: number) => oval(x, 872, 92, 80, b.ball(fur)) + oval(x, 880, 54, 46, b.ball(light, 0.6))
  const art =
    ear(462) +
    ear(738) +
    oval(600, 760, 190, 186, b.ball(fur)) +
    oval(600, 790, 122, 128, b.ball(light, 0.6)) +
    turned(oval(404, 700, 62, 120, b.ball(fur)), 28, 404, 700) +
    turned(oval(796, 700, 62, 120, b.ball(lit(fur, -0.06))), -28, 796, 700) +
    foot(452) +
    foot(748) +
    oval(600, 456, 206, 180, b.ball(fur)) +
    oval(600, 522, 98, 78, b.ball(light, 0.5)) +
    oval(600, 488, 34, 24, b.ball(palette.ink)) +
    stroke('M600 512 v28 q-26 30 -50 10 m50 -10 q26 30 50 10', palette.ink, 7) +
    disc(520, 430, 17, palette.ink) +
    disc(680, 430, 17, palette.ink) +
    disc(514, 424, 5, '#ffffff') +
    disc(674, 424, 5, '#ffffff') +
    shape('M430 606 q170 78 340 0 q20 30 -4 56 q-166 70 -332 0 q-24 -26 -4 -56Z', b.roll(scarf)) +
    shape('M660 650 q50 70 40 160 l-66 8 q6 -90 -30 -150Z', b.slab(lit(scarf, -0.06))) +
    times(4, (n) => stroke(`M${640 + n * 18} 816 v24`, lit(scarf, -0.15), 7)) +
    stroke('M440 400 q20 -70 90 -98', '#fff8ea', 12, { opacity: 0.28 })
  return { art, feet: [[600, 200]], details: [[600, 450, 470]] }
}

export function rockingHorse(b: Brushes, paint: Paint, mane: Paint): Drawing {
  const art =
    shape('M250 860 Q600 1010 950 860 l16 24 Q600 1050 234 884Z', b.roll(palette.oak), {
      transform: 'translate(0 -20)',
    }) +
    shape('M400 650 l50 0 l-40 258 h-40Z M760 650 h50 l26 258 h-40Z', b.slab(lit(paint, -0.22))) +
    shape(
      'M352 600 C352 520 440 520 520 530 H700 C740 470 760 380 800 300 l26 -56 l26 46 C900 310 950 360 972 410 q10 34 -20 44 q-40 12 -80 -14 C850 500 860 560 850 610 C840 700 760 720 600 716 C440 720 352 700 352 600Z',
      b.slab(paint),
    ) +
    shape('M420 690 h54 l-26 232 h-44Z M724 690 h54 l36 228 h-44Z', b.column(paint)) +
    shape('M806 286 C740 320 700 430 690 540 q46 -8 62 -40 q34 -30 34 -80 q40 -40 34 -96Z', b.slab(mane)) +
    shape('M356 560 C280 560 250 660 268 740 q40 -10 60 -60 q24 -40 44 -60Z', b.slab(mane)) +
    shape('M480 524 q80 34 190 6 l10 90 q-110 34 -206 4Z', b.slab(palette.clay)) +
    stroke('M486 616 q96 28 190 0', palette.butter, 7) +
    disc(886, 366, 11, palette.ink) +
    stroke('M946 430 q-20 6 -30 0', lit(paint, -0.4), 5) +
    stroke('M836 430 Q900 420 940 400 M836 430 Q760 470 680 530', palette.walnut, 8) +
    stroke('M380 590 q10 -44 70 -48', '#fff8ea', 10, { opacity: 0.4 })
  return { art, feet: [[600, 210]], details: [[820, 430, 420]] }
}
