import { useNavigate } from '../../../ui/navigation/navigation.ts'
import Cloud from 'lucide/dist/esm/icons/cloud-check.mjs'
import CloudOff from 'lucide/dist/esm/icons/cloud-off.mjs'
import Save from 'lucide/dist/esm/icons/save.mjs'
import { createEffect, createMemo, createSignal, For, Show } from 'solid-js'
import type { AuctionView } from '../../../../worker/contract/auctions.ts'
import { type ApiProblem, asProblem } from '../../../api/problem.ts'
import { verifyPhone } from '../../../api/phone-check.ts'
import { serverNow } from '../../../api/server-clock.ts'
import { session } from '../../../api/session.ts'
import { useTexts } from '../../../i18n/i18n.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import type { HeadContext, PageHead, PageProps } from '../../../page.ts'
import { Button } from '../../../ui/button/button.tsx'
import { Card } from '../../../ui/card/card.tsx'
import { Icon } from '../../../ui/icon/icon.tsx'
import { Note, ProblemNote } from '../../../ui/problem-note/problem-note.tsx'
import { showToast } from '../../../ui/toast/toast.tsx'
import { createDraft, type Draft } from './draft.ts'
import { type Faults, faultsFrom, faultsOf, type Field } from './faults.ts'
import { DealFields, type FormPart, PriceFields, TimeFields, WhatFields } from './fields.tsx'
import { Step } from './parts.tsx'
import { PictureField } from './picture-field.tsx'
import { createPictures } from './pictures.ts'
import type { SellData } from './queries.ts'
import { PreviewCard, SpokenRules } from './review.tsx'

const steps = ['pictures', 'what', 'price', 'time', 'deal', 'review'] as const

/** Selling. A draft that has been published meanwhile leads on to its auction. */
export function SellPage(props: PageProps<SellData>) {
  const navigate = useNavigate()
  createEffect(() => {
    const view = props.data.view
    if (view && view.state !== 'draft') navigate(`/auctions/${view.id}`, { replace: true })
  })
  return (
    <Show when={props.data} keyed>
      {(data) => <SellForm view={data.view} onStartOver={props.reload} isEditing={props.at.params.id !== undefined} />}
    </Show>
  )
}

export function sellHead({ texts }: HeadContext<SellData>): PageHead {
  return { title: texts('sell').title, isIndexed: false }
}

