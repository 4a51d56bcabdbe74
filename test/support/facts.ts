import { envelope, events } from '../../worker/contract/events.ts'
import type { Envelope, EventType, Fact, PayloadOf } from '../../worker/contract/events.ts'

const at = '2026-11-26T03:00:00.000Z'

/** Events of one stream from a seq on, in order. */
export function streamOf(stream: string, facts: readonly Fact[], from = 1): [Envelope, ...Envelope[]] {
  const [first, ...rest] = facts.map((fact, index) => envelope(stream, from + index, at, fact))
  if (!first) throw new RangeError('a run of no events')
  return [first, ...rest]
}

function fact<T extends EventType>(type: T, payload: PayloadOf<T>): Fact {
  return { type, payload: events[type].payload.parse(payload) } as Fact
}

export function described(auction: string, more: Partial<PayloadOf<'auction-described'>> = {}): Fact {
  return fact('auction-described', {
    auction,
    seller: 'acc_seller',
    title: '필름 카메라',
    content: '셔터를 확인했어요',
    category: 'digital',
    condition: 'good',
    region: '제주 제주시',
    event: null,
    startsAt: at,
    endsAt: at,
    ...more,
  })
}

type Course =
  | 'auction-published'
  | 'auction-started'
  | 'bid-placed'
  | 'auction-ended'
  | 'auction-cancelled'
  | 'auction-voided'

/** Facts of the ledger, of which only their types are heard here. */
export function course(auction: string, type: Course): Fact {
  const entry = { seq: 1, type: 'started' } as unknown as PayloadOf<'bid-placed'>['entry']
  return fact(type, { auction, hash: 'h'.repeat(43), entry })
}

export function profile(account: string, more: Partial<PayloadOf<'profile-changed'>> = {}): Fact {
  return fact('profile-changed', {
    account,
    handle: account.slice(4),
    name: '김민지',
    bio: '필름 사진을 찍어요',
    picture: null,
    isPublic: true,
    ...more,
  })
}

export function suspended(account: string, until: string | null): Fact {
  return fact('account-suspended', { account, until })
}

export function lifted(account: string): Fact {
  return fact('suspension-lifted', { account })
}
