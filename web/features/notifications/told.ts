import type { NoticeData, NotificationKind } from '../../../worker/contract/notifications.ts'
import type { Format } from '../../i18n/format.ts'
import type { NotificationTexts } from '../../i18n/ko/notifications.ts'

/** What words and link of a notification are made from: the same on the list, in a toast and in the service worker. */
export interface Told {
  kind: NotificationKind
  actors: readonly { handle: string; name: string }[]
  count: number
  target: string
  data: NoticeData
}

export interface Said {
  title: string
  text: string
}

/** A notification in words. What its data lacks the words do without. */
export function sayTold({ kind, actors, count, data }: Told, t: NotificationTexts, format: Format): Said {
  const text = (name: string) => (typeof data[name] === 'string' && data[name] !== '' ? data[name] : undefined)
  const won = (name: string) => (typeof data[name] === 'number' ? format.won(data[name]) : undefined)
  const time = (name: string) => {
    const at = data[name]
    return typeof at === 'number' || (typeof at === 'string' && !Number.isNaN(Date.parse(at)))
      ? format.shortDateTime(at)
      : undefined
  }
  const title = text('title')
  const [first] = actors
  const who = first ? t.people(first.name, Math.max(actors.length, isOfPeople(kind) ? count : 1) - 1) : t.someone
  const say = t.kinds
  switch (kind) {
    case 'auction-soon':
    case 'ending-soon':
      return say[kind]({ title, at: time('at') })
    case 'outbid':
      return say.outbid({ title, price: won('price'), minimum: won('minimumBid') })
    case 'won':
    case 'lost':
    case 'first-bid':
    case 'sold':
      return say[kind]({ title, price: won('price') })
    case 'offer-made':
      return say['offer-made']({ title, amount: won('amount'), until: time('expiresAt') })
    case 'offer-answered':
      return say['offer-answered']({ title, answer: answerOf(data['answer'] ?? data['state']) })
    case 'deal-step':
      return say['deal-step']({ title, who, step: text('step') })
    case 'deal-reminder':
      return say['deal-reminder']({ title, about: text('about'), at: time('dueAt') })
    case 'no-show':
      return say['no-show']({ title, step: text('step'), at: time('dueAt') })
    case 'dispute':
      return say.dispute({ title, step: text('step') })
    case 'message':
      return say.message({
        who: first?.name ?? t.someone,
        room: text('room'),
        text: text('text'),
        pictures: Number(data['pictures'] ?? 0),
        count,
      })
    case 'message-request':
      return say['message-request']({ who, text: text('text') })
    case 'follow':
    case 'follow-request':
    case 'follow-accepted':
      return say[kind]({ who })
    case 'suspension-started':
      return say['suspension-started']({ until: time('until') })
    case 'security':
      return say.security({
        change: text('change'),
        where: [text('device'), text('place')].filter(Boolean).join(', ') || undefined,
      })
    default:
      return say[kind]({ title })
  }
}

/** Folded, these count people; a message counts messages. */
function isOfPeople(kind: NotificationKind): boolean {
  return kind === 'follow' || kind === 'follow-request' || kind === 'follow-accepted' || kind === 'message-request'
}

function answerOf(value: unknown): 'accepted' | 'declined' | 'lapsed' | undefined {
  return value === 'accepted' || value === 'declined' || value === 'lapsed' ? value : undefined
}

/** Where it leads: a path of this site, without the language's prefix. */
export function pathOf({ kind, target, data, actors }: Told): string {
  const id = (name: string) => (typeof data[name] === 'string' ? data[name] : null)
  switch (kind) {
    case 'auction-started':
    case 'auction-soon':
    case 'outbid':
    case 'ending-soon':
    case 'lost':
    case 'first-bid':
    case 'unsold':
    case 'auction-cancelled':
      return `/auctions/${target}`
    case 'won':
    case 'sold':
      return id('deal') ? `/deals/${id('deal')}` : `/auctions/${target}`
    case 'offer-made':
      return '/deals/offers'
    case 'offer-answered':
      return id('deal') ? `/deals/${id('deal')}` : '/deals/offers?role=made'
    case 'deal-step':
    case 'deal-reminder':
    case 'no-show':
    case 'dispute':
      return `/deals/${target}`
    case 'review-due':
      return `/deals/${target}`
    case 'message':
      return `/messages/${target}`
    case 'message-request':
      return '/messages?folder=requests'
    case 'follow':
    case 'follow-accepted':
      return actors[0] ? `/users/${actors[0].handle}` : '/settings'
    case 'follow-request':
      return '/settings/follow-requests'
    case 'review-released':
      return '/settings/manner'
    case 'decision':
    case 'appeal-answered':
    case 'suspension-started':
    case 'suspension-ended':
      return '/settings/decisions'
    case 'security':
      return '/settings/sign-ins'
  }
}
