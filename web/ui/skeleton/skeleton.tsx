/** Holds the place of what is on its way, in its size. Screen readers hear of waiting from the region around it (`aria-busy`). */
export function Skeleton(props: { class?: string; round?: boolean }) {
  return (
    <div
      aria-hidden="true"
      class={`animate-[breathe_1.6s_ease-in-out_infinite] bg-sunken ${props.round ? 'rounded-full' : 'rounded-control'} ${props.class ?? 'h-4 w-full'}`}
    />
  )
}
