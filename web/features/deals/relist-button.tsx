import { createSignal } from 'solid-js'
import { newKey } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { useProblemWords } from '../../i18n/problem-words.ts'
import { Button } from '../../ui/button/button.tsx'
import { useNavigate } from '../../ui/navigation/navigation.ts'
import { showToast } from '../../ui/toast/toast.tsx'
import { relist } from './queries.ts'

/** Makes a draft with the terms of the auction whose deal came to nothing, and leads to it. */
export function RelistButton(props: { auction: string }) {
  const t = useTexts('deals')
  const words = useProblemWords()
  const navigate = useNavigate()
  const [isBusy, setBusy] = createSignal(false)

  async function listAgain(): Promise<void> {
    setBusy(true)
    try {
      const draft = await relist(props.auction, newKey())
      showToast({ text: t.relisted, tone: 'leaf' })
      navigate(`/sell/${draft.id}`)
    } catch (thrown) {
      showToast({ text: words(asProblem(thrown)).title, tone: 'brick' })
    } finally {
      setBusy(false)
    }
  }

  return (
    <Button busy={isBusy()} onClick={() => void listAgain()}>
      {t.relist}
    </Button>
  )
}
