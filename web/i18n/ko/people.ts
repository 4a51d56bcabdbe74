/** Following, blocking and muting. */
export const people = {
  follow: '팔로우',
  message: '메시지',
  followBack: '맞팔로우',
  following: '팔로잉',
  requested: '요청함',
  unfollow: '누르면 팔로우를 끊어요',
  withdraw: '누르면 요청을 거둬요',
  needsSignIn: '팔로우하려면 로그인해 주세요.',
  labelOf: (what: string, name: string) => `${what}: ${name}`,
  remove: '내보내기',
  removed: (name: string) => `${name} 님을 팔로워에서 뺐어요.`,

  lists: {
    label: '팔로우 목록',
    follows: '팔로잉',
    followers: '팔로워',
    empty: { follows: '아직 팔로우하는 사람이 없어요', followers: '아직 팔로워가 없어요' },
  },

  requests: {
    title: '팔로우 요청',
    lead: '받아들인 사람은 내 소개와 팔로우 목록을 볼 수 있어요. 거절해도 상대에게 알리지 않아요.',
    accept: '받아들이기',
    decline: '거절',
    accepted: (name: string) => `${name} 님이 이제 나를 팔로우해요.`,
    declined: (name: string) => `${name} 님의 요청을 거절했어요.`,
    gone: '상대가 요청을 거뒀어요.',
    empty: '기다리는 요청이 없어요',
    emptyText: '비공개 계정일 때 나를 팔로우하려는 사람이 여기에 보여요.',
  },

  blocks: {
    title: '차단한 사람',
    lead: '서로 프로필을 볼 수 없고, 메시지를 보내거나 서로의 경매에 입찰할 수 없어요.',
    empty: '차단한 사람이 없어요',
    takeBack: '차단 풀기',
    takenBack: (name: string) => `${name} 님의 차단을 풀었어요. 팔로우는 돌아오지 않아요.`,
  },

  mutes: {
    title: '숨긴 사람',
    lead: '이 사람들의 소식과 알림은 나에게만 보이지 않아요. 상대는 알 수 없어요.',
    empty: '숨긴 사람이 없어요',
    takeBack: '숨김 풀기',
    takenBack: (name: string) => `${name} 님을 다시 보여요.`,
  },

  menu: {
    label: (name: string) => `${name} 님 더 보기`,
    remove: '팔로워에서 빼기',
    mute: '숨기기',
    block: '차단하기',
    muted: (name: string) => `${name} 님을 숨겼어요.`,
    blocked: (name: string) => `${name} 님을 차단했어요.`,
  },

  ask: {
    block: {
      title: (name: string) => `${name} 님을 차단할까요?`,
      says: [
        '서로의 프로필을 볼 수 없고, 팔로우가 양쪽 모두 끊어져요. 차단을 풀어도 돌아오지 않아요.',
        '서로 메시지를 보낼 수 없고, 서로의 경매에 새로 입찰할 수 없어요.',
        '이미 넣은 입찰은 그대로예요. 진행 중인 거래방도 거래가 끝날 때까지 열려 있어요.',
        '상대에게 알리지 않아요. 설정에서 언제든 풀 수 있어요.',
      ],
      submit: '차단하기',
    },
    mute: {
      title: (name: string) => `${name} 님을 숨길까요?`,
      says: [
        '이 사람이 일으킨 알림이 오지 않고, 추천에도 나오지 않아요.',
        '채팅과 거래는 그대로예요. 상대는 알 수 없어요.',
      ],
      submit: '숨기기',
    },
    remove: {
      title: (name: string) => `${name} 님을 팔로워에서 뺄까요?`,
      says: ['상대에게 알리지 않아요.', '공개 계정이라면 상대가 다시 팔로우할 수 있어요. 막으려면 차단해 주세요.'],
      submit: '빼기',
    },
  },
}

export type PeopleTexts = typeof people
