import Ban from 'lucide/dist/esm/icons/ban.mjs'
import VolumeX from 'lucide/dist/esm/icons/volume-x.mjs'
import { createSignal } from 'solid-js'
import type { PersonCard } from '../../../worker/contract/profiles.ts'
import { people } from '../../api/people.ts'
import { asProblem } from '../../api/problem.ts'
import { session } from '../../api/session.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { useProblemWords } from '../../i18n/problem-words.ts'
import type { HeadContext, PageHead, PageProps } from '../../page.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/empty-state/empty-state.tsx'
import { SubPage } from '../../ui/sub-page/sub-page.tsx'
import { showToast } from '../../ui/toast/toast.tsx'
import { PeopleList } from './people-list.tsx'
import { PersonLine } from './person-row.tsx'
import { loadShutOut, type ShutOut } from './queries.ts'

export interface ShutOutData {
  list: ShutOut
  page: { items: PersonCard[]; nextCursor: string | null }
}

/** Whom one has blocked, or muted, and the way to take it back. */
export function ShutOutPage(props: PageProps<ShutOutData>) {
  const t = useTexts('people')
  const settings = useTexts('settings')
  const words = useProblemWords()
  const texts = () => t[props.data.list]
  const [gone, setGone] = createSignal<ReadonlySet<string>>(new Set<string>())
  const [busy, setBusy] = createSignal<string | null>(null)

  async function takeBack({ handle, name }: PersonCard): Promise<void> {
    setBusy(handle)
    try {
      if (props.data.list === 'blocks') await people.unblock(handle)
      else {
        // As things stand between the two, for the parts of the page that show it.
        await people.learn(handle)
        await people.mute(handle, false)
      }
      setGone(new Set([...gone(), handle]))
      showToast({ text: texts().takenBack(name), tone: 'leaf' })
    } catch (thrown) {
      showToast({ text: words(asProblem(thrown)).title, tone: 'brick' })
    } finally {
      setBusy(null)
    }
  }

  return (
    <SubPage back={{ href: '/settings', label: settings.title }} title={texts().title} lead={texts().lead}>
      <PeopleList<PersonCard>
        label={texts().title}
        first={props.data.page}
        next={(cursor) => loadShutOut(session.call, props.data.list, cursor)}
        gone={gone()}
        empty={<EmptyState icon={props.data.list === 'blocks' ? Ban : VolumeX} title={texts().empty} />}
      >
        {(person) => (
          <PersonLine person={person} bare={props.data.list === 'blocks'}>
            <Button
              size="small"
              busy={busy() === person.handle}
              aria-label={t.labelOf(texts().takeBack, person.name)}
              onClick={() => void takeBack(person)}
            >
              {texts().takeBack}
            </Button>
          </PersonLine>
        )}
      </PeopleList>
    </SubPage>
  )
}

export function shutOutHead({ data, texts }: HeadContext<ShutOutData>): PageHead {
  return { title: texts('people')[data.list].title, isIndexed: false }
}
