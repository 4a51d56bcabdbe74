import CloudOff from 'lucide/dist/esm/icons/cloud-off.mjs'
import Compass from 'lucide/dist/esm/icons/compass.mjs'
import Hourglass from 'lucide/dist/esm/icons/hourglass.mjs'
import LockKeyhole from 'lucide/dist/esm/icons/lock-keyhole.mjs'
import TriangleAlert from 'lucide/dist/esm/icons/triangle-alert.mjs'
import { Show } from 'solid-js'
import { useTexts } from '../../i18n/i18n.ts'
import { type KnownProblem, useProblemWords } from '../../i18n/problem-words.ts'
import { Button } from '../../ui/button/button.tsx'
import { Icon, type IconShape } from '../../ui/icon/icon.tsx'
import { ButtonLink } from '../../ui/link/link.tsx'

/** In place of a page that cannot be shown: what happened, what to do, the code, a way back. */
export function ProblemScreen(props: {
  problem: KnownProblem & { status: number; request?: string | undefined }
  onRetry?: (() => void) | undefined
}) {
  const t = useTexts('common')
  const words = useProblemWords()
  const isOld = () => props.problem.code === 'update-needed'
  /** What is not there will not be there a moment later, nor will the code of an older build. */
  const retry = () => {
    if (isOld()) return () => location.reload()
    return props.problem.status === 404 ? undefined : props.onRetry
  }
  return (
    <div class="column flex min-h-[60dvh] max-w-xl flex-col items-center justify-center gap-4 py-12 text-center">
      <span class="grid size-20 place-items-center rounded-full bg-tangerine-tint text-tangerine-text">
        <Icon of={iconOf(props.problem)} class="size-9" />
      </span>
      <h1 class="text-heading font-bold">{words(props.problem).title}</h1>
      <Show when={words(props.problem).text}>
        <p class="text-lead text-pretty text-ink-soft">{words(props.problem).text}</p>
      </Show>
      <div class="mt-2 flex flex-wrap justify-center gap-2">
        <Show when={retry()}>
          {(again) => (
            <Button look="main" onClick={() => again()()}>
              {isOld() ? t.reload : t.retry}
            </Button>
          )}
        </Show>
        <ButtonLink href="/" look={retry() ? 'plain' : 'main'}>
          {t.home}
        </ButtonLink>
      </div>
      <p class="text-caption text-ink-faint">{t.codeAndRequest(props.problem.code, props.problem.request)}</p>
    </div>
  )
}

function iconOf(problem: { code: string; status: number }): IconShape {
  if (problem.code === 'offline') return CloudOff
  if (problem.status === 404) return Compass
  if (problem.status === 401 || problem.status === 403) return LockKeyhole
  if (problem.status === 429 || problem.code === 'timeout') return Hourglass
  return TriangleAlert
}
