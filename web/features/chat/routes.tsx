import type { Component } from 'solid-js'
import type { Area } from '../../i18n/dictionaries.ts'
import { definePage, type PageProps, type PageRoute } from '../../page.ts'
import type { DealCard } from './conversation/room-pane.tsx'
import type { RoomData } from './queries.ts'

/** The card of a deal above the messages of its room, brought by the feature that knows deals. */
export interface DealPart {
  texts: readonly Area[]
  part: () => Promise<DealCard>
}

export function chatRoutes(deal: DealPart | null): PageRoute[] {
  /** The same for life: another one would be another page, and what is written in it be gone. */
  let Page: Component<PageProps<RoomData>> | null = null
  return [
    definePage({
      path: '/messages',
      source: 'web/features/chat/messages-page.tsx',
      module: () =>
        import('./messages-page.tsx').then((file) => ({ Page: file.MessagesPage, head: file.messagesHead })),
      texts: ['messages'],
      access: 'suspended',
      fillsScreen: true,
    }),
    definePage<RoomData>({
      path: '/messages/:id',
      source: 'web/features/chat/messages-page.tsx',
      async module() {
        const [{ RoomPage, roomHead }, dealCard] = await Promise.all([
          import('./messages-page.tsx'),
          deal?.part() ?? null,
        ])
        Page ??= (props: PageProps<RoomData>) => <RoomPage {...props} dealCard={dealCard} />
        return { Page, head: roomHead }
      },
      texts: ['messages', ...(deal?.texts ?? [])],
      load: async (call, at) => (await import('./queries.ts')).loadRoom(call, at),
      access: 'suspended',
      hasTabBar: false,
      fillsScreen: true,
    }),
  ]
}
