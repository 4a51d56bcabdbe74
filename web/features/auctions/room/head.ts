import type { HeadContext, PageHead } from '../../../page.ts'
import type { RoomData } from './room.tsx'

const availability = {
  scheduled: 'https://schema.org/PreOrder',
  running: 'https://schema.org/InStock',
  sold: 'https://schema.org/SoldOut',
} as Record<string, string>

const itemConditions: Record<string, string> = {
  new: 'https://schema.org/NewCondition',
  'like-new': 'https://schema.org/UsedCondition',
  good: 'https://schema.org/UsedCondition',
  fair: 'https://schema.org/UsedCondition',
  parts: 'https://schema.org/DamagedCondition',
}

/** What search engines and other people's chats show of an auction: only what its page shows, and true at that moment. */
export function auctionHead({ data, origin, texts, format }: HeadContext<RoomData>): PageHead {
  const { view } = data
  const { terms } = view
  const t = texts('auctions')
  const cover = terms.images[0]
  const price = `${t.priceLabels[labelOf(view)]} ${format.won(view.price)}`
  return {
    title: terms.title,
    description: `${t.states[view.state]} · ${price} · ${terms.content.replaceAll(/\s+/g, ' ').slice(0, 120)}`,
    image: cover?.share ?? null,
    kind: 'product',
    isIndexed: view.state !== 'draft',
    canonical: `/auctions/${view.id}`,
    structured: {
      '@context': 'https://schema.org',
      '@type': 'Product',
      name: terms.title,
      description: terms.content,
      image: terms.images
        .flatMap(({ share, sources }) => share ?? sources.at(-1)?.webp ?? [])
        .map((path) => new URL(path, origin).href),
      ...(terms.condition ? { itemCondition: itemConditions[terms.condition] } : {}),
      offers: {
        '@type': 'Offer',
        price: view.price,
        priceCurrency: 'KRW',
        url: `${origin}/auctions/${view.id}`,
        seller: { '@type': 'Person', name: view.seller.name },
        ...(view.endsAt ? { priceValidUntil: view.endsAt } : {}),
        availability: availability[view.state] ?? 'https://schema.org/Discontinued',
      },
    },
  }
}

function labelOf({ state, bidCount }: RoomData['view']) {
  if (state === 'sold') return 'final' as const
  if (state === 'unsold') return 'unsold' as const
  if (state === 'cancelled' || state === 'void') return 'cancelled' as const
  return bidCount > 0 ? ('current' as const) : ('start' as const)
}
