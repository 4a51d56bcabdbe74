import Handshake from 'lucide/dist/esm/icons/handshake.mjs'
import Tag from 'lucide/dist/esm/icons/tag.mjs'
import { createResource, createSignal, Show } from 'solid-js'
import { newKey } from '../../api/call.ts'
import { useInbox } from '../../api/inbox.ts'
import { asProblem, type ApiProblem } from '../../api/problem.ts'
import { session } from '../../api/session.ts'
import { useFormat, useTexts } from '../../i18n/i18n.ts'
import { useProblemWords } from '../../i18n/problem-words.ts'
import { Button } from '../../ui/button/button.tsx'
import { ButtonLink } from '../../ui/link/link.tsx'
import { Note, ProblemNote } from '../../ui/problem-note/problem-note.tsx'
import { Sheet } from '../../ui/sheet/sheet.tsx'
import { showToast } from '../../ui/toast/toast.tsx'
import { loadOffers, makeOffer } from './queries.ts'

/**
 * For the seller of what was not sold, or whose deal failed: the server picks who is next. While one is asked it says so instead, and
 * leads to what came of a yes; `after` is the deal that it goes on from.
 */
export function MakeOffer(props: { auction: string; after?: string }) {
  const t = useTexts('deals').offers
  const common = useTexts('common')
  const format = useFormat()
  const words = useProblemWords()
  const [isAsking, setAsking] = createSignal(false)
  const [isBusy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)
  let key = newKey()
  const [latest, { refetch }] = createResource(
    () => props.auction,
    async (auction) => {
      const { items } = await loadOffers(session.call, 'made')
      return items.find((one) => one.auction === auction) ?? null
    },
    { initialValue: null },
  )
  useInbox().listen({
    onFact(fact) {
      if (fact.type === 'notified' && fact.notification.kind === 'offer-answered') void refetch()
    },
  })
  /** How the last one stands is worth a look, no more: where that fails the button is there, and the server says no. */
  const last = () => (latest.error ? null : latest.latest)
  const open = () => (last()?.state === 'open' ? last() : null)
  const next = () => (last()?.deal === props.after ? null : last()?.deal)

  async function send(): Promise<void> {
    setBusy(true)
    setProblem(null)
    try {
      const { amount } = await makeOffer(props.auction, key)
      key = newKey()
      showToast({ text: t.made(format.won(amount)), tone: 'leaf', href: '/deals/offers?role=made' })
      setAsking(false)
      void refetch()
    } catch (thrown) {
      const failed = asProblem(thrown)
      setProblem(failed)
      if (failed.status === 409) key = newKey()
    } finally {
      setBusy(false)
    }
  }

  return (
    <>
      <Show
        when={open()}
        fallback={
          <Show
            when={next()}
            fallback={
              <Button icon={Tag} onClick={() => setAsking(true)}>
                {t.make}
              </Button>
            }
          >
            {(deal) => (
              <ButtonLink look="main" icon={Handshake} href={`/deals/${deal()}`}>
                {t.toDeal}
              </ButtonLink>
            )}
          </Show>
        }
      >
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
      </Show>
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
        <Show when={problem()}>{(failed) => <ProblemNote {...words(failed())} class="mt-4" />}</Show>
      </Sheet>
    </>
  )
}
