import type { Component } from 'solid-js'
import type { Profile } from '../../../worker/contract/profiles.ts'
import type { Call } from '../../api/call.ts'
import { session } from '../../api/session.ts'
import type { Area } from '../../i18n/dictionaries.ts'
import { definePage, type PageProps, type PageRoute } from '../../page.ts'

/** What a person sells, brought by the feature that knows auctions. */
export interface Selling<Data> {
  texts: readonly Area[]
  load: (call: Call, handle: string) => Promise<Data>
  part: () => Promise<Component<{ handle: string; data: Awaited<Data> }>>
}

/** What a reader can do about a person, brought by the feature that knows follows. Comes a moment after the page. */
export type PersonActions = Component<{ profile: Profile; readBy: string | null }>

interface ProfileData<Data> {
  profile: Profile
  /** Whom the answer was for; null for a visitor, and on the edge. */
  readBy: string | null
  selling: Awaited<Data>
}

export function profileRoute<Data>(selling: Selling<Data>, Actions: PersonActions): PageRoute {
  // Made once: another component in its place would begin the page anew.
  let Page: Component<PageProps<ProfileData<Data>>> | undefined
  return definePage<ProfileData<Data>>({
    path: '/users/:handle',
    source: 'web/features/profiles/profile-page.tsx',
    async module() {
      const [{ ProfilePage, profileHead }, Part] = await Promise.all([import('./profile-page.tsx'), selling.part()])
      Page ??= (props) => (
        <ProfilePage
          {...props}
          actions={Actions}
          selling={<Part handle={props.data.profile.handle} data={props.data.selling} />}
        />
      )
      return { Page, head: profileHead }
    },
    texts: ['profiles', ...selling.texts],
    async load(call, at) {
      const { loadProfile } = await import('../../api/profiles.ts')
      const profile = await loadProfile(call, at.params.handle ?? '')
      const theirs = await selling.load(call, profile.handle)
      return { profile, readBy: session.account()?.handle ?? null, selling: theirs }
    },
    isPersonal: true,
  })
}
