/** What every page says. Korean is the source of the keys. */
export const common = {
  site: '한라봉',

  kit: {
    close: '닫기',
    optional: '선택',
    working: '처리 중',
    dismiss: '알림 닫기',
    showPassword: '비밀번호 보기',
    hidePassword: '비밀번호 숨기기',
  },

  skipToContent: '본문으로 건너뛰기',
  loading: '불러오는 중',
  retry: '다시 시도',
  reload: '새로 고침',
  back: '뒤로',
  home: '홈으로',
  save: '저장',
  cancel: '취소',
  remove: '지우기',
  edit: '고치기',
  more: '더 보기',
  done: '완료',
  tryAgainIn: (seconds: number) =>
    `${seconds < 90 ? `${seconds}초` : seconds < 5_400 ? `${Math.ceil(seconds / 60)}분` : `${Math.ceil(seconds / 3_600)}시간`} 뒤에 다시 할 수 있어요.`,
  notLoaded: {
    offline: '인터넷이 끊겨서 열 수 없어요.',
    'update-needed': '새 버전이 나왔어요. 페이지를 새로 고치면 열려요.',
    other: '지금은 열 수 없어요. 잠시 뒤에 다시 시도해 주세요.',
  },
  codeAndRequest: (code: string, request: string | undefined) => `코드 ${code}${request ? ` · 요청 ${request}` : ''}`,

  nav: {
    mine: '내 경매',
    deals: '내 거래',
    logIn: '로그인',
    signUp: '회원가입',
    logOut: '로그아웃',
    profile: '프로필',
    settings: '설정',
    accountMenu: '계정 메뉴',
    language: '언어',
    theme: '화면 밝기',
  },
  theme: { system: '기기 설정', light: '밝게', dark: '어둡게' },

  offline: '인터넷이 끊겼어요. 보이는 내용이 지금과 다를 수 있어요.',
  online: '다시 연결됐어요.',
  loggedOut: '로그아웃했어요.',

  needsSignIn: {
    title: '로그인하면 볼 수 있어요',
    text: '로그인하면 보던 곳으로 바로 돌아와요.',
  },
  suspended: {
    title: '이용이 정지된 계정이에요',
    until: (date: string) =>
      `${date}까지 팔기, 입찰, 채팅을 쓸 수 없어요. 이미 넣은 입찰과 진행 중인 경매는 그대로 이어져요.`,
    why: '이유를 읽고 이의 제기하기',
    see: '내 계정 보기',
  },
}

export type CommonTexts = typeof common
