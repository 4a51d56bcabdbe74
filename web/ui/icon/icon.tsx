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
  if (drawing === undefined) {
    drawing = shape.map(([tag, attributes]) => `<${tag}${inTag(attributes)}/>`).join('')
    drawn.set(shape, drawing)
  }
  return drawing
}

function inTag(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('')
}
