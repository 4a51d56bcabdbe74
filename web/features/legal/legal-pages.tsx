import { For } from 'solid-js'
import { ladder } from '../../../worker/contract/limits.ts'
import { useFormat, useTexts } from '../../i18n/i18n.ts'
import type { HeadContext, PageHead } from '../../page.ts'
import { LegalDocument } from './legal-document.tsx'

export function TermsPage() {
  return <LegalDocument isVersioned text={useTexts('terms')} />
}

export function PrivacyPage() {
  return <LegalDocument isVersioned text={useTexts('privacy')} />
}

export function RulesPage() {
  const t = useTexts('rules')
  const format = useFormat()
  const rows = ladder.map(([below, step], index) => ({
    range: Number.isFinite(below)
      ? t.ladder.upTo(format.won(below))
      : t.ladder.above(format.won(ladder[index - 1]?.[0] ?? 0)),
    step: format.won(step),
  }))
  return (
    <LegalDocument isVersioned text={t}>
      <table class="figures mt-8 w-full overflow-hidden rounded-card border border-line text-start">
        <caption class="px-0.5 pb-2 text-start text-title font-bold">{t.ladder.caption}</caption>
        <thead class="bg-sunken text-caption text-ink-soft">
          <tr>
            <th scope="col" class="px-4 py-2 text-start font-semibold">
              {t.ladder.from}
            </th>
            <th scope="col" class="px-4 py-2 text-end font-semibold">
              {t.ladder.step}
            </th>
          </tr>
        </thead>
        <tbody>
          <For each={rows}>
            {(row) => (
              <tr class="border-t border-line">
                <td class="px-4 py-2">{row.range}</td>
                <td class="px-4 py-2 text-end font-semibold">{row.step}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </LegalDocument>
  )
}

export function termsHead({ texts }: HeadContext<null>): PageHead {
  const { title, summary } = texts('terms')
  return { title, description: summary, kind: 'article' }
}

export function privacyHead({ texts }: HeadContext<null>): PageHead {
  const { title, summary } = texts('privacy')
  return { title, description: summary, kind: 'article' }
}

export function rulesHead({ texts }: HeadContext<null>): PageHead {
  const { title, summary } = texts('rules')
  return { title, description: summary, kind: 'article' }
}
