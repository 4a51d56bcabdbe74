import { disc, group, lit, oval, palette, rect, shape, stroke, times, turned } from '../paint.ts'
import type { Brushes, Paint } from '../paint.ts'
import type { Drawing } from '../stage.ts'

export function coat(b: Brushes, cloth: Paint, lining: Paint): Drawing {
  const art =
    stroke('M600 300 V262 q0 -34 30 -34 q30 0 30 28 q0 22 -24 28', lit(palette.steel, -0.2), 9) +
    stroke('M410 396 L600 300 L790 396', b.slab(palette.oak), 20) +
    shape('M520 330 L600 300 L680 330 L664 420 H536Z', b.hollow(lining)) +
    // sleeves
    shape(
      'M420 380 C360 400 330 480 300 640 C286 730 276 790 280 840 q40 18 88 6 C380 740 410 620 440 540Z',
      b.slab(lit(cloth, -0.08)),
    ) +
    shape(
      'M780 380 C840 400 870 480 900 640 C914 730 924 790 920 840 q-40 18 -88 6 C820 740 790 620 760 540Z',
      b.slab(lit(cloth, -0.14)),
    ) +
    shape('M280 800 l4 44 q40 16 84 4 l4 -44Z', lit(cloth, -0.22), { opacity: 0.6 }) +
    // body
    shape('M520 326 C460 346 430 360 412 386 C430 560 410 800 392 1060 q100 26 208 20 V470Z', b.slab(cloth)) +
    shape(
      'M680 326 C740 346 770 360 788 386 C770 560 790 800 808 1060 q-100 26 -208 20 V470Z',
      b.slab(lit(cloth, -0.06)),
    ) +
    stroke('M600 480 V1078', lit(cloth, -0.35), 5) +
    shape('M520 326 q-30 14 -44 32 l44 130 l-34 34 l114 150 L560 440Z', b.slab(lit(cloth, 0.08))) +
    shape('M680 326 q30 14 44 32 l-44 130 l34 34 l-114 150 L640 440Z', b.slab(lit(cloth, 0.02))) +
    stroke('M520 488 l-34 34', lit(cloth, -0.3), 4) +
    stroke('M680 488 l34 34', lit(cloth, -0.3), 4) +
    times(
      3,
      (n) =>
        disc(560, 700 + n * 100, 15, b.ball(palette.walnut)) + disc(646, 700 + n * 100, 15, b.ball(palette.walnut)),
    ) +
    turned(rect(424, 776, 112, 26, 6, b.roll(lit(cloth, -0.08))), 8, 480, 790) +
    turned(rect(668, 776, 112, 26, 6, b.roll(lit(cloth, -0.12))), -8, 724, 790) +
    stroke('M440 420 C446 600 440 760 430 940', lit(cloth, 0.3), 8, { opacity: 0.35 })
  return {
    art,
    feet: [],
    details: [
      [600, 470, 460],
      [580, 800, 420],
    ],
    isHanging: true,
  }
}

export function handbag(b: Brushes, leather: Paint, brass: Paint = palette.butter): Drawing {
  const art =
    stroke('M430 560 C430 300 770 300 770 560', b.column(lit(leather, -0.2)), 30) +
    stroke('M430 560 C430 300 770 300 770 560', lit(leather, 0.25), 4, { 'stroke-dasharray': '12 10', opacity: 0.7 }) +
    shape('M340 560 H860 L916 890 q8 58 -50 60 H334 q-58 -2 -50 -60Z', b.slab(leather)) +
    shape('M284 890 q-8 58 50 60 H866 q58 -2 50 -60 l-4 -24 q-10 50 -60 52 H348 q-50 -2 -60 -52Z', lit(leather, -0.2), {
      opacity: 0.7,
    }) +
    shape(
      'M330 548 H870 q12 0 14 14 l14 110 q6 116 -298 120 q-304 -4 -298 -120 l14 -110 q2 -14 14 -14Z',
      b.slab(lit(leather, 0.06)),
    ) +
    shape('M316 672 q6 100 284 106 q278 -6 284 -106', 'none', {
      stroke: lit(leather, 0.4),
      'stroke-width': 4,
      'stroke-dasharray': '13 10',
      opacity: 0.7,
    }) +
    rect(556, 722, 88, 108, 16, b.slab(brass)) +
    rect(574, 748, 52, 22, 11, b.hollow(palette.walnut)) +
    disc(600, 802, 10, b.ball(brass)) +
    times(2, (n) => rect(n ? 752 : 412, 540, 36, 62, 10, b.column(brass))) +
    stroke('M350 580 Q352 570 372 570 H640', '#fff8ea', 7, { opacity: 0.4 })
  return { art, feet: [[600, 312]], details: [[600, 760, 380]] }
}

