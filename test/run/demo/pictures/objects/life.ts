import { disc, group, lit, mix, oval, palette, rect, shape, stroke, times, turned } from '../paint.ts'
import type { Brushes, Paint } from '../paint.ts'
import type { Drawing } from '../stage.ts'

/** What belongs to pets, music and green fingers. */
export function terrarium(b: Brushes, stones: Paint, lid: Paint = palette.oak): Drawing {
  const jar =
    'M470 420 C340 470 300 600 300 720 C300 860 380 950 480 950 H720 C820 950 900 860 900 720 C900 600 860 470 730 420Z'
  const frond = (x: number, y: number, turn: number, size: number, paint: Paint) =>
    group(
      stroke('M0 0 Q10 -90 40 -170', lit(paint, -0.2), 6) +
        times(6, (n) =>
          shape('M0 0 q30 -34 76 -22 q-26 40 -76 22Z', b.slab(paint), {
            transform: `translate(${4 + n * 6} ${-34 - n * 25}) rotate(${-14 - n * 4})`,
          }),
        ) +
        times(6, (n) =>
          shape('M0 0 q-30 -34 -76 -22 q26 40 76 22Z', b.slab(lit(paint, -0.1)), {
            transform: `translate(${4 + n * 6} ${-34 - n * 25}) rotate(${24 - n * 4})`,
          }),
        ),
      { transform: `translate(${x} ${y}) rotate(${turn}) scale(${size})` },
    )
  const art =
    shape(jar, '#dfe9e2', { opacity: 0.35 }) +
    group(
      rect(280, 850, 640, 120, 0, b.roll(stones)) +
        times(22, (n) =>
          oval(306 + ((n * 61) % 600), 900 + ((n * 17) % 46), 22, 14, b.ball(n % 3 ? lit(stones, 0.2) : palette.stone)),
        ) +
        shape('M280 800 q90 -60 200 -30 t220 -10 t240 20 v80 H280Z', b.roll('#4f3b2b')) +
        shape(
          'M280 800 q60 -70 150 -46 q50 -50 130 -10 q60 -40 120 0 q90 -40 240 30 v20 q-150 -10 -320 0 t-320 6Z',
          b.roll(palette.leaf),
        ) +
        frond(470, 790, -18, 1.1, palette.pine) +
        frond(600, 800, 6, 1.5, palette.leaf) +
        frond(720, 790, 26, 1.05, mix(palette.leaf, palette.pine, 0.4)) +
        rect(520, 744, 18, 44, 8, palette.cream) +
        shape('M494 752 q34 -50 70 0Z', b.ball(palette.brick)) +
        times(3, (n) => disc(512 + n * 16, 742 - (n % 2) * 8, 5, palette.paper)),
      { 'clip-path': b.clip(`<path d="${jar}"/>`) },
    ) +
    shape(jar, b.glass('#cfe0dc')) +
    shape(jar, 'none', { stroke: '#f4fbf7', 'stroke-width': 6, opacity: 0.7 }) +
    shape('M356 560 C336 640 336 760 366 840', 'none', {
      stroke: '#ffffff',
      'stroke-width': 18,
      'stroke-linecap': 'round',
      opacity: 0.6,
    }) +
    oval(600, 420, 132, 24, 'none', { stroke: '#f4fbf7', 'stroke-width': 7, opacity: 0.8 }) +
    rect(478, 340, 244, 84, 18, b.column(lid)) +
    oval(600, 346, 122, 22, b.slab(lit(lid, 0.16)))
  return { art, feet: [[600, 170]], details: [[560, 720, 420]] }
}

