export const service = {
  legal: {
    contents: '차례',
    version: (date: string) => `${date}부터 시행`,
    contact: '연락처',
    email: '이메일',
    phone: '전화',
    address: '주소',
    contactText: (name: string) => `${name}에 물어보실 수 있어요.`,
  },
  problem: {
    kicker: '문제 안내',
    api: '개발자 API',
    unknown: '모르는 문제 코드예요',
    ways: {
      logIn: '로그인하기',
      reset: '새 링크 받기',
      account: '내 정보 보기',
      phone: '휴대폰 인증으로',
      profile: '프로필 고치기',
      mine: '내가 파는 경매 보기',
      sold: '끝난 판매 보기',
      bids: '입찰 중인 경매 보기',
      rules: '입찰 규칙 보기',
      auctions: '진행 중인 경매 보기',
    },
    forDevelopers: '개발자를 위한 설명',
    explanation:
      'API는 이 문제를 application/problem+json(RFC 9457)으로 알려요. code는 바뀌지 않는 약속이고, detail과 errors에 자세한 내용이 있어요.',
  },
}

export type ServiceTexts = typeof service
