import Handshake from 'lucide/dist/esm/icons/handshake.mjs'
import Tag from 'lucide/dist/esm/icons/tag.mjs'
import { createSignal, Match, Show, Switch } from 'solid-js'
import { newKey } from '../../api/call.ts'
import { asProblem, type ApiProblem } from '../../api/problem.ts'
import { useFormat, useTexts } from '../../i18n/i18n.ts'
import { useProblemWords } from '../../i18n/problem-words.ts'
import { Button } from '../../ui/button/button.tsx'
import { ButtonLink } from '../../ui/link/link.tsx'
import { Note, ProblemNote } from '../../ui/problem-note/problem-note.tsx'
import { Sheet } from '../../ui/sheet/sheet.tsx'
import { showToast } from '../../ui/toast/toast.tsx'
import { createOffersMade, type OffersMade } from './offers-made.ts'
import { makeOffer } from './queries.ts'

/** For the seller of what was not sold. */
export function MakeOffer(props: { auction: string }) {
  const made = createOffersMade(() => props.auction)
  return <OfferNext auction={props.auction} made={made} />
}

interface OfferNextProps {
  auction: string
  made: OffersMade
  /** The deal that it goes on from. */
  after?: { id: string; isOpen: boolean; reload: () => Promise<void> }
}

/** The server picks who is next. While one is asked it says so instead, and leads to what came of a yes. */
export function OfferNext(props: OfferNextProps) {
  const t = useTexts('deals').offers
  const common = useTexts('common')
  const format = useFormat()
  const words = useProblemWords()
  const [isAsking, setAsking] = createSignal(false)
  const [isBusy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)
  let key = newKey()

  async function send(): Promise<void> {
    setBusy(true)
    setProblem(null)
    try {
      const { amount } = await makeOffer(props.auction, key)
      key = newKey()
      showToast({ text: t.made(format.won(amount)), tone: 'leaf', href: '/deals/offers?role=made' })
      setAsking(false)
      void props.made.refetch()
      void props.after?.reload()
    } catch (thrown) {
      const failed = asProblem(thrown)
      setProblem(failed)
      if (failed.isJudged) key = newKey()
    } finally {
      setBusy(false)
    }
  }

  return (
    <>
      <Switch>
        <Match when={props.made.open()}>
          {(offer) => (
            <Note
              tone="sky"
              title={t.asked(format.won(offer().amount))}
              action={
                <ButtonLink size="small" href="/deals/offers?role=made">
                  {t.seeMade}
                </ButtonLink>
              }
            >
              {t.askedUntil(format.shortDateTime(offer().expiresAt))}
            </Note>
          )}
        </Match>
        <Match when={props.made.dealBeyond(props.after?.id)}>
          {(deal) => (
            <ButtonLink look="main" icon={Handshake} href={`/deals/${deal()}`}>
              {t.toDeal}
            </ButtonLink>
          )}
        </Match>
        <Match when={!props.made.areSpent()}>
          <Button icon={Tag} onClick={() => setAsking(true)}>
            {t.make}
          </Button>
        </Match>
      </Switch>
      <Sheet
        open={isAsking()}
        title={t.makeAsk}
        busy={isBusy()}
        onClose={() => setAsking(false)}
        footer={
          <div class="flex justify-end gap-2">
            <Button onClick={() => setAsking(false)}>{common.cancel}</Button>
            <Button look="main" busy={isBusy()} onClick={() => void send()}>
              {t.make}
            </Button>
          </div>
        }
      >
        <p class="text-pretty">{t.makeText}</p>
        <Show when={props.after?.isOpen}>
          <Note tone="tangerine" title={t.makeEnds} class="mt-4" />
        </Show>
        <Show when={problem()}>{(failed) => <ProblemNote {...words(failed())} class="mt-4" />}</Show>
      </Sheet>
    </>
  )
}
