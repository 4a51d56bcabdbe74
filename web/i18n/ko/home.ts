/** The start page. */
export const home = {
  title: '한라봉 · 실시간 경매',
  description: '모두가 같은 순간에 같은 가격을 보는 실시간 경매. 로그인하지 않아도 지금 열린 경매를 바로 볼 수 있어요.',
  heading: '손을 들면, 모두가 봐요',
  lead: '모두가 같은 순간에 같은 가격을 보는 실시간 경매예요.',
  live: (count: number) => `지금 ${count}개가 진행 중`,
  browse: '경매 둘러보기',
  sell: '내 물건 올리기',
  yours: '내가 입찰한 경매',
  ending: '곧 마감해요',
  starting: '곧 시작해요',
  popular: '지금 많이 보고 있어요',
  fresh: '둘러볼 만한 경매',
  categories: '카테고리',
  all: '모두 보기',
  allOf: (what: string) => `${what} 모두 보기`,
  trust: {
    title: '믿을 수 있게 만들었어요',
    price: '같은 순간, 같은 가격',
    priceText: '입찰이 들어오면 보고 있는 모두의 화면이 함께 바뀌어요.',
    close: '막판 새치기가 없어요',
    closeText: '마감 직전에 가격이 바뀌면 마감이 조금 늦춰져요. 언제까지 늦춰지는지는 미리 알려 드려요.',
    ledger: '누구나 검증하는 장부',
    ledgerText: '모든 입찰이 공개 장부에 남고, 내 브라우저에서 처음부터 다시 계산해 볼 수 있어요.',
  },
  empty: '아직 열린 경매가 없어요. 첫 경매를 올려 보세요.',
}

export type HomeTexts = typeof home
