/** What people are told, on the list, in passing and on the lock screen of a phone. Every value may be missing. */
type Maybe = string | undefined

/** ‘title’ where there is one. */
const on = (title: Maybe, rest: string, general: string) => (title === undefined ? general : `‘${title}’ ${rest}`)

export const notifications = {
  title: '알림',
  lead: '90일 동안 보관해요.',
  unread: (count: number) => `안 읽은 알림 ${count}개`,
  bell: '알림',
  tabs: { all: '전체', unread: '안 읽음' },
  markAll: '모두 읽음',
  clear: '모두 지우기',
  clearAsk: '알림을 모두 지울까요?',
  clearText: '지운 알림은 되돌릴 수 없어요. 거래와 대화는 그대로예요.',
  cleared: '알림을 모두 지웠어요.',
  remove: '이 알림 지우기',
  removed: '알림을 지웠어요.',
  isUnread: '안 읽음',
  today: '오늘',
  earlier: '지난 알림',
  emptyAll: '아직 알림이 없어요',
  emptyAllText: '입찰, 거래, 메시지 소식을 여기에 모아 드려요.',
  emptyUnread: '모두 읽었어요',
  emptyUnreadText: '새 소식이 오면 여기에 보여요.',
  browse: '경매 구경하기',
  settings: '알림 설정',
  see: '보기',
  live: '새 알림이 바로 보여요.',

  someone: '어느 분',
  /** Those who caused it, in one phrase. */
  people: (first: string, others: number) => (others > 0 ? `${first}님 외 ${others}명` : `${first}님`),

  kinds: {
    'auction-started': (v: { title: Maybe }) => ({
      title: '경매가 시작됐어요',
      text: on(v.title, '경매가 열렸어요. 지금 입찰할 수 있어요.', '찜한 경매가 열렸어요. 지금 입찰할 수 있어요.'),
    }),
    'auction-soon': (v: { title: Maybe; at: Maybe }) => ({
      title: '곧 경매가 시작돼요',
      text: on(v.title, `경매가 ${v.at ?? '곧'} 시작해요.`, `찜한 경매가 ${v.at ?? '곧'} 시작해요.`),
    }),
    outbid: (v: { title: Maybe; price: Maybe; minimum: Maybe }) => ({
      title: '더 높은 입찰이 있어요',
      text: [
        on(v.title, v.price ? `현재가는 ${v.price}이에요.` : '가격이 올랐어요.', '입찰한 경매의 가격이 올랐어요.'),
        v.minimum ? `${v.minimum}부터 다시 입찰할 수 있어요.` : '',
      ].join(' '),
    }),
    'ending-soon': (v: { title: Maybe; at: Maybe }) => ({
      title: '곧 마감돼요',
      text: on(v.title, `경매가 ${v.at ?? '10분 뒤'} 마감해요.`, `관심 있는 경매가 ${v.at ?? '10분 뒤'} 마감해요.`),
    }),
    won: (v: { title: Maybe; price: Maybe }) => ({
      title: '축하해요, 낙찰받았어요',
      text: `${on(v.title, v.price ? `${v.price}에 낙찰됐어요.` : '낙찰됐어요.', '경매에서 낙찰받았어요.')} 거래방에서 판매자와 약속을 정해 주세요.`,
    }),
    lost: (v: { title: Maybe; price: Maybe }) => ({
      title: '아쉽게 놓쳤어요',
      text: on(
        v.title,
        v.price ? `${v.price}에 다른 분에게 낙찰됐어요.` : '경매가 끝났어요.',
        '입찰한 경매가 끝났어요.',
      ),
    }),
    'first-bid': (v: { title: Maybe; price: Maybe }) => ({
      title: '첫 입찰이 들어왔어요',
      text: on(v.title, `${v.price ?? '첫'} 입찰이 들어왔어요.`, '내 경매에 첫 입찰이 들어왔어요.'),
    }),
    sold: (v: { title: Maybe; price: Maybe }) => ({
      title: '낙찰됐어요',
      text: `${on(v.title, v.price ? `${v.price}에 낙찰됐어요.` : '낙찰됐어요.', '내 경매가 낙찰됐어요.')} 거래방에서 구매자와 약속을 정해 주세요.`,
    }),
    unsold: (v: { title: Maybe }) => ({
      title: '유찰됐어요',
      text: on(v.title, '경매가 낙찰 없이 끝났어요.', '내 경매가 낙찰 없이 끝났어요.'),
    }),
    'auction-cancelled': (v: { title: Maybe }) => ({
      title: '경매가 취소됐어요',
      text: on(v.title, '경매가 취소됐어요.', '관심 있던 경매가 취소됐어요.'),
    }),
    'offer-made': (v: { title: Maybe; amount: Maybe; until: Maybe }) => ({
      title: '차순위 제안이 왔어요',
      text: [
        on(v.title, v.amount ? `${v.amount}에 살 수 있어요.` : '살 수 있어요.', '입찰했던 물건을 살 수 있어요.'),
        v.until ? `${v.until}까지 답해 주세요.` : '',
      ].join(' '),
    }),
    'offer-answered': (v: { title: Maybe; answer: 'accepted' | 'declined' | 'lapsed' | undefined }) => ({
      title: {
        accepted: '제안을 받아들였어요',
        declined: '제안을 거절했어요',
        lapsed: '제안 시간이 지났어요',
        other: '제안에 답이 왔어요',
      }[v.answer ?? 'other'],
      text: on(
        v.title,
        v.answer === 'accepted' ? '거래가 열렸어요. 약속을 정해 주세요.' : '다음 입찰자에게 제안할 수 있어요.',
        '보낸 제안을 확인해 보세요.',
      ),
    }),
    'deal-step': (v: { title: Maybe; who: string; step: string | undefined }) => {
      const said = {
        opened: '거래가 열렸어요',
        'appointment-proposed': `${v.who}이 약속을 제안했어요`,
        'appointment-agreed': '약속이 정해졌어요',
        'handed-over': '물건을 넘겼다고 해요',
        completed: '거래가 끝났어요',
        'cancel-proposed': `${v.who}이 거래 취소를 제안했어요`,
        'cancel-withdrawn': '취소 제안을 거둬들였어요',
        cancelled: '거래를 취소했어요',
        refused: `${v.who}이 거래를 그만뒀어요`,
        'passed-on': '다음 입찰자에게 제안하려고 거래가 끝났어요',
        ruled: '운영자가 결정했어요',
        'fault-lifted': '운영자의 결정이 취소됐어요',
        lapsed: '움직임이 없어 거래가 끝났어요',
      } as Record<string, string>
      return {
        title: said[v.step ?? ''] ?? '거래에 새 소식이 있어요',
        text: on(v.title, '거래를 확인해 보세요.', '거래를 확인해 보세요.'),
      }
    },
    'deal-reminder': (v: { title: Maybe; about: string | undefined; at: Maybe }) => {
      const said = {
        quiet: ['약속을 정해 볼까요', '아직 약속이 없어요.'],
        meet: ['약속이 다가와요', v.at ? `${v.at}에 만나기로 했어요.` : '곧 만나기로 했어요.'],
        complete: ['곧 거래가 저절로 끝나요', v.at ? `${v.at}에 받은 것으로 마무리돼요.` : '받은 것으로 마무리돼요.'],
        lapse: ['곧 거래가 저절로 끝나요', v.at ? `${v.at}까지 넘기지 않으면 끝나요.` : '움직임이 없으면 끝나요.'],
      } as Record<string, [string, string]>
      const [title, text] = said[v.about ?? ''] ?? ['거래를 잊지 마세요', '할 일이 남아 있어요.']
      return { title, text: on(v.title, text, text) }
    },
    'no-show': (v: { title: Maybe; step: string | undefined; at: Maybe }) => {
      const said = {
        'no-show-reported': [
          '약속을 어겼다는 신고가 왔어요',
          `${v.at ? `${v.at}까지 ` : ''}답하지 않으면 인정한 것이 돼요.`,
        ],
        'no-show-admitted': ['약속을 어긴 것으로 정해졌어요', '거래가 끝났어요.'],
        'no-show-contested': ['신고가 사실과 다르다고 해요', '운영자가 양쪽 말을 살펴봐요.'],
      } as Record<string, [string, string]>
      const [title, text] = said[v.step ?? ''] ?? [
        '신고에 답할 시간이 얼마 남지 않았어요',
        `${v.at ? `${v.at}까지 ` : ''}답하지 않으면 인정한 것이 돼요.`,
      ]
      return { title, text: on(v.title, text, text) }
    },
    dispute: (v: { title: Maybe; step: string | undefined }) => {
      const said = {
        'dispute-opened': '문제가 있다고 알려 왔어요',
        'evidence-added': '분쟁에 새 자료가 올라왔어요',
        'remedy-proposed': '해결 방법을 제안했어요',
        'remedy-agreed': '해결 방법이 정해졌어요',
        'dispute-passed-on': '운영자가 살펴보기 시작했어요',
      } as Record<string, string>
      return {
        title: said[v.step ?? ''] ?? '분쟁에 새 소식이 있어요',
        text: on(v.title, '거래에서 확인해 보세요.', '거래에서 확인해 보세요.'),
      }
    },
    message: (v: { who: string; room: Maybe; text: Maybe; pictures: number; count: number }) => ({
      title: v.room ? `${v.who} · ${v.room}` : v.who,
      text: [
        v.text ?? (v.pictures > 0 ? `사진 ${v.pictures}장을 보냈어요.` : '메시지를 보냈어요.'),
        v.count > 1 ? `(새 메시지 ${v.count}개)` : '',
      ]
        .filter(Boolean)
        .join(' '),
    }),
    'message-request': (v: { who: string; text: Maybe }) => ({
      title: `${v.who}이 대화를 청했어요`,
      text: v.text ?? '메시지 요청함에서 답할 수 있어요.',
    }),
    follow: (v: { who: string }) => ({ title: '새 팔로워', text: `${v.who}이 팔로우하기 시작했어요.` }),
    'follow-request': (v: { who: string }) => ({ title: '팔로우 요청', text: `${v.who}이 팔로우하고 싶어 해요.` }),
    'follow-accepted': (v: { who: string }) => ({ title: '팔로우 수락', text: `${v.who}이 요청을 받아들였어요.` }),
    'review-due': (v: { title: Maybe }) => ({
      title: '거래는 어떠셨어요?',
      text: on(v.title, '거래 후기를 남겨 주세요. 14일 안에 쓸 수 있어요.', '거래 후기를 남겨 주세요.'),
    }),
    'review-released': () => ({ title: '새 후기가 공개됐어요', text: '받은 후기와 매너 점수를 확인해 보세요.' }),
    decision: () => ({ title: '운영자의 결정이 있어요', text: '이유를 읽고 이의를 낼 수 있어요.' }),
    'appeal-answered': () => ({ title: '이의에 답이 왔어요', text: '결과와 이유를 확인해 보세요.' }),
    'suspension-started': (v: { until: Maybe }) => ({
      title: '이용이 정지됐어요',
      text: `${v.until ? `${v.until}까지예요. ` : ''}이유를 읽고 이의를 낼 수 있어요.`,
    }),
    'suspension-ended': () => ({ title: '정지가 끝났어요', text: '다시 모두 쓸 수 있어요.' }),
    security: (v: { change: string | undefined; where: Maybe }) => {
      const said = {
        'new-device': '새 기기에서 로그인했어요',
        'password-changed': '비밀번호를 바꿨어요',
        'password-reset': '비밀번호를 새로 정했어요',
        'phone-attached': '휴대폰 번호를 등록했어요',
        'phone-changed': '휴대폰 번호를 바꿨어요',
      } as Record<string, string>
      return {
        title: said[v.change ?? ''] ?? '계정 보안 알림',
        text: [v.where ? `${v.where}.` : '', '내가 한 일이 아니라면 로그인 기록을 확인해 주세요.']
          .filter(Boolean)
          .join(' '),
      }
    },
  },

  actions: { bid: '입찰하러 가기', room: '대화 열기', deal: '거래 보기', offer: '답하기', open: '열기' },
}

export type NotificationTexts = typeof notifications
