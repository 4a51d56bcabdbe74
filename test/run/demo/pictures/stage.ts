import { disc, group, lit, mix, oval, palette, rect, shape, stroke } from './paint.ts'
import type { Brushes, Paint } from './paint.ts'

/** The stage itself; a picture of it may have any size. */
const edge = 1_200
/** Where things stand. */
export const ground = 950

/** What an object's drawing gives to the stage. It stands on `ground` around x = 600 and fits between 180 and 1,020. */
export interface Drawing {
  art: string
  /** Where it touches the table: centre and half width of each foot. */
  feet: [x: number, half: number][]
  /** Where to look closer: centre and width of the cut. */
  details: [x: number, y: number, width: number][]
  /** Hangs on the wall or floats: its shadow falls on the wall behind. */
  isHanging?: boolean
}

export interface Scenery {
  wall: Paint
  table: Paint
  light: 'window' | 'blinds' | 'leaves' | 'plain'
  /** A hallabong beside it, for size and as a greeting. */
  withFruit?: boolean
}

export interface Frame {
  cut: Drawing['details'][number] | undefined
  side: number
}

export function stage(drawing: Drawing, brushes: Brushes, scenery: Scenery, { cut, side }: Frame): string {
  const { wall, table, light } = scenery
  const horizon = drawing.isHanging ? edge + 60 : 800
  const background =
    rect(0, 0, edge, edge, 0, brushes.slab(wall, 0.55)) +
    rect(0, horizon, edge, 400, 0, brushes.fade(table, 1, 1)) +
    rect(-100, horizon - 14, edge + 200, 40, 0, mix(wall, table, 0.5), { filter: 'url(#soft)' }) +
    rect(0, horizon + 14, edge, 400, 0, brushes.fade(lit(table, 0.3), 0.55)) +
    rect(0, 1_010, edge, 190, 0, brushes.fade(lit(table, -0.3), 0, 0.22))

  const shadowOnTable = group(group(drawing.art, { filter: 'url(#silhouette)' }), {
    transform: `translate(600 ${ground}) skewX(-62) scale(1 0.22) translate(-600 -${ground})`,
    opacity: 0.34,
  })
  const shadowOnWall = group(drawing.art, { filter: 'url(#silhouette)', transform: 'translate(46 40)', opacity: 0.26 })
  const contact = drawing.feet
    .map(
      ([x, half]) =>
        oval(x + half * 0.06, ground + 3, half * 1.05, Math.min(14, 5 + half / 20), '#2a1a16', {
          filter: 'url(#near)',
          opacity: 0.5,
        }) +
        oval(x + half * 0.1, ground + 8, half * 1.25, Math.min(32, 10 + half / 10), '#2a1a16', {
          filter: 'url(#far)',
          opacity: 0.28,
        }),
    )
    .join('')
  const scene = [
    background,
    lightOn(light, wall, brushes),
    drawing.isHanging ? shadowOnWall : shadowOnTable + contact,
    scenery.withFruit ? fruit(brushes, 955, ground + 62) : '',
    drawing.art,
  ].join('')
  const [x, y, width] = cut ?? [600, 668, 1_050]
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="${x - width / 2} ${y - width / 2} ${width} ${width}">
<defs>${filters}${brushes.defs}</defs>${scene}</svg>`
}

const blur = (id: string, deviation: number) =>
  `<filter id="${id}" x="-40%" y="-200%" width="180%" height="500%"><feGaussianBlur stdDeviation="${deviation}"/></filter>`

const filters = `${blur('soft', 22)}${blur('beam', 7)}${blur('near', 7)}${blur('far', 20)}
<filter id="silhouette" x="-20%" y="-20%" width="140%" height="140%" color-interpolation-filters="sRGB">
<feColorMatrix values="0 0 0 0 0.16  0 0 0 0 0.09  0 0 0 0 0.09  0 0 0 1 0"/><feGaussianBlur stdDeviation="11"/></filter>`

/** What the sun draws on the wall. */
function lightOn(light: Scenery['light'], wall: Paint, brushes: Brushes): string {
  const bright = lit(wall, 0.75)
  const pane = (x: number, y: number, width: number, height: number) =>
    shape(`M${x} ${y} l${width} ${width * 0.18} l${-height * 0.22} ${height} l${-width} ${-width * 0.18}Z`, bright)
  switch (light) {
    case 'plain':
      return disc(330, 300, 620, brushes.glow(bright, 0.5))
    case 'window':
      return group(
        pane(170, 40, 250, 300) + pane(452, 91, 250, 300) + pane(98, 366, 250, 300) + pane(380, 417, 250, 300),
        {
          opacity: 0.34,
          filter: 'url(#beam)',
        },
      )
    case 'blinds':
      return group(Array.from({ length: 9 }, (_, row) => pane(120 - row * 17, 20 + row * 84, 720, 44)).join(''), {
        opacity: 0.3,
        filter: 'url(#beam)',
      })
    case 'leaves':
      return group(
        Array.from({ length: 15 }, (_, n) => {
          const [x, y] = [60 + ((n * 263) % 760), 30 + ((n * 167) % 560)]
          return group(shape('M0 0 C40 -46 130 -46 176 0 C130 34 40 34 0 0Z', lit(wall, -0.5)), {
            transform: `translate(${x} ${y}) rotate(${18 + ((n * 47) % 70)}) scale(${0.7 + ((n * 13) % 7) / 12})`,
          })
        }).join(''),
        { opacity: 0.13, filter: 'url(#beam)' },
      )
  }
}

/** A hallabong: round, with a raised top. */
function fruit(brushes: Brushes, x: number, y: number): string {
  const peel = brushes.ball(palette.tangerine)
  return (
    oval(x + 26, y + 2, 84, 15, '#2a1a16', { filter: 'url(#near)', opacity: 0.42 }) +
    shape(
      `M${x} ${y} c-56 0 -80 -34 -78 -68 c2 -34 26 -52 46 -62 c10 -6 12 -26 34 -26 c22 0 24 20 34 26 c22 10 46 28 46 62 c0 36 -26 68 -82 68Z`,
      peel,
    ) +
    stroke(`M${x + 2} ${y - 154} q2 -16 14 -20`, palette.walnut, 7) +
    shape(`M${x + 12} ${y - 168} c16 -26 50 -30 74 -18 c-16 22 -46 32 -74 18Z`, brushes.slab(palette.leaf)) +
    oval(x - 34, y - 84, 14, 24, '#fff3df', { opacity: 0.35, transform: `rotate(24 ${x - 34} ${y - 84})` })
  )
}
