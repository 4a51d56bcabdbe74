import type { MailContent } from '../../worker/contract/relay.ts'
import type { NotificationKind } from '../../worker/contract/notifications.ts'

export type NoticeContent = Extract<MailContent, { template: 'notice' }>

/** The subject, which is also the first line, and what the button says. */
interface NoticeWords {
  subject: string
  more: string[]
  button: string
}

type Sentence = (about: About) => string

/** What sentences are made of, each part in the reader's language and never empty. */
interface About {
  /** What is sold, in quotation marks of the language. */
  item: string
  /** `₩12,000`, or null. */
  price: string | null
  /** "한라", "한라 외 2명"; "누군가" where nobody is named. */
  people: string
}

export function noticeWordsKo({ kind, data, actors, count }: NoticeContent): NoticeWords {
  const names = actors.join(', ')
  const others = count - actors.length
  const people = names === '' ? '상대방' : others > 0 ? `${names}님 외 ${others}명` : `${names}님`
  const item = `‘${titleOf(data) ?? '경매'}’`
  return wordsOf(ko[kind], { item, price: priceOf(data), people }, '보러 가기', (price) => `금액: ${price}`)
}

export function noticeWordsEn({ kind, data, actors, count }: NoticeContent): NoticeWords {
  const names = actors.join(', ')
  const others = count - actors.length
  const more = others === 1 ? '1 other' : `${others} others`
  const people = names === '' ? 'The other side' : others > 0 ? `${names} and ${more}` : names
  const item = `“${titleOf(data) ?? 'the auction'}”`
  return wordsOf(en[kind], { item, price: priceOf(data), people }, 'Have a look', (price) => `Price: ${price}`)
}

function wordsOf(say: Sentence, about: About, button: string, priced: (price: string) => string): NoticeWords {
  return { subject: say(about), more: about.price === null ? [] : [priced(about.price)], button }
}

function titleOf({ title }: NoticeContent['data']): string | null {
  return typeof title === 'string' && title !== '' ? title : null
}

function priceOf({ price }: NoticeContent['data']): string | null {
  return typeof price === 'number' ? `₩${price.toLocaleString('en')}` : null
}

const ko: Record<NotificationKind, Sentence> = {
  'auction-started': ({ item }) => `${item} 경매가 시작됐어요`,
  'auction-soon': ({ item }) => `${item} 경매가 곧 시작돼요`,
  outbid: ({ item }) => `${item}에 더 높은 입찰이 들어왔어요`,
  'ending-soon': ({ item }) => `${item} 경매가 곧 끝나요`,
  won: ({ item }) => `${item}, 낙찰받았어요`,
  lost: ({ item }) => `${item}, 다른 분에게 낙찰됐어요`,
  'first-bid': ({ item }) => `${item}에 첫 입찰이 들어왔어요`,
  sold: ({ item }) => `${item}, 낙찰됐어요`,
  unsold: ({ item }) => `${item}, 낙찰 없이 끝났어요`,
  'auction-cancelled': ({ item }) => `${item} 경매가 취소됐어요`,
  'offer-made': ({ item }) => `${item}, 차순위 제안이 왔어요`,
  'offer-answered': ({ item }) => `${item}, 차순위 제안에 답이 왔어요`,
  'deal-step': ({ item }) => `${item} 거래에 새 소식이 있어요`,
  'deal-reminder': ({ item }) => `${item} 거래, 잊지 마세요`,
  'no-show': ({ item }) => `${item} 거래에 노쇼 신고가 들어왔어요`,
  dispute: ({ item }) => `${item} 거래 분쟁에 새 소식이 있어요`,
  message: ({ people }) => `${people}에게서 메시지가 왔어요`,
  'message-request': ({ people }) => `${people}에게서 메시지 요청이 왔어요`,
  follow: ({ people }) => `${people}이 회원님을 팔로우해요`,
  'follow-request': ({ people }) => `${people}이 팔로우를 요청했어요`,
  'follow-accepted': ({ people }) => `${people}이 팔로우 요청을 수락했어요`,
  'review-due': ({ item }) => `${item} 거래는 어땠나요? 후기를 남겨 주세요`,
  'review-released': () => '새 거래 후기가 공개됐어요',
  decision: () => '회원님에 대한 결정이 있어요',
  'appeal-answered': () => '이의 제기에 답변이 왔어요',
  'suspension-started': () => '계정 이용이 정지됐어요',
  'suspension-ended': () => '계정 이용 정지가 끝났어요',
  security: () => '계정 보안에 관한 소식이 있어요',
}

const en: Record<NotificationKind, Sentence> = {
  'auction-started': ({ item }) => `${item} has started`,
  'auction-soon': ({ item }) => `${item} starts soon`,
  outbid: ({ item }) => `Somebody bid more on ${item}`,
  'ending-soon': ({ item }) => `${item} ends soon`,
  won: ({ item }) => `You won ${item}`,
  lost: ({ item }) => `${item} went to somebody else`,
  'first-bid': ({ item }) => `${item} has its first bid`,
  sold: ({ item }) => `${item} is sold`,
  unsold: ({ item }) => `${item} ended without a sale`,
  'auction-cancelled': ({ item }) => `${item} was cancelled`,
  'offer-made': ({ item }) => `You are offered ${item}`,
  'offer-answered': ({ item }) => `Your offer of ${item} was answered`,
  'deal-step': ({ item }) => `There is news of your deal on ${item}`,
  'deal-reminder': ({ item }) => `Do not forget your deal on ${item}`,
  'no-show': ({ item }) => `A no-show was reported in your deal on ${item}`,
  dispute: ({ item }) => `There is news of the dispute about ${item}`,
  message: ({ people }) => `${people} sent you a message`,
  'message-request': ({ people }) => `${people} would like to send you a message`,
  follow: ({ people }) => `${people} now follows you`,
  'follow-request': ({ people }) => `${people} would like to follow you`,
  'follow-accepted': ({ people }) => `${people} accepted your request to follow`,
  'review-due': ({ item }) => `How was your deal on ${item}? Leave a review`,
  'review-released': () => 'A new review of you is out',
  decision: () => 'There is a decision about you',
  'appeal-answered': () => 'Your appeal was answered',
  'suspension-started': () => 'Your account was suspended',
  'suspension-ended': () => 'Your suspension is over',
  security: () => 'There is news about the security of your account',
}
