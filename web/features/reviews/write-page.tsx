import EyeOff from 'lucide/dist/esm/icons/eye-off.mjs'
import Star from 'lucide/dist/esm/icons/star.mjs'
import { Show } from 'solid-js'
import { reviews as limits } from '../../../worker/contract/limits.ts'
import { grades, statementsFor, type Grade, type ReviewRole } from '../../../worker/contract/statements.ts'
import { newKey } from '../../api/call.ts'
import { ApiProblem, asProblem } from '../../api/problem.ts'
import { useFormat, useTexts } from '../../i18n/i18n.ts'
import { useProblemWords } from '../../i18n/problem-words.ts'
import type { HeadContext, PageHead, PageProps } from '../../page.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/empty-state/empty-state.tsx'
import { TextAreaField } from '../../ui/field/text-field.tsx'
import { createForm } from '../../ui/form/create-form.ts'
import { ButtonLink } from '../../ui/link/link.tsx'
import { useNavigate } from '../../ui/navigation/navigation.ts'
import { Note, ProblemNote } from '../../ui/problem-note/problem-note.tsx'
import { SubPage } from '../../ui/sub-page/sub-page.tsx'
import { showToast } from '../../ui/toast/toast.tsx'
import { GradeField } from './grade.tsx'
import { saveReview, sendReview, type WriteData } from './queries.ts'
import { StatementField } from './statement-field.tsx'

interface Values {
  grade: Grade | null
  statements: readonly string[]
  text: string
}

/** A review of the other side: written once a deal is over, or changed while it waits. */
export function WritePage(props: PageProps<WriteData>) {
  const t = useTexts('reviews')
  const about = () => props.data.written ?? props.data.pending
  const title = () => (props.data.written ? t.write.change : t.write.title)
  return (
    <SubPage back={{ href: `/deals/${props.data.deal}`, label: t.write.back }} title={title()}>
      <Show
        when={about()}
        fallback={
          <EmptyState
            icon={Star}
            title={t.write.notNow}
            text={t.write.notNowText}
            action={<ButtonLink href="/settings/reviews">{t.own.title}</ButtonLink>}
          />
        }
      >
        {(about) => (
          <Writing
            data={props.data}
            role={about().role}
            name={about().about?.name ?? t.formerMember}
            title={about().title}
          />
        )}
      </Show>
    </SubPage>
  )
}

export function writeHead({ data, texts }: HeadContext<WriteData>): PageHead {
  const { write } = texts('reviews')
  return { title: data.written ? write.change : write.title, isIndexed: false }
}

function Writing(props: { data: WriteData; role: ReviewRole; name: string; title: string }) {
  const t = useTexts('reviews')
  const format = useFormat()
  const words = useProblemWords()
  const navigate = useNavigate()
  // oxlint-disable-next-line solid/reactivity -- a form begins with what was loaded and goes on by itself
  const { written, pending, deal } = props.data
  /** One review, however often it is sent; what the server has judged stays that key's answer. */
  let key = newKey()
  const form = createForm<Values>({
    initial: { grade: written?.grade ?? null, statements: written?.statements ?? [], text: written?.text ?? '' },
    check: ({ grade, statements, text }) => ({
      ...(grade === null ? { grade: t.write.gradeNeeded } : {}),
      ...(statements.length === 0 ? { statements: t.write.statementNeeded } : {}),
      ...([...text].length > limits.text ? { text: t.write.tooLong } : {}),
    }),
    async send({ grade, statements, text }) {
      if (grade === null) return
      const said = { grade, statements: [...statements], text }
      if (written) await saveReview(written, said)
      else
        await sendReview({ deal, ...said }, key).catch((thrown: unknown) => {
          if (thrown instanceof ApiProblem && thrown.isJudged) key = newKey()
          throw thrown
        })
      showToast({ text: written ? t.write.saved : t.write.sent, tone: 'leaf' })
      // The form is over: the way back leads to where one came from.
      navigate('/settings/reviews', { replace: true })
    },
  })

  function choose(grade: Grade): void {
    if (grade !== form.values.grade) form.set('statements', [])
    form.set('grade', grade)
  }

  return (
    <form noValidate method="post" onSubmit={form.submit} class="flex flex-col gap-6">
      <p>
        <span class="block font-semibold">{props.title}</span>
        <span class="text-ink-soft">{t.write.about[props.role](props.name)}</span>
        <Show when={pending}>
          {(pending) => (
            <span class="block text-caption text-ink-faint">{t.write.until(format.dateTime(pending().until))}</span>
          )}
        </Show>
      </p>
      <GradeField value={form.values.grade} grades={grades} error={form.faultOf('grade')} onValue={choose} />
      <Show when={form.values.grade} keyed fallback={<Zero />}>
        {(grade) => <Fields grade={grade} />}
      </Show>
      <Note tone="sky" icon={EyeOff} title={t.write.privacy}>
        {t.write.privacyText}
      </Note>
      <Show when={form.problem()}>{(thrown) => <ProblemNote {...words(asProblem(thrown()))} />}</Show>
      <Button type="submit" look="main" size="large" busy={form.isBusy()}>
        {written ? t.write.save : t.write.send}
      </Button>
    </form>
  )

  /** Zero is a grade, and to `Show` it is nothing. */
  function Zero() {
    return (
      <Show when={form.values.grade === 0}>
        <Fields grade={0} />
      </Show>
    )
  }

  function Fields(of: { grade: Grade }) {
    return (
      <>
        <StatementField
          codes={statementsFor(of.grade, props.role)}
          chosen={form.values.statements}
          error={form.faultOf('statements')}
          onChosen={(codes) => form.set('statements', codes)}
        />
        <TextAreaField
          name="text"
          label={t.write.text}
          hint={t.write.textHint}
          aside={`${[...form.values.text].length}/${limits.text}`}
          optional
          error={form.faultOf('text')}
          rows={3}
          value={form.values.text}
          onValue={(text) => form.set('text', text)}
        />
      </>
    )
  }
}
