import type { Profile } from '../worker/contract/profiles.ts'
import { MessageButton } from './features/chat/message-button.tsx'
import { PersonActions as Actions } from './features/follows/person-actions.tsx'

/** What a reader can do about a person, of follows and of rooms together. */
export function PersonActions(props: { profile: Profile; readBy: string | null }) {
  return <Actions profile={props.profile} readBy={props.readBy} Message={MessageButton} />
}