export function strawHat(b: Brushes, straw: Paint, ribbon: Paint): Drawing {
  const hat =
    oval(600, 850, 400, 92, b.slab(lit(straw, -0.12))) +
    oval(600, 838, 400, 90, b.slab(straw)) +
    times(5, (n) =>
      oval(600, 838, 380 - n * 34, 84 - n * 9, 'none', { stroke: lit(straw, -0.24), 'stroke-width': 3, opacity: 0.5 }),
    ) +
    shape('M388 830 C392 640 440 540 600 540 S808 640 812 830 q-212 70 -424 0Z', b.ball(straw)) +
    times(7, (n) =>
      stroke(`M${398 + n * 5} ${800 - n * 32} q${202 - n * 5} ${56 - n * 3} ${404 - n * 10} 0`, lit(straw, -0.22), 3, {
        opacity: 0.5,
      }),
    ) +
    shape('M386 826 q-2 -56 8 -100 q206 66 412 0 q10 44 8 100 q-214 76 -428 0Z', b.column(ribbon)) +
    shape(
      'M770 770 q70 -60 110 -20 q-10 70 -96 62Z M766 790 q90 20 90 110 l-40 -16 l-30 22 q10 -70 -40 -100Z',
      b.slab(lit(ribbon, 0.05)),
    ) +
    disc(774, 786, 24, b.ball(ribbon)) +
    stroke('M440 660 C456 600 500 572 560 562', '#fff8ea', 12, { opacity: 0.35 })
  return { art: group(hat, { transform: 'translate(0 10)' }), feet: [[600, 380]], details: [[680, 770, 400]] }
}

export function sneakers(b: Brushes, upper: Paint, accent: Paint): Drawing {
  const shoe = () =>
    shape(
      'M236 880 C226 800 240 700 276 620 q60 36 120 8 q20 -10 30 -36 l52 -8 C560 690 660 750 800 768 C900 780 952 820 950 884Z',
      b.slab(upper),
    ) +
    shape('M276 620 q60 36 120 8 q20 -10 30 -36 l18 -2 q-6 64 -60 84 q-70 24 -124 -14Z', b.hollow(lit(upper, -0.2))) +
    shape('M236 880 C226 800 236 730 262 660 q60 30 70 130 q4 60 -10 96Z', b.slab(accent)) +
    shape('M774 764 C900 780 952 820 950 884 H740 q-14 -80 34 -120Z', b.ball(lit(upper, 0.3))) +
    shape('M420 640 C520 800 640 850 720 882 H560 C470 850 430 760 400 660Z', b.slab(accent), { opacity: 0.92 }) +
    times(5, (n) => stroke(`M${474 + n * 46} ${616 + n * 34} l${64 - n * 2} ${-20 + n * 3}`, palette.paper, 13)) +
    times(5, (n) => disc(478 + n * 46, 617 + n * 34, 6, lit(upper, -0.5))) +
    shape('M230 868 H954 q16 0 14 24 q-4 54 -60 56 H280 q-60 -2 -62 -52 q-2 -28 12 -28Z', b.roll(palette.paper)) +
    stroke('M232 912 H958', accent, 7) +
    shape('M232 934 q20 16 48 16 H908 q30 -2 44 -16Z', lit(accent, -0.3)) +
    stroke('M296 700 q-14 60 -8 120', '#fff8ea', 8, { opacity: 0.4 })
  const art =
    group(shoe(), { transform: 'translate(176 50) scale(0.9)' }) + group(shoe(), { transform: 'translate(-26 0)' })
  return {
    art,
    feet: [
      [560, 372],
      [850, 180],
    ],
    details: [
      [520, 740, 430],
      [860, 820, 340],
    ],
  }
}

