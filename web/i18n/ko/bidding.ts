/** The sheet of the own amount, the maximum and buy-now; the first bid. */
export const bidding = {
  sheet: {
    title: '입찰하기',
    kind: '입찰 방법',
    exact: '금액 입찰',
    exactHelp: '적은 금액이 그대로 현재가가 돼요.',
    max: '자동 입찰',
    maxHelp: '한도까지 필요한 만큼만 대신 입찰해요. 한도는 아무도 볼 수 없어요.',
    buyNow: '즉시 구매',
    buyNowHelp: (price: string) => `${price}에 바로 사고 경매가 끝나요. 첫 입찰이 들어오면 사라져요.`,
    amount: '입찰 금액',
    maxAmount: '자동 입찰 한도',
    amountHint: (price: string) => `${price}부터, 100원 단위`,
    raiseHint: (price: string) => `지금 한도 ${price}보다 높게`,
    quick: '빠른 금액',
    tooLow: (price: string) => `${price}부터 입찰할 수 있어요.`,
    notHundreds: '100원 단위로 적어 주세요.',
    tooHigh: (price: string) => `${price}까지 적을 수 있어요.`,
    notHigher: (price: string) => `지금 한도 ${price}보다 높아야 해요.`,
    showName: '이 경매에서 내 이름 보이기',
    showNameHelp: '‘입찰자 3’ 대신 내 이름이 보여요. 이 경매에서는 되돌릴 수 없어요.',
    total: (price: string) => `낙찰되면 낼 금액 ${price} (배송비 포함)`,
    totalFree: (price: string) => `낙찰되면 낼 금액 ${price}`,
    confirmLarge: '금액을 다시 확인해 주세요',
    confirmLargeText: (price: string, next: string) =>
      `${price}은 다음 입찰가 ${next}의 10배가 넘어요. 정말 이 금액이 맞나요?`,
    confirmLargeYes: (price: string) => `네, ${price}이 맞아요`,
    change: '금액 고치기',
    submitExact: (price: string) => `${price} 입찰하기`,
    submitMax: (price: string) => `${price}까지 자동 입찰하기`,
    submitBuy: (price: string) => `${price}에 바로 사기`,
    empty: '금액을 적어 주세요',
  },

  unmet: {
    followersOnly: '판매자를 팔로우하면 입찰할 수 있어요.',
    minManner: (score: string, own: string) => `매너 점수가 ${score} 이상이어야 해요. 지금은 ${own}이에요.`,
    minDeals: (count: number, own: number) => `끝낸 거래가 ${count}번 이상이어야 해요. 지금은 ${own}번이에요.`,
    maxNoShows: (count: number, own: number) =>
      `약속 어김이 ${count}번을 넘으면 입찰할 수 없어요. 지금은 ${own}번이에요.`,
  },

  firstTime: {
    title: '처음 입찰하시네요',
    text: '입찰은 취소할 수 없어요. 낙찰되면 판매자와 거래를 마쳐야 해요.',
    amount: '입찰 금액',
    total: '낙찰되면 낼 금액',
    confirm: (price: string) => `알겠어요, ${price} 입찰하기`,
    once: '이 안내는 이 기기에서 한 번만 보여 드려요.',
  },
}

export type BiddingTexts = typeof bidding