export function fishBowl(b: Brushes, fish: Paint, sand: Paint): Drawing {
  const bowl =
    'M420 440 C260 520 240 700 280 800 C320 900 420 950 520 950 H680 C780 950 880 900 920 800 C960 700 940 520 780 440Z'
  const swimmer = (x: number, y: number, size: number) =>
    group(
      shape('M60 0 q50 -50 80 -40 q-20 40 0 80 q-30 10 -80 -40Z', b.slab(lit(fish, 0.2))) +
        oval(0, 0, 78, 50, b.ball(fish)) +
        shape('M-10 -44 q40 -44 70 -20 q-20 20 -40 34Z', b.slab(lit(fish, 0.1))) +
        disc(-44, -10, 10, palette.ink) +
        disc(-47, -13, 3, '#ffffff') +
        stroke('M-14 -34 q18 34 0 66', lit(fish, 0.5), 7, { opacity: 0.7 }),
      { transform: `translate(${x} ${y}) scale(${size})` },
    )
  const art =
    shape(bowl, '#dcebea', { opacity: 0.4 }) +
    group(
      rect(220, 560, 760, 400, 0, b.fade('#8fc3c6', 0.35, 0.7)) +
        shape('M220 880 q190 -60 380 -10 t380 -20 v120 H220Z', b.roll(sand)) +
        times(20, (n) =>
          oval(300 + ((n * 71) % 600), 896 + ((n * 13) % 40), 15, 9, b.ball(n % 2 ? palette.paper : lit(sand, -0.15))),
        ) +
        times(3, (n) =>
          stroke(
            `M${770 + n * 26} 900 q${-26 + n * 8} -60 0 -120 t0 -${100 - n * 20}`,
            mix(palette.leaf, palette.pine, n / 3),
            13,
          ),
        ) +
        shape('M350 890 q20 -80 90 -80 q70 0 90 80Z', b.ball(palette.stone)) +
        oval(440, 880, 34, 28, b.hollow(palette.stone)) +
        swimmer(560, 690, 1.05) +
        swimmer(430, 780, 0.55) +
        times(4, (n) => disc(460 - n * 6, 640 - n * 24, 9 - n, '#ffffff', { opacity: 0.6 })),
      { 'clip-path': b.clip(`<path d="${bowl}"/>`) },
    ) +
    oval(600, 562, 334, 26, '#e9f7f5', { opacity: 0.55 }) +
    shape(bowl, b.glass('#d6e8e6')) +
    shape('M330 560 C290 640 290 760 330 830', 'none', {
      stroke: '#ffffff',
      'stroke-width': 20,
      'stroke-linecap': 'round',
      opacity: 0.6,
    }) +
    oval(600, 440, 182, 30, 'none', { stroke: '#f4fbf7', 'stroke-width': 12, opacity: 0.9 })
  return { art, feet: [[600, 150]], details: [[540, 720, 420]] }
}

export function catTower(b: Brushes, cloth: Paint, cat: Paint): Drawing {
  const post = (x: number, y: number, h: number) =>
    rect(x - 24, y, 48, h, 8, b.column(palette.oak)) +
    times(Math.floor(h / 15), (n) =>
      stroke(`M${x - 23} ${y + 10 + n * 15} l46 -7`, lit(palette.oak, -0.26), 4, { opacity: 0.7 }),
    )
  const deck = (x: number, y: number, w: number) => rect(x - w, y, w * 2, 44, 20, b.roll(cloth))
  const art =
    post(420, 560, 370) +
    post(770, 420, 510) +
    rect(290, 904, 620, 46, 16, b.roll(lit(cloth, -0.1))) +
    rect(450, 650, 290, 256, 30, b.slab(lit(cloth, 0.06))) +
    disc(595, 786, 88, b.hollow(palette.walnut)) +
    disc(595, 786, 88, 'none', { stroke: lit(cloth, 0.4), 'stroke-width': 7 }) +
    disc(566, 790, 8, palette.butter) +
    disc(624, 790, 8, palette.butter) +
    deck(440, 540, 150) +
    deck(770, 400, 150) +
    // someone sleeps upstairs
    shape('M650 400 q-10 -92 90 -100 q110 -8 140 60 q10 30 0 40Z', b.ball(cat)) +
    disc(690, 350, 52, b.ball(cat)) +
    shape('M648 330 l4 -52 l36 28Z M700 302 l30 -34 l10 50Z', b.slab(cat)) +
    stroke('M664 356 q10 8 20 0 M700 352 q10 8 20 0', palette.ink, 5) +
    shape('M684 366 l14 0 l-7 8Z', palette.rose) +
    stroke('M876 396 q40 30 10 84', b.column(cat), 24) +
    stroke('M512 584 V690', palette.cream, 3) +
    disc(512, 704, 20, b.ball(palette.tangerine))
  return { art, feet: [[600, 310]], details: [[740, 370, 380]] }
}

export function petBed(b: Brushes, wicker: Paint, cushion: Paint): Drawing {
  const art =
    shape(
      'M270 720 C270 620 420 570 600 570 S930 620 930 720 L900 880 q-14 60 -120 66 H420 q-106 -6 -120 -66Z',
      b.column(lit(wicker, -0.2)),
    ) +
    oval(600, 720, 330, 130, b.hollow(wicker)) +
    oval(600, 740, 290, 108, b.ball(cushion)) +
    // a dog, curled up
    oval(610, 700, 210, 96, b.ball(palette.oak)) +
    oval(450, 716, 86, 66, b.ball(lit(palette.oak, 0.12))) +
    shape('M400 690 q-50 10 -44 90 q44 4 66 -50Z', b.slab(palette.walnut)) +
    shape('M480 664 q50 -20 62 40 q-30 30 -60 10Z', b.slab(palette.walnut)) +
    oval(414, 742, 17, 13, palette.ink) +
    stroke('M452 704 q12 10 24 0', palette.ink, 6) +
    stroke('M800 690 q50 30 0 80 q-70 50 -180 40', b.column(palette.oak), 32) +
    shape('M268 724 q40 110 332 110 t332 -110 L902 882 q-14 62 -120 66 H418 q-106 -4 -120 -66Z', b.column(wicker)) +
    times(6, (row) =>
      times(22 - row, (n) =>
        oval(
          304 + row * 8 + n * 28,
          808 + row * 25 + 40 * Math.sin((n / (21 - row)) * Math.PI) - 30,
          17,
          9,
          lit(wicker, (n + row) % 2 ? 0.2 : -0.16),
          { opacity: 0.5 },
        ),
      ),
    )
  return { art, feet: [[600, 290]], details: [[500, 720, 420]] }
}

