import { createSignal } from 'solid-js'
import type { NotificationPreferences } from '../../../worker/contract/notifications.ts'
import { asProblem } from '../../api/problem.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { useProblemWords } from '../../i18n/problem-words.ts'
import type { HeadContext, PageHead, PageProps } from '../../page.ts'
import { SubPage } from '../../ui/sub-page/sub-page.tsx'
import { showToast } from '../../ui/toast/toast.tsx'
import { InstallCard } from './install-card.tsx'
import { Kinds } from './kinds.tsx'
import { PushCard } from './push-card.tsx'
import { savePreferences, type TellingData } from './queries.ts'
import { QuietHours } from './quiet-hours.tsx'

/** Each choice takes effect at once and is taken back, with the reason, when the server does not accept it. */
export function TellingPage(props: PageProps<TellingData>) {
  const t = useTexts('telling')
  const words = useProblemWords()
  // oxlint-disable-next-line solid/reactivity -- what was loaded is where the choices begin
  const [chosen, setChosen] = createSignal<NotificationPreferences>(props.data.preferences)
  // oxlint-disable-next-line solid/reactivity -- as above
  let saved = props.data.preferences
  let isSaving = false

  function choose(change: Partial<NotificationPreferences>): void {
    setChosen({ ...chosen(), ...change })
    if (!isSaving) void save()
  }

  /** One after the other, so that the last choice is the one that stays. */
  async function save(): Promise<void> {
    isSaving = true
    try {
      while (saved !== chosen()) {
        const next = chosen()
        await savePreferences(next)
        saved = next
      }
    } catch (thrown) {
      setChosen(saved)
      showToast({ text: words(asProblem(thrown)).title, tone: 'brick' })
    } finally {
      isSaving = false
    }
  }

  return (
    <SubPage back={{ href: '/settings', label: t.back }} title={t.title} lead={t.lead}>
      <div class="flex flex-col gap-4">
        <PushCard devices={props.data.devices} onChanged={() => void props.reload()} />
        <InstallCard />
        <QuietHours quiet={chosen().quiet} onChoose={(quiet) => choose({ quiet })} />
        <Kinds kinds={chosen().kinds} onChoose={(kinds) => choose({ kinds })} />
      </div>
    </SubPage>
  )
}

export function tellingHead({ texts }: HeadContext<TellingData>): PageHead {
  return { title: texts('telling').title, isIndexed: false }
}
