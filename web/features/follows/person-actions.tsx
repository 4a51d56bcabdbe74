import { type Component, createEffect, Show } from 'solid-js'
import type { Profile } from '../../../worker/contract/profiles.ts'
import { people } from '../../api/people.ts'
import { session } from '../../api/session.ts'
import { FollowButton } from './follow-button.tsx'
import { PersonMenu } from './person-menu.tsx'

/** What a reader can do about the person of a profile. `readBy` is whom its answer was for. */
export function PersonActions(props: {
  profile: Profile
  readBy: string | null
  /** How to write to them, brought by the feature that knows rooms. */
  Message: Component<{ handle: string }>
}) {
  const isOther = () => session.account()?.handle !== props.profile.handle
  createEffect(() => {
    // What the edge brought along was said to nobody in particular: it is loaded again for whoever has signed in.
    if (props.readBy !== null && props.readBy === session.account()?.handle && isOther())
      people.know(props.profile.handle, props.profile)
  })
  return (
    <Show when={isOther() && session.state() !== 'checking'}>
      <div class="flex flex-wrap items-center gap-2">
        <FollowButton
          handle={props.profile.handle}
          name={props.profile.name}
          isPublic={props.profile.isPublic}
          class="flex-1"
        />
        <props.Message handle={props.profile.handle} />
        <PersonMenu handle={props.profile.handle} name={props.profile.name} />
      </div>
    </Show>
  )
}
