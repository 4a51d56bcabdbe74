import { createSignal } from 'solid-js'
import { answer, newKey } from '../../../api/call.ts'
import { asProblem } from '../../../api/problem.ts'
import { session } from '../../../api/session.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import { Button } from '../../../ui/button/button.tsx'
import { useNavigate } from '../../../ui/navigation/navigation.ts'
import { showToast } from '../../../ui/toast/toast.tsx'
import { auctionsApi } from '../api.ts'

/** Makes a draft with the terms of an auction that found no buyer, and leads to it. `done` is said there. */
export function RelistButton(props: { id: string; label: string; done: string; size?: 'small' }) {
  const words = useProblemWords()
  const navigate = useNavigate()
  const [isBusy, setBusy] = createSignal(false)

  async function relist(): Promise<void> {
    setBusy(true)
    try {
      const again = auctionsApi(session.call).auctions[':id'].relist
      const draft = await answer(again.$post({ param: { id: props.id } }, { headers: { 'idempotency-key': newKey() } }))
      showToast({ text: props.done, tone: 'leaf' })
      navigate(`/sell/${draft.id}`)
    } catch (thrown) {
      showToast({ text: words(asProblem(thrown)).title, tone: 'brick' })
    } finally {
      setBusy(false)
    }
  }

  return (
    <Button size={props.size ?? 'normal'} busy={isBusy()} onClick={() => void relist()}>
      {props.label}
    </Button>
  )
}
