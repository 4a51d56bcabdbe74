import { Show } from 'solid-js'
import { Picture, type PictureView } from '../picture/picture.tsx'

const sizes = {
  small: ['size-8 text-caption', '2rem'],
  normal: ['size-11 text-body', '2.75rem'],
  large: ['size-20 text-heading', '5rem'],
  huge: ['size-28 text-hero', '7rem'],
} as const

const tints = [
  'bg-tangerine-tint text-tangerine-text',
  'bg-leaf-tint text-leaf',
  'bg-sky-tint text-sky',
  'bg-brick-tint text-brick',
] as const

/** A person's picture, or the first letter of the name on a colour that stays the same for the same handle. Decoration: the name stands beside it. */
export function Avatar(props: {
  name: string
  handle: string
  picture: PictureView | null
  size?: keyof typeof sizes
  class?: string
}) {
  const look = () => sizes[props.size ?? 'normal']
  const tint = () =>
    tints[[...props.handle].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % tints.length]
  return (
    <span
      aria-hidden="true"
      class={`inline-grid shrink-0 place-items-center overflow-hidden rounded-full font-bold ${look()[0]} ${props.picture ? '' : tint()} ${props.class ?? ''}`}
    >
      <Show when={props.picture} fallback={[...props.name][0]?.toUpperCase()}>
        {(picture) => <Picture view={picture()} sizes={look()[1]} alt="" />}
      </Show>
    </span>
  )
}
