import { disc, group, lit, mix, oval, palette, rect, shape, stroke, times, turned } from '../paint.ts'
import type { Brushes, Paint } from '../paint.ts'
import type { Drawing } from '../stage.ts'

export function filmCamera(b: Brushes, leather: Paint, metal: Paint = palette.steel): Drawing {
  const [x, y] = [600, 762]
  const plate = b.slab(metal)
  const grip = b.slab(leather)
  const art =
    // strap lugs, then the body
    rect(246, 640, 30, 44, 10, plate) +
    rect(924, 640, 30, 44, 10, plate) +
    rect(262, 586, 676, 366, 46, b.slab(lit(metal, -0.06))) +
    rect(262, 660, 676, 236, 8, grip) +
    times(9, (row) =>
      stroke(`M270 ${676 + row * 26} H930`, lit(leather, -0.16), 3, { 'stroke-dasharray': '2 9', opacity: 0.7 }),
    ) +
    // top plate and finder
    shape('M276 612 q6 -56 56 -58 H470 l34 -64 q8 -14 26 -14 H672 q18 0 26 14 l32 64 H868 q50 2 56 58Z', plate) +
    stroke('M300 574 q10 -12 34 -12 H470 l36 -66 q6 -10 22 -10 H668', lit(metal, 0.7), 4, { opacity: 0.8 }) +
    rect(534, 504, 132, 62, 12, b.hollow(palette.navy)) +
    shape('M546 512 h60 l-40 46 h-20Z', '#ffffff', { opacity: 0.22 }) +
    rect(350, 518, 92, 40, 8, b.column(metal)) +
    times(11, (n) => stroke(`M${357 + n * 8} 524 V554`, lit(metal, -0.35), 2)) +
    rect(760, 524, 110, 34, 8, b.column(metal)) +
    times(13, (n) => stroke(`M${767 + n * 8} 530 V554`, lit(metal, -0.35), 2)) +
    oval(716, 536, 24, 11, b.roll(palette.tangerine)) +
    rect(700, 536, 32, 20, 4, b.column(metal)) +
    rect(292, 624, 86, 26, 6, lit(metal, -0.12)) +
    disc(886, 634, 11, b.ball(palette.brick)) +
    // the lens
    disc(x, y, 176, b.slab(lit(metal, 0.1))) +
    disc(x, y, 160, b.slab(palette.ink)) +
    times(48, (n) => turned(rect(x - 3, y - 158, 6, 20, 2, lit(palette.ink, 0.22), { opacity: 0.55 }), n * 7.5, x, y)) +
    disc(x, y, 132, b.slab(lit(palette.ink, 0.12))) +
    times(7, (n) =>
      turned(rect(x - 2, y - 128, 4, 13, 1, n % 3 ? palette.cream : palette.tangerine), n * 16 - 48, x, y),
    ) +
    disc(x, y, 108, b.slab(palette.ink)) +
    disc(x, y, 88, b.hollow(mix(palette.navy, palette.plum, 0.35))) +
    disc(x, y, 60, b.ball(mix(palette.navy, palette.sea, 0.35), 0.8)) +
    oval(x - 34, y - 38, 27, 16, '#fff6e6', { opacity: 0.72, transform: `rotate(-42 ${x - 34} ${y - 38})` }) +
    oval(x + 36, y + 40, 13, 8, palette.tangerine, { opacity: 0.45, transform: `rotate(-42 ${x + 36} ${y + 40})` })
  return {
    art,
    feet: [[600, 336]],
    details: [
      [600, 745, 520],
      [730, 580, 470],
    ],
  }
}

export function keyboard(b: Brushes, caps: Paint, accent: Paint): Drawing {
  const rows = [14, 14, 13, 12, 9]
  const row = (index: number) => {
    const top = 690 + index * 49
    const [left, right] = [238 - index * 12, 962 + index * 12]
    const count = rows[index]!
    const widths =
      index === 4
        ? [1.3, 1.3, 1.3, 5.4, 1.3, 1.3, 1, 1, 1]
        : Array.from({ length: count }, (_, n) => widthOf(index, n, count))
    const unit = (right - left) / widths.reduce((sum, width) => sum + width, 0)
    let at = left
    return widths
      .map((width, n) => {
        const x = at
        at += width * unit
        const isAccent = (index === 0 && n === 0) || (index === 2 && n === count - 1) || (index === 4 && n === 3)
        const paint = isAccent ? accent : width > 1.2 ? lit(caps, -0.16) : caps
        const w = width * unit - 6
        return (
          rect(x + 3, top, w, 47, 9, lit(paint, -0.32)) +
          rect(x + 7, top - 5, w - 8, 37, 9, b.slab(paint, 0.8)) +
          stroke(`M${x + 14} ${top} H${x + w * 0.55}`, '#fff6e6', 2.5, { opacity: 0.5 })
        )
      })
      .join('')
  }
  const art =
    shape(
      'M222 664 H978 q14 0 18 14 L1046 936 q4 18 -16 18 H170 q-20 0 -16 -18 L204 678 q4 -14 18 -14Z',
      b.slab(lit(accent, -0.5)),
    ) +
    shape('M158 926 H1042 L1046 936 q4 18 -16 18 H170 q-20 0 -16 -18Z', b.roll(lit(accent, -0.35))) +
    shape('M230 676 H970 L1012 926 H188Z', lit(accent, -0.62)) +
    times(5, row)
  return { art, feet: [[600, 440]], details: [[420, 790, 430]] }
}

