import { useFormat, useTexts } from '../../i18n/i18n.ts'

type Band = 'cold' | 'warm' | 'hot' | 'glowing'

const looks: Record<Band, string> = {
  cold: 'text-sky',
  warm: 'text-tangerine-text',
  hot: 'text-tangerine-text',
  glowing: 'text-brick',
}

/** The score with its band in words and as a bar: never by colour alone. */
export function MannerMeter(props: { score: number; band: Band }) {
  const t = useTexts('profiles')
  const format = useFormat()
  return (
    <div>
      <p class="flex items-baseline gap-2">
        <span class="text-caption font-semibold text-ink-soft">{t.manner}</span>
        <span class={`figures text-title font-extrabold ${looks[props.band]}`}>{format.score(props.score)}</span>
        <span class={`text-caption font-semibold ${looks[props.band]}`}>{t.bands[props.band]}</span>
      </p>
      <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" class="mt-1.5 h-2 w-full">
        <rect width="100" height="6" rx="3" class="fill-sunken" />
        <rect width={Math.max(4, Math.min(100, props.score))} height="6" rx="3" class="fill-tangerine" />
      </svg>
      <p class="mt-1.5 text-caption text-ink-faint">{t.mannerScale}</p>
    </div>
  )
}
