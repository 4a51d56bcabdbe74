import Sparkles from 'lucide/dist/esm/icons/sparkles.mjs'
import type { JSX } from 'solid-js'
import type { Why } from '../../../../worker/contract/auctions.ts'
import { useTexts } from '../../../i18n/i18n.ts'
import { Icon } from '../../../ui/icon/icon.tsx'

/** Why a card is there: what it is like that the reader was interested in, or that many look at it, or that it is new. */
export function WhyLine(props: { why: Why; menu: (() => JSX.Element) | undefined }) {
  const t = useTexts('auctions').why
  return (
    <div class="mt-auto flex items-center gap-1.5 pt-1">
      <Icon of={Sparkles} class="size-4 text-tangerine-text" />
      <p class="line-clamp-3 text-caption leading-tight font-medium text-tangerine-text min-w-0 flex-1 sm:line-clamp-2">
        {props.why.code === 'similar-to' ? t.similar(props.why.title) : t[props.why.code]}
      </p>
      {props.menu?.()}
    </div>
  )
}