const widthOf = (row: number, n: number, count: number) => {
  if (n === count - 1) return [2, 1.5, 2.2, 2.6][row]!
  return n === 0 ? [1, 1.5, 1.8, 2.2][row]! : 1
}

export function headphones(b: Brushes, paint: Paint, pad: Paint): Drawing {
  const cup = (x: number, lean: number, isNear: boolean) =>
    turned(
      rect(x - 64, 690, 128, 236, 60, b.column(lit(pad, -0.12))) +
        rect(x + (isNear ? -10 : -118), 676, 128, 262, 62, b.column(paint)) +
        stroke(`M${x + (isNear ? 20 : -88)} 720 q-14 80 0 150`, '#fff3df', 10, { opacity: 0.28 }) +
        oval(x + (isNear ? 62 : -58), 806, 20, 54, lit(paint, -0.2), { opacity: 0.5 }),
      lean,
      x,
      806,
    )
  const art =
    stroke('M318 720 C318 360 882 360 882 720', b.column(lit(palette.ink, 0.1)), 40) +
    stroke('M318 720 C318 360 882 360 882 720', b.roll(paint), 28) +
    stroke('M392 540 C452 420 748 420 808 540', b.roll(pad), 48) +
    stroke('M410 528 C470 420 660 412 730 450', '#fff3df', 6, { opacity: 0.35 }) +
    rect(304, 634, 30, 110, 12, b.column(palette.steel)) +
    rect(866, 634, 30, 110, 12, b.column(palette.steel)) +
    cup(372, 7, false) +
    cup(828, -7, true) +
    disc(338, 806, 18, b.ball(palette.steel))
  return {
    art,
    feet: [
      [412, 70],
      [790, 70],
    ],
    details: [
      [390, 780, 460],
      [600, 500, 460],
    ],
  }
}

export function handheldConsole(b: Brushes, shell: Paint, buttons: Paint): Drawing {
  const art =
    rect(356, 330, 488, 622, 58, b.column(lit(shell, -0.12))) +
    rect(364, 324, 472, 620, 54, b.slab(shell)) +
    stroke('M384 396 V372 q4 -32 40 -34 H690', '#fff8ea', 6, { opacity: 0.6 }) +
    shape(
      'M404 372 H796 q14 0 14 14 V640 q0 44 -44 44 H404 q-14 0 -14 -14 V386 q0 -14 14 -14Z',
      b.slab(lit(shell, -0.55)),
    ) +
    rect(446, 414, 308, 226, 8, '#a8b36b') +
    rect(446, 414, 308, 226, 8, b.fade('#2f3d1f', 0.35)) +
    // a small round fruit jumps over a hill
    shape('M446 640 V590 q60 -40 120 -6 t120 4 q34 -18 68 -14 V640Z', '#55652f') +
    disc(560, 500, 24, '#3c4a22') +
    rect(554, 466, 12, 14, 2, '#3c4a22') +
    times(4, (n) => rect(620 + n * 28, 452, 14, 14, 2, '#6f7d40')) +
    shape('M456 424 h120 l-150 190 v-170Z', '#ffffff', { opacity: 0.14 }) +
    disc(420, 520, 7, palette.brick) +
    group(rect(424, 764, 132, 42, 8, b.slab(palette.ink)) + rect(469, 719, 42, 132, 8, b.slab(palette.ink))) +
    disc(490, 785, 12, lit(palette.ink, 0.14)) +
    disc(686, 812, 38, b.ball(buttons)) +
    disc(766, 762, 38, b.ball(buttons)) +
    turned(rect(520, 882, 66, 18, 9, lit(palette.ink, 0.25)), -24, 553, 891) +
    turned(rect(612, 882, 66, 18, 9, lit(palette.ink, 0.25)), -24, 645, 891) +
    times(5, (n) => turned(rect(722 + n * 20, 868, 9, 56, 4, lit(shell, -0.4)), -24, 726 + n * 20, 896))
  return { art, feet: [[600, 244]], details: [[620, 800, 400]] }
}
