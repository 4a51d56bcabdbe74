/**
 * What one person may say of another after a deal: 9 codes per grade, of which 7 fit both sides, one a seller and one a buyer. The
 * words stand here once, for the API and for the screens. Imports nothing, so that a page may take it without a schema library.
 */
export const grades = [5, 3, 0, -20] as const
export type Grade = (typeof grades)[number]

/** Whom a review is about, in that deal. */
export const reviewRoles = ['seller', 'buyer'] as const
export type ReviewRole = (typeof reviewRoles)[number]

interface Statements {
  both: Record<string, Words>
  seller: Record<string, Words>
  buyer: Record<string, Words>
}
interface Words {
  ko: string
  en: string
}

export const statements = {
  5: {
    both: {
      'always-reachable': { ko: '언제나 바로 연락이 됐어요', en: 'Could always be reached' },
      'never-late': { ko: '약속 시간을 정확히 지켰어요', en: 'Was never late' },
      'always-kind': { ko: '처음부터 끝까지 친절했어요', en: 'Was kind from beginning to end' },
      'my-way': { ko: '제 사정에 맞춰 줬어요', en: 'Did it the way that suited me' },
      smooth: { ko: '거래가 아주 매끄러웠어요', en: 'Everything went smoothly' },
      'went-further': { ko: '약속한 것보다 더 챙겨 줬어요', en: 'Did more than was agreed' },
      'again-any-time': { ko: '꼭 다시 거래하고 싶어요', en: 'I would deal with them again any time' },
    },
    seller: { 'careful-packing': { ko: '정성껏 포장해 줬어요', en: 'Packed it with care' } },
    buyer: { 'paid-at-once': { ko: '바로 결제했어요', en: 'Paid at once' } },
  },
  3: {
    both: {
      reachable: { ko: '연락이 잘 됐어요', en: 'Could be reached' },
      'on-time': { ko: '시간을 지켰어요', en: 'Was on time' },
      kind: { ko: '친절했어요', en: 'Was kind' },
      quick: { ko: '답이 빨랐어요', en: 'Answered quickly' },
      'met-halfway': { ko: '서로 조금씩 맞췄어요', en: 'Met me halfway' },
      understanding: { ko: '사정을 이해해 줬어요', en: 'Was understanding' },
      'clear-answers': { ko: '답이 분명했어요', en: 'Gave clear answers' },
    },
    seller: { 'good-condition': { ko: '물건 상태가 좋았어요', en: 'The item was in good condition' } },
    buyer: { 'paid-well': { ko: '결제가 깔끔했어요', en: 'Paid without any trouble' } },
  },
  0: {
    both: {
      'hard-to-reach': { ko: '연락이 잘 안 됐어요', en: 'Was hard to reach' },
      'somewhat-late': { ko: '조금 늦었어요', en: 'Was somewhat late' },
      'unpleasant-tone': { ko: '말투가 불편했어요', en: 'Had an unpleasant tone' },
      'tried-other-price': { ko: '다른 가격을 제안했어요', en: 'Tried to change the price' },
      'changed-method': { ko: '거래 방법을 바꿨어요', en: 'Changed how to hand over' },
      hesitated: { ko: '자꾸 망설였어요', en: 'Kept hesitating' },
      'lured-elsewhere': { ko: '다른 곳에서 거래하자고 했어요', en: 'Wanted to deal somewhere else' },
    },
    seller: {
      'slightly-different': {
        ko: '물건이 설명과 조금 달랐어요',
        en: 'The item differed a little from its description',
      },
    },
    buyer: { picky: { ko: '요구가 많았어요', en: 'Asked for a great deal' } },
  },
  [-20]: {
    both: {
      'no-contact': { ko: '연락이 끊겼어요', en: 'Could not be reached at all' },
      'refused-deal': { ko: '거래를 거부했어요', en: 'Refused the deal' },
      'broke-time': { ko: '약속을 어겼어요', en: 'Broke an appointment' },
      abusive: { ko: '욕설이나 위협을 했어요', en: 'Was abusive or threatening' },
      'other-price': { ko: '낙찰가와 다른 금액을 요구했어요', en: 'Demanded another price' },
      'sexual-remarks': { ko: '성적인 말을 했어요', en: 'Made sexual remarks' },
      'no-show': { ko: '나타나지 않았어요', en: 'Did not show up' },
    },
    seller: { 'wrong-item': { ko: '다른 물건을 줬어요', en: 'Gave me a different item' } },
    buyer: {
      'changed-mind-refund': { ko: '단순 변심으로 환불을 요구했어요', en: 'Wanted money back after a change of mind' },
    },
  },
} as const satisfies Record<Grade, Statements>

/** The 8 codes that fit a grade and the side one speaks about. */
export function statementsFor(grade: Grade, role: ReviewRole): string[] {
  const all: Statements = statements[grade]
  return [...Object.keys(all.both), ...Object.keys(all[role])]
}

/** Every code with its words in one language. */
export function statementWords(language: keyof Words): Record<string, string> {
  const sides: Statements[] = grades.map((grade) => statements[grade])
  return Object.fromEntries(
    sides.flatMap(({ both, seller, buyer }) =>
      Object.entries({ ...both, ...seller, ...buyer }).map(([code, words]) => [code, words[language]]),
    ),
  )
}