export function watch(b: Brushes, dial: Paint, strap: Paint): Drawing {
  const [x, y] = [600, 600]
  const art =
    shape('M520 420 l16 -210 q2 -24 24 -24 h80 q22 0 24 24 l16 210Z', b.column(strap)) +
    shape('M520 780 l16 214 q2 30 24 34 h80 q22 -4 24 -34 l16 -214Z', b.column(strap)) +
    stroke('M536 410 l14 -196 M664 410 l-14 -196 M536 790 l14 196 M664 790 l-14 196', lit(strap, 0.4), 4, {
      'stroke-dasharray': '11 9',
      opacity: 0.7,
    }) +
    times(4, (n) => oval(600, 870 + n * 40, 7, 9, lit(strap, -0.5))) +
    rect(548, 156, 104, 44, 12, b.slab(palette.steel)) +
    rect(566, 168, 68, 20, 6, b.hollow(strap)) +
    rect(770, 568, 44, 64, 10, b.roll(palette.steel)) +
    disc(x, y, 202, b.slab(palette.steel)) +
    disc(x, y, 180, b.slab(lit(palette.steel, -0.25))) +
    disc(x, y, 170, b.slab(dial)) +
    times(60, (n) => turned(rect(x - 1, y - 162, n % 5 ? 2 : 0, 10, 1, lit(dial, 0.6)), n * 6, x, y)) +
    times(12, (n) =>
      turned(rect(x - 4, y - 158, 8, n % 3 ? 24 : 38, 3, n === 0 ? palette.tangerine : palette.paper), n * 30, x, y),
    ) +
    disc(x, y + 84, 36, 'none', { stroke: lit(dial, 0.3), 'stroke-width': 3 }) +
    turned(rect(x - 2, y + 54, 4, 32, 2, palette.tangerine), 210, x, y + 84) +
    turned(rect(x - 7, y - 98, 14, 116, 7, palette.paper), 306, x, y) +
    turned(rect(x - 5, y - 146, 10, 164, 5, palette.paper), 42, x, y) +
    turned(rect(x - 1.5, y - 150, 3, 196, 1, palette.tangerine), 134, x, y) +
    disc(x, y, 11, palette.tangerine) +
    shape(`M${x - 170} ${y} a170 170 0 0 1 240 -154 L${x - 60} ${y + 158} A170 170 0 0 1 ${x - 170} ${y}Z`, '#ffffff', {
      opacity: 0.1,
    })
  return {
    art,
    feet: [],
    details: [
      [600, 600, 440],
      [600, 900, 360],
    ],
    isHanging: true,
  }
}

export function backpack(b: Brushes, canvas: Paint, leather: Paint): Drawing {
  const art =
    stroke('M520 300 C520 210 680 210 680 300', b.column(leather), 24) +
    shape('M340 480 q-70 60 -70 210 v150 q0 40 40 40 h40Z', b.slab(lit(canvas, -0.2))) +
    shape('M860 480 q70 60 70 210 v150 q0 40 -40 40 h-40Z', b.slab(lit(canvas, -0.28))) +
    shape(
      'M330 470 C330 330 430 280 600 280 S870 330 870 470 V880 q0 70 -70 70 H400 q-70 0 -70 -70Z',
      b.ball(canvas, 0.8),
    ) +
    shape(
      'M326 480 C326 320 430 272 600 272 S874 320 874 480 q0 116 -40 132 q-234 44 -468 0 q-40 -16 -40 -132Z',
      b.slab(lit(canvas, 0.06)),
    ) +
    stroke('M352 590 q240 50 496 0', lit(canvas, 0.4), 4, { 'stroke-dasharray': '13 10', opacity: 0.7 }) +
    rect(400, 680, 400, 220, 40, b.slab(lit(canvas, -0.06))) +
    rect(418, 698, 364, 184, 30, 'none', {
      stroke: lit(canvas, 0.35),
      'stroke-width': 4,
      'stroke-dasharray': '13 10',
      opacity: 0.6,
    }) +
    times(
      2,
      (n) =>
        rect(n ? 676 : 470, 540, 54, 236, 12, b.column(leather)) +
        rect(n ? 668 : 462, 690, 70, 52, 10, b.slab(palette.butter)) +
        rect(n ? 684 : 478, 704, 38, 24, 5, b.hollow(leather)),
    ) +
    rect(546, 796, 108, 56, 10, b.slab(leather)) +
    disc(600, 824, 14, b.ball(palette.tangerine)) +
    stroke('M380 440 C392 360 450 324 540 316', '#fff8ea', 10, { opacity: 0.35 })
  return { art, feet: [[600, 268]], details: [[600, 640, 420]] }
}

