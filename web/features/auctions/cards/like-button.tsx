import Heart from 'lucide/dist/esm/icons/heart.mjs'
import { useLocation, useNavigate } from '../../../ui/navigation/navigation.ts'
import { asProblem } from '../../../api/problem.ts'
import { logInHref } from '../../../api/return-to.ts'
import { session } from '../../../api/session.ts'
import { useFormat, useTexts } from '../../../i18n/i18n.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import { Icon } from '../../../ui/icon/icon.tsx'
import { showToast } from '../../../ui/toast/toast.tsx'
import { likes } from './likes.ts'

/** The heart: answers at once, takes it back if it fails. `onPicture` gives it a ground to be seen on. */
export function LikeButton(props: { id: string; title: string; count: number; onPicture?: boolean; class?: string }) {
  const t = useTexts('auctions')
  const common = useTexts('common')
  const format = useFormat()
  const words = useProblemWords()
  const navigate = useNavigate()
  const location = useLocation()
  const like = () => likes.of(props.id)
  const count = () => like().count ?? props.count

  async function press(): Promise<void> {
    if (session.state() !== 'signed-in') {
      const run = () => navigate(logInHref(location.pathname + location.search))
      showToast({ text: t.likeNeedsSignIn, action: { label: common.nav.logIn, run } })
      return
    }
    try {
      await likes.toggle(props.id, props.count)
    } catch (thrown) {
      showToast({ text: words(asProblem(thrown)).title, tone: 'brick' })
    }
  }

  return (
    <button
      type="button"
      aria-pressed={like().liked}
      aria-label={props.onPicture ? `${t.like}: ${props.title}` : `${t.like} ${format.number(count())}: ${props.title}`}
      title={like().liked ? t.unlike : t.like}
      onClick={() => void press()}
      class={`target inline-flex items-center justify-center gap-1 rounded-full transition-[color,scale] active:scale-90 ${
        props.onPicture
          ? 'bg-surface/90 text-ink hover:bg-surface'
          : 'border border-line bg-surface px-3 text-ink-soft hover:bg-sunken'
      } ${like().liked ? 'text-brick' : ''} ${props.class ?? ''}`}
    >
      <Icon of={Heart} filled={like().liked} />
      {props.onPicture ? null : <span class="figures font-semibold">{format.number(count())}</span>}
    </button>
  )
}
