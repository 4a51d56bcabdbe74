import { createUniqueId, type JSX } from 'solid-js'

/** One step of the form: a place to jump to, with its heading. */
export function Step(props: { id: string; place: number; title: string; children: JSX.Element }) {
  const id = createUniqueId()
  return (
    <section id={props.id} aria-labelledby={`step-${id}`} class="grid scroll-mt-32 gap-4 border-t border-line pt-6">
      <h2 id={`step-${id}`} class="flex items-baseline gap-2.5 text-title font-extrabold">
        <span aria-hidden="true" class="figures text-lead text-tangerine-text">
          {props.place}
        </span>
        {props.title}
      </h2>
      {props.children}
    </section>
  )
}
