import Ellipsis from 'lucide/dist/esm/icons/ellipsis.mjs'
import EyeOff from 'lucide/dist/esm/icons/eye-off.mjs'
import ThumbsDown from 'lucide/dist/esm/icons/thumbs-down.mjs'
import { createSignal } from 'solid-js'
import type { AuctionCard } from '../../../../worker/contract/auctions.ts'
import { useTexts } from '../../../i18n/i18n.ts'
import { Button, IconButton } from '../../../ui/button/button.tsx'
import { Sheet } from '../../../ui/sheet/sheet.tsx'

type Verdict = 'less' | 'hide-author'

/** What one can say about one recommendation. A sheet, since a list below the button would lie over the hearts of other cards. */
export function CardMenu(props: { card: AuctionCard; onVerdict: (verdict: Verdict) => void }) {
  const t = useTexts('search').recommended
  const [isOpen, setOpen] = createSignal(false)

  function say(verdict: Verdict): void {
    setOpen(false)
    props.onVerdict(verdict)
  }

  return (
    <>
      <IconButton
        icon={Ellipsis}
        label={t.menu(props.card.title)}
        class="relative z-10 -my-2 -me-2"
        onClick={() => setOpen(true)}
      />
      <Sheet open={isOpen()} onClose={() => setOpen(false)} title={props.card.title}>
        <div class="grid gap-2">
          <Button wide size="large" icon={ThumbsDown} onClick={() => say('less')}>
            {t.less}
          </Button>
          <Button wide size="large" icon={EyeOff} class="whitespace-normal" onClick={() => say('hide-author')}>
            {t.hideSeller(props.card.seller.name)}
          </Button>
        </div>
      </Sheet>
    </>
  )
}
