import UserRoundPlus from 'lucide/dist/esm/icons/user-round-plus.mjs'
import { createSignal } from 'solid-js'
import type { FollowPage } from '../../../worker/contract/follows.ts'
import type { PersonRow } from '../../../worker/contract/profiles.ts'
import { answer } from '../../api/call.ts'
import { followsApi } from '../../api/follows.ts'
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
import { loadRequests } from './queries.ts'

/** Who asks to follow one's private account. */
export function RequestsPage(props: PageProps<FollowPage>) {
  const t = useTexts('people')
  const settings = useTexts('settings')
  const words = useProblemWords()
  const [answered, setAnswered] = createSignal<ReadonlySet<string>>(new Set<string>())
  const [busy, setBusy] = createSignal<string | null>(null)

  async function settle({ handle, name }: PersonRow, isAccepted: boolean): Promise<void> {
    const request = followsApi(session.call).follows.requests[':handle']
    setBusy(handle)
    try {
      await answer(isAccepted ? request.$post({ param: { handle } }) : request.$delete({ param: { handle } }))
      setAnswered(new Set([...answered(), handle]))
      showToast({ text: isAccepted ? t.requests.accepted(name) : t.requests.declined(name), tone: 'leaf' })
    } catch (thrown) {
      const problem = asProblem(thrown)
      // Withdrawn meanwhile: there is nothing left to answer.
      if (problem.code === 'not-found') setAnswered(new Set([...answered(), handle]))
      showToast({ text: problem.code === 'not-found' ? t.requests.gone : words(problem).title, tone: 'brick' })
    } finally {
      setBusy(null)
    }
  }

  return (
    <SubPage back={{ href: '/settings', label: settings.title }} title={t.requests.title} lead={t.requests.lead}>
      <PeopleList<PersonRow>
        label={t.requests.title}
        first={props.data}
        next={(cursor) => loadRequests(session.call, cursor)}
        gone={answered()}
        empty={<EmptyState icon={UserRoundPlus} title={t.requests.empty} text={t.requests.emptyText} />}
      >
        {(person) => (
          <PersonLine person={person}>
            <Button
              size="small"
              look="quiet"
              disabled={busy() === person.handle}
              aria-label={t.labelOf(t.requests.decline, person.name)}
              onClick={() => void settle(person, false)}
            >
              {t.requests.decline}
            </Button>
            <Button
              size="small"
              look="main"
              busy={busy() === person.handle}
              aria-label={t.labelOf(t.requests.accept, person.name)}
              onClick={() => void settle(person, true)}
            >
              {t.requests.accept}
            </Button>
          </PersonLine>
        )}
      </PeopleList>
    </SubPage>
  )
}

export function requestsHead({ texts }: HeadContext<FollowPage>): PageHead {
  return { title: texts('people').requests.title, isIndexed: false }
}
