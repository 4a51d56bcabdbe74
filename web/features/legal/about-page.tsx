import { For } from 'solid-js'
import { useTexts } from '../../i18n/i18n.ts'
import type { HeadContext, PageHead } from '../../page.ts'
import { Card } from '../../ui/card/card.tsx'
import { ButtonLink } from '../../ui/link/link.tsx'
import { Mark } from '../../ui/mark/mark.tsx'

export function AboutPage() {
  const t = useTexts('about')
  return (
    <div class="column max-w-4xl py-10 md:py-16">
      <Mark class="size-20 md:size-28" />
      <h1 class="mt-4 text-hero font-extrabold md:text-display">{t.title}</h1>
      <p class="mt-3 max-w-2xl text-lead text-pretty text-ink-soft md:text-title">{t.lead}</p>
      <ul class="mt-10 grid gap-4 md:grid-cols-2">
        <For each={t.points}>
          {(point) => (
            <Card as="li">
              <h2 class="text-title font-bold">{point.title}</h2>
              <p class="mt-2 leading-7 text-pretty text-ink-soft">{point.text}</p>
            </Card>
          )}
        </For>
      </ul>
      <section class="mt-10">
        <h2 class="text-title font-bold">{t.developers}</h2>
        <p class="mt-2 text-ink-soft">{t.developersText}</p>
        <div class="mt-4 flex flex-wrap gap-2">
          <a
            href="/api/docs"
            rel="external"
            class="inline-flex min-h-11 items-center rounded-control border border-line bg-surface px-4 font-semibold hover:bg-sunken"
          >
            {t.apiDocs}
          </a>
          <ButtonLink href="/rules">{t.verify}</ButtonLink>
        </div>
      </section>
    </div>
  )
}

export function aboutHead({ texts }: HeadContext<null>): PageHead {
  const { title, lead } = texts('about')
  return { title, description: lead }
}
