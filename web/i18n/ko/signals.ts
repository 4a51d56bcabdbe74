/** What a room says aloud, and the keys that move in it. */
export const signals = {
  speak: {
    price: (price: string) => `현재가 ${price}`,
    leading: '최고 입찰자예요',
    outbid: (price: string) => `더 높은 입찰이 있어요. 다음 입찰가 ${price}`,
    accepted: (price: string) => `입찰이 들어갔어요. ${price}`,
    refused: (reason: string) => `입찰이 들어가지 않았어요. ${reason}`,
    won: (price: string) => `낙찰받았어요. ${price}`,
    ended: (result: string) => `경매가 끝났어요. ${result}`,
    started: '경매가 시작됐어요',
    left: (time: string) => `마감까지 ${time} 남았어요`,
    extended: (added: string) => `마감이 ${added} 늘어났어요`,
    note: (text: string) => `판매자 알림: ${text}`,
  },

  keys: {
    title: '단축키',
    bid: '입찰 버튼으로',
    max: '자동 입찰 한도로',
    chat: '채팅으로',
    help: '이 목록 열기',
    enabled: '단축키 쓰기',
    enabledHelp: '화면 낭독기의 키와 겹치면 꺼 두세요.',
    sound: '소리로 알려 주기',
    vibrate: '진동으로 알려 주기',
    signalHelp: '더 높은 입찰이 들어오거나 마감이 늘어날 때 알려 드려요.',
  },
}

export type SignalsTexts = typeof signals
