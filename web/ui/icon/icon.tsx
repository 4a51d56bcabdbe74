/** What a file of `lucide/dist/esm/icons` holds: elements with their attributes. */
export type IconShape = readonly (readonly [tag: string, attributes: Readonly<Record<string, string>>])[]

const drawn = new WeakMap<IconShape, string>()

/**
 * One lucide icon (`import Heart from 'lucide/dist/esm/icons/heart.mjs'`), as large as the text beside it unless `class`
 * sizes it. Without `label` it is decoration and hidden from screen readers.
 */
export function Icon(props: {
  of: IconShape
  label?: string | undefined
  class?: string | undefined
  filled?: boolean
}) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill={props.filled ? 'currentColor' : 'none'}
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      role={props.label ? 'img' : undefined}
      aria-label={props.label}
      aria-hidden={props.label ? undefined : 'true'}
      class={`shrink-0 ${props.class ?? 'size-5'}`}
      // oxlint-disable-next-line solid/no-innerhtml -- a drawing of the package, never anybody's text; lucide's own Solid components cost five computations and 600 bytes of HTML for each icon
      innerHTML={drawingOf(props.of)}
    />
  )
}

function drawingOf(shape: IconShape): string {
  let drawing = drawn.get(shape)
  if (drawing === undefined) drawn.set(shape, (drawing = draw(shape)))
  return drawing
}

/** All strokes as one path: as elements of their own they would be half of what a page of cards consists of. */
function draw(shape: IconShape): string {
  let strokes = ''
  let others = ''
  for (const [tag, attributes] of shape) {
    const stroke = 'fill' in attributes ? '' : strokeOf(tag, attributes)
    strokes += stroke
    if (stroke === '') others += `<${tag}${inTag(attributes)}/>`
  }
  return (strokes && `<path d="${strokes}"/>`) + others
}

/** How a shape is drawn by a path, wherever that stands; '' for one that keeps its element. */
function strokeOf(tag: string, of: Readonly<Record<string, string>>): string {
  // A path may begin with what is relative to where the one before it ended.
  if (tag === 'path') return `M0 0${of['d']}`
  if (tag === 'line') return `M${of['x1']} ${of['y1']}L${of['x2']} ${of['y2']}`
  if (tag !== 'circle') return ''
  const { r } = of
  return `M${of['cx']} ${of['cy']}m-${r} 0a${r} ${r} 0 1 0 ${2 * Number(r)} 0a${r} ${r} 0 1 0-${2 * Number(r)} 0`
}

function inTag(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('')
}
