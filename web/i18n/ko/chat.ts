/** The chat of a room. */
export const chat = {
  title: '채팅',
  empty: '아직 조용해요. 궁금한 점을 물어보세요.',
  label: '메시지',
  placeholder: '메시지 쓰기',
  send: '보내기',
  count: (left: number) => `${left}자 남음`,
  seller: '판매자',
  moderator: '운영자',
  leader: '최고 입찰자',
  removed: { author: '작성자가 지운 메시지', seller: '판매자가 지운 메시지', moderator: '운영자가 지운 메시지' },
  remove: '메시지 지우기',
  ban: (name: string) => `${name}님 채팅 막기`,
  logIn: '로그인하면 대화할 수 있어요',
  closed: '채팅이 끝났어요. 읽기만 할 수 있어요.',
  paused: '판매자가 채팅을 잠시 멈췄어요.',
  traders: '휴대폰을 인증한 사람만 쓸 수 있어요.',
  followers: '판매자를 팔로우하는 사람만 쓸 수 있어요.',
  slow: (seconds: number) => `${seconds}초에 한 번 쓸 수 있어요.`,
  wait: (seconds: number) => `${seconds}초 뒤에 쓸 수 있어요`,
  older: '이전 메시지 보기',
  newer: '새 메시지',
  draftScheduled: '시작 전에도 대화할 수 있어요.',
}

export type ChatTexts = typeof chat