export function loafers(b: Brushes, leather: Paint, sole: Paint = palette.walnut): Drawing {
  const shoe = () =>
    group(
      shape(
        'M250 870 C240 780 262 720 300 700 q70 20 150 -6 q60 -20 96 10 C640 770 760 760 860 790 C930 812 950 850 946 884Z',
        b.slab(leather),
      ) +
        shape('M300 700 q70 20 150 -6 q60 -20 96 10 q-30 50 -120 56 q-100 6 -126 -60Z', b.hollow(lit(leather, -0.25))) +
        shape(
          'M520 706 C620 780 740 770 846 798 q-30 56 -140 40 C600 820 540 770 500 730Z',
          b.slab(lit(leather, 0.12)),
        ) +
        stroke('M520 716 C560 800 700 850 850 802', lit(leather, -0.35), 6) +
        shape('M540 690 q70 10 100 70 l-36 60 q-70 -10 -110 -70Z', b.slab(lit(leather, -0.12))) +
        rect(556, 744, 60, 16, 5, palette.ink, { transform: 'rotate(36 586 752)' }) +
        stroke('M290 760 q-10 40 -6 70', '#fff8ea', 8, { opacity: 0.4 }) +
        stroke('M720 790 q60 0 110 16', '#fff8ea', 8, { opacity: 0.45 }),
      { transform: 'translate(0 22)' },
    ) +
    shape('M240 888 H954 q10 0 8 18 l-4 40 H262 q-16 -20 -22 -42 q-2 -16 0 -16Z', b.roll(sole)) +
    shape('M252 914 H424 l-6 36 H268 q-12 -16 -16 -36Z', b.roll(lit(sole, -0.35)))
  const art =
    group(shoe(), { transform: 'translate(200 74) scale(0.88)' }) + group(shoe(), { transform: 'translate(-40 4)' })
  return {
    art,
    feet: [
      [550, 350],
      [850, 160],
    ],
    details: [[500, 780, 400]],
  }
}

export function knitScarf(b: Brushes, wool: Paint, stripe: Paint): Drawing {
  const fold = (y: number, w: number, paint: Paint) =>
    rect(600 - w, y, w * 2, 100, 50, b.roll(paint)) +
    times(Math.floor(w / 13), (n) =>
      stroke(`M${600 - w + 30 + n * 26} ${y + 18} q10 30 0 62`, lit(paint, -0.18), 5, { opacity: 0.5 }),
    )
  const art =
    shape('M330 700 q-60 110 -50 240 h110 q-6 -120 40 -220Z', b.slab(lit(wool, -0.06))) +
    shape('M298 800 q-16 50 -18 96 h110 q0 -50 10 -84Z', b.slab(stripe)) +
    times(7, (n) => stroke(`M${286 + n * 16} 934 v${14 + (n % 2) * 4}`, wool, 8)) +
    fold(850, 310, wool) +
    fold(760, 290, stripe) +
    fold(672, 300, lit(wool, 0.06)) +
    fold(590, 270, wool) +
    shape('M770 600 q80 20 90 130 l10 210 H770 q10 -180 -40 -250Z', b.slab(wool)) +
    shape('M852 780 l8 70 h-92 q0 -40 -4 -70Z', b.slab(stripe)) +
    times(6, (n) => stroke(`M${778 + n * 17} 934 v${16 - (n % 2) * 5}`, wool, 8))
  return { art, feet: [[600, 320]], details: [[560, 720, 400]] }
}