export function guitar(b: Brushes, top: Paint, neck: Paint = palette.walnut): Drawing {
  const art = turned(
    shape(
      'M600 520 C690 520 720 580 706 640 C700 676 760 700 772 790 C786 890 700 956 600 956 S414 890 428 790 C440 700 500 676 494 640 C480 580 510 520 600 520Z',
      b.slab(lit(palette.walnut, -0.2)),
    ) +
      shape(
        'M600 532 C680 532 708 584 694 642 C688 684 748 706 760 792 C772 882 692 944 600 944 S428 882 440 792 C452 706 512 684 506 642 C492 584 520 532 600 532Z',
        b.slab(top),
      ) +
      disc(600, 700, 54, b.hollow(palette.walnut)) +
      disc(600, 700, 62, 'none', { stroke: palette.cream, 'stroke-width': 5, 'stroke-dasharray': '8 6' }) +
      shape('M650 716 q60 0 60 70 q-10 60 -60 30 q-30 -40 -30 -60Z', b.slab(palette.walnut), { opacity: 0.8 }) +
      rect(534, 834, 132, 26, 8, b.slab(palette.ink)) +
      rect(574, 176, 52, 524, 6, b.column(neck)) +
      times(14, (n) => rect(574, 220 + n * 31 - n * n * 0.4, 52, 4, 2, palette.steel)) +
      times(4, (n) => disc(600, 284 + n * 78, 6, palette.cream)) +
      shape('M566 186 l-10 -120 q0 -20 22 -20 h44 q22 0 22 20 l-10 120Z', b.slab(neck)) +
      times(
        3,
        (n) =>
          rect(528, 72 + n * 34, 30, 16, 8, b.roll(palette.cream)) +
          rect(642, 72 + n * 34, 30, 16, 8, b.roll(palette.cream)),
      ) +
      times(6, (n) => stroke(`M${582 + n * 7.2} 80 V846`, '#fff3da', 1.6, { opacity: 0.9 })) +
      stroke('M470 780 C474 724 520 700 528 660', '#fff8ea', 9, { opacity: 0.35 }),
    7,
    600,
    950,
  )
  return {
    art: group(art, { transform: 'translate(108 171) scale(0.82)' }),
    feet: [[600, 110]],
    details: [[610, 770, 380]],
  }
}

export function recordPlayer(b: Brushes, box: Paint, label: Paint): Drawing {
  const art =
    // the open lid
    shape('M330 660 L290 330 q0 -22 22 -22 H888 q22 0 22 22 L870 660Z', b.slab(lit(box, -0.12))) +
    shape('M354 640 L320 346 q0 -10 10 -10 H870 q10 0 10 10 L846 640Z', b.hollow(lit(box, -0.1), 0.7)) +
    disc(600, 480, 96, b.hollow(palette.ink), { opacity: 0.3 }) +
    times(7, (n) => stroke(`M${500 + n * 33} 420 v120`, lit(box, 0.1), 6, { opacity: 0.45 })) +
    // the deck
    shape('M330 650 H870 L950 830 H250Z', b.slab(palette.cream)) +
    oval(560, 742, 230, 80, b.column(palette.ink)) +
    oval(560, 732, 230, 80, b.slab(lit(palette.ink, 0.06))) +
    times(6, (n) =>
      oval(560, 732, 214 - n * 22, 74 - n * 7.6, 'none', {
        stroke: lit(palette.ink, 0.24),
        'stroke-width': 2,
        opacity: 0.6,
      }),
    ) +
    shape('M560 732 L380 690 A230 80 0 0 1 500 655Z', '#ffffff', { opacity: 0.14 }) +
    oval(560, 732, 76, 27, b.slab(label)) +
    oval(560, 732, 10, 4, palette.ink) +
    disc(834, 690, 32, b.ball(palette.steel)) +
    stroke('M834 688 Q800 780 690 790', b.column(palette.steel), 12) +
    turned(rect(660, 778, 46, 22, 6, palette.ink), 12, 680, 790) +
    times(2, (n) => oval(870 + n * 20, 766 + n * 30, 19, 9, b.ball(palette.tangerine))) +
    shape('M250 828 H950 V926 q0 22 -22 22 H272 q-22 0 -22 -22Z', b.roll(box)) +
    times(2, (n) => rect(n ? 850 : 300, 836, 50, 40, 6, b.slab(palette.butter))) +
    rect(530, 866, 140, 34, 17, b.roll(palette.walnut))
  return { art, feet: [[600, 346]], details: [[600, 730, 440]] }
}

