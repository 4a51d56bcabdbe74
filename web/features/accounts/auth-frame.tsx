import { type JSX, Show } from 'solid-js'
import { useTexts } from '../../i18n/i18n.ts'

/** The quiet column in which people sign up, sign in and mend what they forgot. */
export function AuthFrame(props: {
  title: string
  lead?: string | undefined
  children: JSX.Element
  below?: JSX.Element
}) {
  const t = useTexts('accounts')
  return (
    <div class="mx-auto w-full max-w-md px-4 py-8 md:py-14">
      <div class="md:rounded-card md:border md:border-line md:bg-surface md:p-8">
        <h1 class="text-heading font-extrabold">{props.title}</h1>
        <Show when={props.lead}>
          <p class="mt-1 text-ink-soft text-pretty">{props.lead}</p>
        </Show>
        <p class="without-script mt-4 rounded-control bg-sky-tint p-3 font-medium text-sky">{t.needsScript}</p>
        <div class="mt-6">{props.children}</div>
      </div>
      <Show when={props.below}>{(below) => <p class="mt-6 text-center text-ink-soft">{below()}</p>}</Show>
    </div>
  )
}
