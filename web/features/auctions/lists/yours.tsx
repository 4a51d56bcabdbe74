import { createResource, Show } from 'solid-js'
import { answer } from '../../../api/call.ts'
import { session } from '../../../api/session.ts'
import { useTexts } from '../../../i18n/i18n.ts'
import { auctionsApi } from '../api.ts'
import { Shelf } from './shelf.tsx'

/** What the reader is bidding on: the first thing one comes back for. */
export function Yours() {
  const t = useTexts('home')
  const [mine] = createResource(
    () => session.account()?.handle,
    () =>
      answer(auctionsApi(session.call).auctions.mine.$get({ query: { role: 'bidding', limit: '8' } })).catch(
        () => null,
      ),
  )
  return (
    <Show when={mine.latest?.items.length ? mine.latest : null}>
      {(page) => <Shelf title={t.yours} cards={page().items} href="/mine?role=bidding" />}
    </Show>
  )
}