export function books(b: Brushes, first: Paint, second: Paint): Drawing {
  const paints: Paint[] = [palette.navy, first, palette.butter, palette.sage, second]
  const widths = [330, 296, 312, 270, 288]
  const art =
    times(5, (n) => {
      const [w, y, paint] = [widths[n]!, 866 - n * 86, paints[n]!]
      const x = 600 - w + ((n * 37) % 50) - 20
      return (
        rect(x, y, w * 2, 84, 10, b.roll(paint)) +
        rect(x + 26, y + 11, w * 2 - 20, 62, 4, b.roll(palette.paper)) +
        times(4, (k) => stroke(`M${x + 30} ${y + 22 + k * 13} H${x + w * 2 + 2}`, palette.stone, 2, { opacity: 0.4 })) +
        rect(x, y, w * 2 - 60, 84, 10, b.roll(paint)) +
        rect(x + 60, y + 20, 16, 44, 3, lit(paint, 0.5), { opacity: 0.85 }) +
        rect(x + 110, y + 34, w * 0.8, 16, 5, lit(paint, 0.55), { opacity: 0.85 })
      )
    }) +
    // a cup of tea on top
    oval(590, 522, 100, 15, b.column(palette.cream)) +
    stroke('M652 440 q60 -8 54 34 q-6 32 -62 28', b.column(palette.paper), 15) +
    shape('M508 416 H660 q4 66 -24 96 q-10 10 -52 10 t-52 -10 q-28 -30 -24 -96Z', b.column(palette.paper)) +
    oval(584, 416, 76, 16, b.hollow(palette.walnut)) +
    stroke('M560 390 q-20 -40 6 -70 t0 -70 M606 386 q-16 -34 6 -60', '#fff8ea', 7, { opacity: 0.45 })
  return { art, feet: [[590, 330]], details: [[580, 640, 430]] }
}

export function pottedPlant(b: Brushes, pot: Paint, leaf: Paint = palette.pine): Drawing {
  const leaves: [number, number, number][] = [
    [-64, 1, 0.1],
    [58, 1.02, -0.1],
    [-30, 1.24, 0],
    [26, 1.2, 0.06],
    [-2, 1.36, 0.16],
    [-88, 0.74, -0.14],
    [86, 0.78, -0.2],
  ]
  const monstera = (turn: number, size: number, tone: number) =>
    group(
      stroke('M0 0 Q-8 -120 0 -220', lit(leaf, -0.15), 9) +
        shape('M0 -200 C-110 -230 -130 -330 0 -430 C130 -330 110 -230 0 -200Z', b.slab(lit(leaf, tone))) +
        times(3, (n) =>
          shape('M0 0 l-52 -8 l0 16Z', lit(leaf, tone - 0.28), {
            transform: `translate(${-28 - n * 4} ${-250 - n * 40}) rotate(24)`,
            opacity: 0.65,
          }),
        ) +
        times(3, (n) =>
          shape('M0 0 l52 -8 l0 16Z', lit(leaf, tone - 0.28), {
            transform: `translate(${28 + n * 4} ${-250 - n * 40}) rotate(-24)`,
            opacity: 0.65,
          }),
        ) +
        stroke('M0 -206 V-420', lit(leaf, tone + 0.3), 4, { opacity: 0.7 }),
      { transform: `translate(600 690) rotate(${turn}) scale(${size})` },
    )
  const art =
    leaves.map(([turn, size, tone]) => monstera(turn, size * 0.84, tone)).join('') +
    shape('M420 680 H780 L742 920 q-4 30 -40 30 H498 q-36 0 -40 -30Z', b.column(pot)) +
    rect(404, 650, 392, 66, 14, b.column(lit(pot, 0.06))) +
    stroke('M440 800 q80 24 150 0 t150 0', lit(pot, 0.4), 7, { opacity: 0.6 }) +
    oval(600, 656, 180, 14, b.hollow('#4f3b2b'))
  return { art, feet: [[600, 130]], details: [[600, 440, 440]] }
}
