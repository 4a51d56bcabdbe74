/** What simulated people say in the room. Prices are put in where a line has a place for one. */
export const greetings = [
  '안녕하세요, 구경 왔어요.',
  '오늘도 귤 까먹으면서 봅니다.',
  '이거 실물이 더 예쁠 것 같아요.',
  '좋은 물건이네요.',
  'Hello from the simulated side.',
  '사진이 참 좋아요.',
]

export const whileBidding = [
  '한 번 더 가 볼게요.',
  '이 정도면 아직 괜찮죠?',
  '저는 {price}까지만 생각했는데…',
  '다들 눈이 높으시네요.',
  '조금만 더 지켜볼게요.',
  'One more step.',
  '배송비까지 계산해 봤어요.',
  '상태 설명이 자세해서 좋아요.',
]

export const nearTheEnd = [
  '마감이 다가와요.',
  '손에 땀이 나네요, 손은 없지만.',
  '연장되겠는데요?',
  '마지막까지 모릅니다.',
  'Last minute!',
]

export const afterwards = ['축하드려요!', '다음 경매에서 만나요.', '좋은 주인 만났네요.', 'Well done!']

export const toVisitors = [
  '반가워요, 천천히 둘러보세요.',
  '오, 새로 오신 분이네요.',
  '저희는 시뮬레이션이에요. 편하게 입찰해 보세요.',
]
