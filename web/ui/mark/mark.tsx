/** The mark: a hallabong whose raised top is a raised hand, the leaf its thumb. Decoration; the name stands beside it. */
export function Mark(props: { class?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" class={`shrink-0 ${props.class ?? 'size-8'}`}>
      <path
        class="fill-tangerine"
        d="M10.9 6.3c0-1 .75-1.7 1.65-1.7.3 0 .6.07.85.2.15-1 .85-1.65 1.75-1.65.55 0 1 .22 1.35.6.35-.38.8-.6 1.35-.6.9 0 1.6.65 1.75 1.65.25-.13.5-.2.8-.2.9 0 1.65.7 1.65 1.7v1.6c0 1.2.6 1.9 1.7 2.6 3.3 2 5.25 5 5.25 8.6 0 6.3-5.4 11-12.5 11S4 25.4 4 19.1c0-3.6 1.95-6.6 5.2-8.6 1.1-.7 1.7-1.4 1.7-2.6Z"
      />
      <path
        d="M13.5 6.7v1.9M16.5 5.9v2.7M19.5 6.7v1.9"
        class="fill-none stroke-on-tangerine opacity-50"
        stroke-linecap="round"
      />
      <path class="fill-leaf" d="M22.1 9.9c.1-3.9 2.9-6.4 7.3-6.3.3 4.2-2.3 7-5.9 6.9-.9 0-1.4-.2-1.4-.6Z" />
      <path
        d="M7.9 19.7c.2 2.9 2.2 5.4 5.2 6.5"
        class="fill-none stroke-[#ffdcaa]"
        stroke-width="1.6"
        stroke-linecap="round"
      />
    </svg>
  )
}
