import { Show } from 'solid-js'
import { installable, install } from '../../api/install.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { Button } from '../../ui/button/button.tsx'
import { Card } from '../../ui/card/card.tsx'

/** Where the browser offers it; nothing is asked of those who have it. */
export function InstallCard() {
  const t = useTexts('telling').install
  return (
    <Show when={installable()}>
      <Card as="section" class="flex flex-wrap items-center justify-between gap-3">
        <div>
          <h2 class="font-medium">{t.title}</h2>
          <p class="text-caption text-ink-soft">{t.text}</p>
        </div>
        <Button onClick={() => void install()}>{t.do}</Button>
      </Card>
    </Show>
  )
}
