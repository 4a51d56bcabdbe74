import type { Component, JSX } from 'solid-js'
import type { Area } from '../../i18n/dictionaries.ts'
import { definePage, type PageProps, type PageRoute } from '../../page.ts'
import type { DecisionsData } from './queries.ts'

/** Pictures that go with an appeal. */
export interface Pictures {
  media: () => string[]
  isReady: () => boolean
  keep: () => void
}

/** How pictures are taken, brought by the feature that takes evidence. */
export interface EvidenceParts<P extends Pictures = Pictures> {
  create: () => P
  Field: (props: { evidence: P; hint?: string }) => JSX.Element
}

/** For suspended accounts above all: what was decided about them, why, and the way to appeal. */
export function decisionPages<P extends Pictures>(evidence: {
  texts: readonly Area[]
  part: () => Promise<EvidenceParts<P>>
}): PageRoute[] {
  // Made once: another component in its place would begin the page anew.
  let Page: Component<PageProps<DecisionsData>> | undefined
  return [
    definePage<DecisionsData>({
      path: '/settings/decisions',
      source: 'web/features/moderation/decisions-page.tsx',
      async module() {
        const [{ DecisionsPage, decisionsHead }, part] = await Promise.all([
          import('./decisions-page.tsx'),
          evidence.part(),
        ])
        Page ??= (props) => <DecisionsPage {...props} evidence={part as unknown as EvidenceParts} />
        return { Page, head: decisionsHead }
      },
      texts: ['decisions', ...evidence.texts],
      access: 'suspended',
      load: async (call) => (await import('./queries.ts')).loadDecisions(call),
    }),
  ]
}
