import { Show, sharedConfig } from 'solid-js'
import { isServer, NoHydration } from 'solid-js/web'
import { type Frame, type PageFrame, useBoot } from './boot.ts'
import { lateParts } from './late.ts'

/** A part of every page that the edge renders and the browser leaves as it is. */
export function Fixture(props: { name: keyof Frame }) {
  const { frame } = useBoot()
  return <NoHydration>{frame?.[props.name]()}</NoHydration>
}

/**
 * The same for a part of one page that never changes: its code is in no first load either. Whoever comes to the page by a link
 * gets it from the late parts.
 */
export function PageFixture(props: { name: keyof PageFrame }) {
  const isOfEdge = isServer || Boolean(sharedConfig.context)
  return (
    <Show when={!isOfEdge} fallback={<Fixture name={props.name} />}>
      <Show when={lateParts()}>{(parts) => parts()[props.name]()}</Show>
    </Show>
  )
}
