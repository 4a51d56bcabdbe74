/** The search page; suggestions and recommendations, which come after a page. */
export const search = {
  title: '찾기',
  titleOf: (words: string) => `‘${words}’ 찾은 결과`,
  description: '경매와 사람을 낱말과 뜻으로 함께 찾아요.',
  lead: '정확한 이름을 몰라도 괜찮아요. 비슷한 말로 찾아도 어울리는 것까지 보여 드려요.',
  field: '경매와 사람 찾기',
  placeholder: '무엇을 찾으세요?',
  clear: '검색어 지우기',
  submit: '찾기',
  types: { label: '무엇을 찾을까요', auctions: '경매', people: '사람' },
  categories: '카테고리로 둘러보기',
  results: { auctions: '찾은 경매', people: '찾은 사람' },
  degraded: '지금은 낱말이 꼭 맞는 것만 찾았어요. 비슷한 뜻까지 찾는 일은 곧 다시 돼요.',
  filter: '조건과 정렬로 거르기',
  more: '다음 결과 보기',
  loadingMore: '더 불러오는 중',
  end: '여기까지예요.',
  empty: {
    auctions: (words: string) => `‘${words}’에 맞는 경매가 아직 없어요`,
    people: (words: string) => `‘${words}’에 맞는 사람이 없어요`,
    auctionsText: '더 짧은 말이나 비슷한 말로 찾아보세요.',
    peopleText: '이름이나 아이디의 앞부분만 적어도 찾을 수 있어요.',
    browse: '경매 둘러보기',
  },
  shut: {
    title: '사람은 로그인하면 찾을 수 있어요',
    text: '이름이나 아이디로 찾아서 매너 점수와 파는 물건을 볼 수 있어요.',
  },

  /** Below a search field while somebody types. */
  suggestions: {
    label: '이런 걸 찾으세요?',
    count: (count: number) => `추천 검색어 ${count}개. 아래 화살표로 고를 수 있어요.`,
    person: '사람',
  },

  /** Recommendations made for somebody, and what they can say about them. */
  recommended: {
    forYou: '관심 있을 만한 경매',
    more: '추천 더 보기',
    loadingMore: '더 불러오는 중',
    degraded: '지금은 취향에 맞춰 고르지 못해서, 많이 보는 경매와 새 경매를 보여 드려요.',
    settings: '추천 설정',
    menu: (title: string) => `추천 고치기: ${title}`,
    less: '이런 경매 덜 보기',
    hideSeller: (name: string) => `${name} 님의 경매 숨기기`,
    lessDone: '비슷한 경매를 덜 보여 드릴게요.',
    hideDone: (name: string) => `${name} 님의 경매를 추천하지 않을게요.`,
    undo: '되돌리기',
    undone: (title: string) => `되돌렸어요: ${title}`,
    related: '비슷한 경매',
  },
}

export type SearchTexts = typeof search
