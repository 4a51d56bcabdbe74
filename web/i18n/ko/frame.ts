/** What stands around every page and is rendered on the edge alone. */
export const frame = {
  slogan: '모두가 같은 순간에 같은 가격을 보는 실시간 경매',
  nav: {
    label: '주 메뉴',
    home: '홈',
    auctions: '경매',
    sell: '팔기',
    mine: '내 경매',
    messages: '메시지',
    notifications: '알림',
    account: '내 정보',
    search: '경매와 사람 찾기',
    searchPlaceholder: '무엇을 찾으세요?',
  },
  footer: {
    label: '사이트 정보',
    terms: '이용약관',
    privacy: '개인정보처리방침',
    rules: '경매 규칙',
    about: '한라봉 소개',
    api: '개발자 API',
    notice:
      '한라봉은 통신판매중개자이며 통신판매의 당사자가 아니에요. 상품, 거래 정보와 거래에 대한 책임은 판매자에게 있어요.',
    representative: '대표',
    businessNumber: '사업자등록번호',
    mailOrderNumber: '통신판매업 신고번호',
    address: '주소',
    email: '이메일',
    phone: '전화',
  },
}

export type FrameTexts = typeof frame
