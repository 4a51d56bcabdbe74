import ArrowLeft from 'lucide/dist/esm/icons/arrow-left.mjs'
import { type JSX, Show } from 'solid-js'
import { Icon } from '../icon/icon.tsx'
import { Link } from '../link/link.tsx'

/** A narrow page below another, with the way back up. */
export function SubPage(props: {
  back: { href: string; label: string }
  title: string
  lead?: string
  children: JSX.Element
}) {
  return (
    <div class="mx-auto w-full max-w-2xl px-4 py-6 md:py-10">
      <Link
        bare
        href={props.back.href}
        class="-ms-2 inline-flex min-h-11 items-center gap-1.5 rounded-control px-2 text-ink-soft hover:text-ink"
      >
        <Icon of={ArrowLeft} />
        {props.back.label}
      </Link>
      <h1 class="mt-1 text-heading font-extrabold">{props.title}</h1>
      <Show when={props.lead}>
        <p class="mt-1 text-pretty text-ink-soft">{props.lead}</p>
      </Show>
      <div class="mt-6">{props.children}</div>
    </div>
  )
}