function SellForm(props: { view: AuctionView | null; isEditing: boolean; onStartOver: () => Promise<void> }) {
  const t = useTexts('sell')
  const words = useProblemWords()
  const navigate = useNavigate()
  // oxlint-disable-next-line solid/reactivity -- a form is of one draft for life
  const draft = createDraft({ account: session.account()?.handle ?? '', view: props.view })
  const pictures = createPictures(draft.values.pictures, (ready) => draft.set('pictures', ready))
  const [left, setLeft] = createSignal<ReadonlySet<Field>>(new Set())
  const [wasTried, setTried] = createSignal(false)
  const [refused, setRefused] = createSignal<Faults>({})
  const [isPublishing, setPublishing] = createSignal(false)
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)
  const faults = createMemo(() => faultsOf({ ...draft.values }, serverNow()))
  const count = () => Object.keys(faults()).length

  const part: FormPart = {
    draft,
    faultOf(field) {
      const code = refused()[field] ?? (wasTried() || left().has(field) ? faults()[field] : undefined)
      return code && t.faults[code]
    },
    leave(field) {
      setLeft((before) => new Set([...before, field]))
      setRefused(({ [field]: _gone, ...rest }) => rest)
    },
  }

  async function publish(event: SubmitEvent & { currentTarget: HTMLFormElement }): Promise<void> {
    event.preventDefault()
    const form = event.currentTarget
    if (isPublishing() || pictures.isBusy()) return
    setTried(true)
    setRefused({})
    setProblem(null)
    if (count() > 0) return showFirstFault(form)
    if (!session.isTrader() && !(await verifyPhone())) return
    setPublishing(true)
    try {
      const published = await draft.publish()
      showToast({ text: t.review.published, tone: 'leaf' })
      navigate(`/auctions/${published.id}`)
    } catch (thrown) {
      const failed = asProblem(thrown)
      setRefused(faultsFrom(failed.errors, t.faults))
      setProblem(failed)
      showFirstFault(form)
    } finally {
      setPublishing(false)
    }
  }

  return (
    <div class="column max-w-5xl py-5 md:py-8">
      <header class="grid gap-1">
        <h1 class="text-heading font-extrabold md:text-hero">{props.isEditing ? t.titleEdit : t.title}</h1>
        <p class="text-ink-soft">{t.lead}</p>
        <Show when={draft.isResumed && !props.isEditing}>
          <p class="flex flex-wrap items-center gap-x-2 text-caption text-ink-soft">
            {t.resumed}
            <button
              type="button"
              class="min-h-11 font-semibold text-tangerine-text underline underline-offset-4"
              onClick={() => {
                draft.forget()
                void props.onStartOver()
              }}
            >
              {t.startOver}
            </button>
          </p>
        </Show>
      </header>
      <div class="sticky top-(--header-height) z-20 -mx-4 mt-2 flex items-center justify-between gap-3 border-b border-line bg-paper/95 px-4 backdrop-blur-md">
        <nav aria-label={t.stepsLabel} class="rail">
          <ol class="flex">
            <For each={steps}>
              {(step) => (
                <li>
                  <a
                    href={`#${step}`}
                    class="inline-flex min-h-11 items-center px-2.5 font-medium whitespace-nowrap text-ink-soft hover:text-ink"
                  >
                    {t.steps[step]}
                  </a>
                </li>
              )}
            </For>
          </ol>
        </nav>
        <SavingState draft={draft} />
      </div>
      <Conflict draft={draft} onTheirs={props.onStartOver} />

      <form
        class="mt-6 grid gap-8 md:grid-cols-[minmax(0,1fr)_15rem] md:gap-10"
        novalidate
        onSubmit={(event) => void publish(event)}
      >
        <div class="grid min-w-0 gap-8">
          <Step id="pictures" place={1} title={t.pictures.title}>
            <PictureField pictures={pictures} error={part.faultOf('pictures')} />
          </Step>
          <Step id="what" place={2} title={t.what.title}>
            <WhatFields {...part} />
          </Step>
          <Step id="price" place={3} title={t.price.title}>
            <PriceFields {...part} />
          </Step>
          <Step id="time" place={4} title={t.time.title}>
            <TimeFields {...part} />
          </Step>
          <Step id="deal" place={5} title={t.deal.title}>
            <DealFields {...part} />
          </Step>
          <Step id="review" place={6} title={t.review.title}>
            <div class="md:hidden">
              <h3 class="mb-2 font-semibold">{t.review.preview}</h3>
              <PreviewCard values={draft.values} />
            </div>
            <Card class="grid gap-3">
              <h3 class="font-bold">{t.review.spoken}</h3>
              <SpokenRules values={draft.values} />
            </Card>
            <Show when={wasTried() && count() > 0}>
              <Note tone="brick" title={t.review.missing(count())} />
            </Show>
            <Show when={problem()}>{(failed) => <ProblemNote {...words(failed())} />}</Show>
            <Show when={pictures.isBusy()}>
              <p class="text-ink-soft">{t.review.waiting}</p>
            </Show>
            <Button
              type="submit"
              look="main"
              size="large"
              wide
              busy={isPublishing()}
              disabled={pictures.isBusy() || session.account()?.suspension != null}
            >
              {session.isTrader() ? t.review.publish : t.review.verify}
            </Button>
          </Step>
        </div>
        <aside aria-label={t.review.preview} class="max-md:hidden">
          <div class="sticky top-32 grid gap-2">
            <h2 class="font-semibold text-ink-soft">{t.review.preview}</h2>
            <PreviewCard values={draft.values} />
          </div>
        </aside>
      </form>
    </div>
  )
}

/** The first thing to mend is brought into view and gets the focus. */
function showFirstFault(form: HTMLFormElement): void {
  requestAnimationFrame(() => {
    const first = form.querySelector<HTMLElement>('[aria-invalid="true"]')
    first?.closest('details')?.setAttribute('open', '')
    first?.scrollIntoView({ block: 'center' })
    const control = first?.matches('fieldset') ? first.querySelector<HTMLElement>('input') : first
    control?.focus({ preventScroll: true })
  })
}

function SavingState(props: { draft: Draft }) {
  const t = useTexts('sell')
  const looks = {
    nothing: null,
    saving: [Save, t.saving, 'text-ink-faint'],
    saved: [Cloud, t.saved, 'text-leaf'],
    here: [Save, t.savedHere, 'text-ink-soft'],
    failed: [CloudOff, t.notSaved, 'text-brick'],
    conflict: [CloudOff, t.conflict, 'text-brick'],
  } as const
  return (
    <p aria-live="polite" class="shrink-0 text-caption font-medium">
      <Show when={looks[props.draft.saving()]} keyed>
        {([icon, text, tone]) => (
          <span class={`flex items-center gap-1.5 ${tone}`} title={text}>
            <Icon of={icon} class="size-4" />
            <span class="max-sm:sr-only">{text}</span>
          </span>
        )}
      </Show>
    </p>
  )
}

function Conflict(props: { draft: Draft; onTheirs: () => Promise<void> }) {
  const t = useTexts('sell')
  const words = useProblemWords()
  async function overwrite(): Promise<void> {
    try {
      await props.draft.overwrite()
    } catch (thrown) {
      showToast({ text: words(asProblem(thrown)).title, tone: 'brick' })
    }
  }
  return (
    <Show when={props.draft.saving() === 'conflict'}>
      <Note
        tone="brick"
        title={t.conflict}
        class="mt-4"
        action={
          <>
            <Button
              size="small"
              onClick={() => {
                props.draft.giveUp()
                void props.onTheirs()
              }}
            >
              {t.useTheirs}
            </Button>
            <Button size="small" onClick={() => void overwrite()}>
              {t.useMine}
            </Button>
          </>
        }
      >
        {t.conflictText}
      </Note>
    </Show>
  )
}
