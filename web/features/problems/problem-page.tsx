import { Show } from 'solid-js'
import { useTexts } from '../../i18n/i18n.ts'
import { useProblemWords } from '../../i18n/problem-words.ts'
import type { HeadContext, PageHead, PageProps } from '../../page.ts'
import { EmptyState } from '../../ui/empty-state/empty-state.tsx'
import { ButtonLink } from '../../ui/link/link.tsx'
import CircleQuestionMark from 'lucide/dist/esm/icons/circle-question-mark.mjs'
import { Card } from '../../ui/card/card.tsx'
import { wayOf } from './ways.ts'

/** What a problem's `type` points to: the same words that the screens show, for whoever looks the address up. */
export function ProblemPage(props: PageProps<null>) {
  const t = useTexts('service')
  const common = useTexts('common')
  const texts = useTexts('problems')
  const words = useProblemWords()
  const code = () => props.at.params.code ?? ''
  return (
    <div class="column max-w-2xl py-10">
      <Show
        when={Object.hasOwn(texts, code())}
        fallback={
          <EmptyState
            icon={CircleQuestionMark}
            title={t.problem.unknown}
            action={<ButtonLink href="/">{common.home}</ButtonLink>}
          />
        }
      >
        <p class="text-caption font-semibold text-ink-faint">{t.problem.kicker}</p>
        <h1 class="mt-1 text-hero font-extrabold">{words({ code: code() }).title}</h1>
        <p class="mt-3 text-lead text-pretty text-ink-soft">{words({ code: code() }).text}</p>
        <div class="mt-6 flex flex-wrap gap-2">
          <Show when={wayOf(code())}>
            {(place) => (
              <ButtonLink look="main" href={place().path}>
                {t.problem.ways[place().way]}
              </ButtonLink>
            )}
          </Show>
          <ButtonLink href="/">{common.home}</ButtonLink>
        </div>
        <Card class="mt-10">
          <h2 class="font-semibold">{t.problem.forDevelopers}</h2>
          <p class="mt-1 text-ink-soft">{t.problem.explanation}</p>
          <p class="mt-3">
            <code class="rounded-control bg-sunken px-2 py-1 font-mono text-caption">{code()}</code>
          </p>
          <a
            href="/api/docs"
            rel="external"
            class="mt-2 inline-flex min-h-11 items-center font-medium text-tangerine-text underline underline-offset-4"
          >
            {t.problem.api}
          </a>
        </Card>
      </Show>
    </div>
  )
}

export function problemHead({ at, texts }: HeadContext<null>): PageHead {
  const problems = texts('problems')
  const code = at.params.code ?? ''
  const [title] = Object.hasOwn(problems, code)
    ? problems[code as keyof typeof problems]
    : [texts('service').problem.unknown]
  return { title, isIndexed: false }
}
