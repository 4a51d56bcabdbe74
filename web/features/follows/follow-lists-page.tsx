import UsersRound from 'lucide/dist/esm/icons/users-round.mjs'
import { createEffect, createSignal, For, Show } from 'solid-js'
import type { FollowPage } from '../../../worker/contract/follows.ts'
import type { PersonRow } from '../../../worker/contract/profiles.ts'
import { people } from '../../api/people.ts'
import { asProblem } from '../../api/problem.ts'
import { session } from '../../api/session.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { useProblemWords } from '../../i18n/problem-words.ts'
import type { HeadContext, PageHead, PageProps } from '../../page.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/empty-state/empty-state.tsx'
import { Link } from '../../ui/link/link.tsx'
import { SubPage } from '../../ui/sub-page/sub-page.tsx'
import { showToast } from '../../ui/toast/toast.tsx'
import { FollowButton } from './follow-button.tsx'
import { PeopleList } from './people-list.tsx'
import { PersonLine } from './person-row.tsx'
import { loadSide, type Side } from './queries.ts'

export interface FollowListData {
  side: Side
  /** As they are called now, whatever the address says. */
  handle: string
  page: FollowPage
}

const sides = ['follows', 'followers'] as const

/** Whom somebody follows, and who follows them. */
export function FollowListPage(props: PageProps<FollowListData>) {
  const t = useTexts('people')
  const handle = () => props.data.handle
  const isOwn = () => session.account()?.handle === handle()
  const [gone, setGone] = createSignal<ReadonlySet<string>>(new Set<string>())
  return (
    <SubPage back={{ href: `/users/${handle()}`, label: `@${handle()}` }} title={t.lists[props.data.side]}>
      <nav aria-label={t.lists.label} class="mb-4 flex gap-2">
        <For each={sides}>
          {(side) => (
            <Link
              bare
              href={`/users/${handle()}/${side}`}
              aria-current={side === props.data.side ? 'page' : undefined}
              class="inline-flex min-h-11 items-center rounded-full border border-line bg-surface px-4 font-medium text-ink-soft hover:bg-sunken aria-[current=page]:border-ink aria-[current=page]:bg-ink aria-[current=page]:font-semibold aria-[current=page]:text-paper"
            >
              {t.lists[side]}
            </Link>
          )}
        </For>
      </nav>
      <PeopleList<PersonRow>
        label={t.lists[props.data.side]}
        first={props.data.page}
        next={(cursor) => loadSide(session.call, handle(), props.data.side, cursor)}
        gone={gone()}
        empty={<EmptyState icon={UsersRound} title={t.lists.empty[props.data.side]} />}
      >
        {(person) => (
          <Row
            person={person}
            canRemove={isOwn() && props.data.side === 'followers'}
            onRemoved={() => setGone(new Set([...gone(), person.handle]))}
          />
        )}
      </PeopleList>
    </SubPage>
  )
}

function Row(props: { person: PersonRow; canRemove: boolean; onRemoved: () => void }) {
  const t = useTexts('people')
  const words = useProblemWords()
  createEffect(() => {
    if (session.account()?.handle !== props.person.handle) people.know(props.person.handle, props.person)
  })

  async function remove(): Promise<void> {
    try {
      await people.removeFollower(props.person.handle)
      props.onRemoved()
      showToast({ text: t.removed(props.person.name), tone: 'leaf' })
    } catch (thrown) {
      showToast({ text: words(asProblem(thrown)).title, tone: 'brick' })
    }
  }

  return (
    <PersonLine person={props.person}>
      <Show when={props.canRemove}>
        <Button
          size="small"
          look="quiet"
          aria-label={t.labelOf(t.remove, props.person.name)}
          onClick={() => void remove()}
        >
          {t.remove}
        </Button>
      </Show>
      <FollowButton handle={props.person.handle} name={props.person.name} size="small" />
    </PersonLine>
  )
}

export function followListHead({ data, texts }: HeadContext<FollowListData>): PageHead {
  const { side, handle } = data
  return {
    title: `${texts('people').lists[side]} · @${handle}`,
    isIndexed: false,
    canonical: `/users/${handle}/${side}`,
  }
}
