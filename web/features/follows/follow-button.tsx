import Check from 'lucide/dist/esm/icons/check.mjs'
import Clock from 'lucide/dist/esm/icons/clock.mjs'
import UserPlus from 'lucide/dist/esm/icons/user-plus.mjs'
import { createEffect, Show } from 'solid-js'
import { people } from '../../api/people.ts'
import { asProblem } from '../../api/problem.ts'
import { logInHref } from '../../api/return-to.ts'
import { session } from '../../api/session.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { useProblemWords } from '../../i18n/problem-words.ts'
import { Button } from '../../ui/button/button.tsx'
import { useLocation, useNavigate } from '../../ui/navigation/navigation.ts'
import { showToast } from '../../ui/toast/toast.tsx'

export interface FollowButtonProps {
  handle: string
  name: string
  /** False where one has to ask. */
  isPublic?: boolean
  size?: 'small' | 'large'
  wide?: boolean
  class?: string
}

/**
 * Follows and unfollows, asks and withdraws: shown at once, taken back if it fails. Visitors are told what it takes. Nothing is
 * shown of oneself, to a suspended reader, or where the two cannot see each other.
 */
export function FollowButton(props: FollowButtonProps) {
  const t = useTexts('people')
  const common = useTexts('common')
  const words = useProblemWords()
  const navigate = useNavigate()
  const location = useLocation()
  const standing = () => people.of(props.handle)
  const isReader = () => session.account()?.handle === props.handle
  const isVisitor = () => session.state() !== 'signed-in'
  const isShown = () =>
    isVisitor() || (!isReader() && !session.account()?.suspension && standing() !== null && standing() !== undefined)
  const isOn = () => standing()?.isFollowing === true || standing()?.requested === true

  createEffect(() => {
    // Where it cannot be asked the button stays away.
    if (!isVisitor() && !isReader() && !session.account()?.suspension) people.learn(props.handle).catch(() => {})
  })

  const label = () => {
    const now = standing()
    if (now?.isFollowing) return t.following
    if (now?.requested) return t.requested
    return now?.isFollower ? t.followBack : t.follow
  }

  async function press(): Promise<void> {
    if (isVisitor()) {
      const run = () => navigate(logInHref(location.pathname + location.search))
      showToast({ text: t.needsSignIn, action: { label: common.nav.logIn, run } })
      return
    }
    try {
      await (isOn() ? people.unfollow(props.handle) : people.follow(props.handle, props.isPublic ?? true))
    } catch (thrown) {
      showToast({ text: words(asProblem(thrown)).title, tone: 'brick' })
    }
  }

  return (
    <Show when={isShown()}>
      <Button
        look={isOn() ? 'plain' : 'main'}
        size={props.size}
        wide={props.wide}
        class={props.class ?? ''}
        icon={standing()?.isFollowing ? Check : standing()?.requested ? Clock : UserPlus}
        aria-pressed={isOn()}
        aria-label={t.labelOf(label(), props.name)}
        title={isOn() ? (standing()?.isFollowing ? t.unfollow : t.withdraw) : undefined}
        onClick={() => void press()}
      >
        {label()}
      </Button>
    </Show>
  )
}
