import type { Draw } from './pictures/render.ts'
import { room } from './pictures/rooms.ts'
import type { Scenery } from './pictures/stage.ts'
import { palette } from './pictures/paint.ts'
import { teddyBear } from './pictures/objects/baby.ts'
import { filmCamera } from './pictures/objects/digital.ts'
import { tableLamp } from './pictures/objects/home.ts'
import { teapot } from './pictures/objects/kitchen.ts'
import { books, catTower, fishBowl, guitar, pottedPlant, terrarium } from './pictures/objects/life.ts'
import { tent } from './pictures/objects/sport.ts'

/** Somebody of the demo. Nobody of them exists; the simulated ones say so in their name. */
export interface Member {
  handle: string
  name: string
  bio: string
  /** Days since they joined. */
  days: number
  /** Only those whose login is printed have one; the others sign in by phone. */
  email?: string
  portrait?: { draw: Draw; scenery: Scenery; detail: number }
}

export const password = 'kettle-7-lantern!'

export const sellers: Member[] = [
  {
    handle: 'jeju.attic',
    name: '제주다락방',
    bio: '외할머니 다락에서 나온 것들을 하나씩 보내드려요. 필름 카메라는 모두 테스트 롤을 감아 봤습니다.',
    days: 412,
    email: 'seller@hallabong.example',
    portrait: { draw: (b) => filmCamera(b, palette.walnut), scenery: room('mint'), detail: 0 },
  },
  {
    handle: 'lamp_hyun',
    name: '현이네 조명',
    bio: '조명과 라디오를 고쳐 씁니다. 오래된 전선은 새것으로 갈아서 보내요.',
    days: 365,
    portrait: { draw: (b) => tableLamp(b, palette.tangerine), scenery: room('dusk', 'plain'), detail: 0 },
  },
  {
    handle: 'seochon_wood',
    name: '서촌목공',
    bio: '의자와 작은 가구를 손봅니다. 직거래는 통인시장 앞에서.',
    days: 298,
  },
  {
    handle: 'tea.after.four',
    name: '네시의찻집',
    bio: '그릇과 차 도구. 오후 네 시에 답장을 가장 잘해요.',
    days: 271,
    portrait: { draw: (b) => teapot(b, palette.paper, palette.navy), scenery: room('sage', 'leaves'), detail: 0 },
  },
  {
    handle: 'dodam_mom',
    name: '도담맘',
    bio: '두 아이가 깨끗하게 쓰고 졸업한 물건들이에요. 세탁과 소독을 마쳤어요.',
    days: 233,
    portrait: { draw: (b) => teddyBear(b, palette.oak, palette.brick), scenery: room('sand'), detail: 0 },
  },
  {
    handle: 'closet.35',
    name: '서른다섯옷장',
    bio: '한 번 입고 아껴 둔 옷만 올립니다. 실측은 늘 적어 둘게요.',
    days: 208,
  },
  {
    handle: 'strap_and_sole',
    name: '끈과밑창',
    bio: '가방과 구두, 시계 줄. 가죽은 닦고 크림을 먹여서 보내요.',
    days: 190,
  },
  {
    handle: 'hanriver_ride',
    name: '한강라이더',
    bio: '자전거로 출퇴근한 지 8년. Bikes and outdoor things, cleaned and tuned before they leave.',
    days: 177,
    portrait: { draw: (b) => tent(b, palette.butter, palette.walnut), scenery: room('moss', 'leaves'), detail: 0 },
  },
  {
    handle: 'nabi.ilsang',
    name: '나비의일상',
    bio: '고양이 나비와 삽니다. 나비가 거절한 가구를 내놓아요.',
    days: 161,
    portrait: { draw: (b) => catTower(b, palette.sage, palette.stone), scenery: room('oat'), detail: 0 },
  },
  {
    handle: 'sunday_lp',
    name: '일요일의판',
    bio: '턴테이블과 LP, 기타. 소리를 들어 보고 가셔도 됩니다.',
    days: 150,
    portrait: { draw: (b) => guitar(b, palette.butter), scenery: room('dusk'), detail: 0 },
  },
  {
    handle: 'green.balcony',
    name: '초록베란다',
    bio: '식물과 유리병 정원. 분갈이 방법을 카드로 적어 드려요.',
    days: 132,
    portrait: { draw: (b) => terrarium(b, palette.cream), scenery: room('sand'), detail: 0 },
  },
  {
    handle: 'click_clack',
    name: '딸깍공방',
    bio: '키보드와 옛 게임기. Keyboards and handhelds, opened, cleaned, tested.',
    days: 118,
  },
  {
    handle: 'paper.pencil',
    name: '종이와연필',
    bio: '책은 밑줄까지 솔직하게 적습니다.',
    days: 97,
    portrait: { draw: (b) => books(b, palette.clay, palette.pine), scenery: room('sand'), detail: 0 },
  },
  {
    handle: 'bright.kitchen',
    name: '밝은부엌',
    bio: '부엌을 줄이는 중이에요. 전기 제품은 전압과 사용 기간을 꼭 적어요.',
    days: 84,
  },
  { handle: 'goyo.home', name: '고요한집', bio: '이사 갈 집이 작아서, 아끼던 가구와 시계를 보냅니다.', days: 61 },
  {
    handle: 'mulgogi_club',
    name: '물고기클럽',
    bio: '어항과 수초. 물고기는 팔지 않아요, 사진만 자랑합니다.',
    days: 44,
    portrait: {
      draw: (b) => fishBowl(b, palette.tangerine, palette.cream),
      scenery: room('rose', 'leaves'),
      detail: 0,
    },
  },
]

export const buyers: Member[] = [
  {
    handle: 'gyul_minji',
    name: '귤민지',
    bio: '오래된 물건을 좋아해요.',
    days: 140,
    email: 'buyer@hallabong.example',
    portrait: { draw: (b) => pottedPlant(b, palette.clay), scenery: room('peach', 'blinds'), detail: 0 },
  },
  { handle: 'doyun.k', name: '도윤', bio: '필름 사진을 찍습니다.', days: 122 },
  { handle: 'haru_haru', name: '하루', bio: '', days: 101 },
  { handle: 'sea.breeze', name: '바닷바람', bio: '부산에서 택배로 주로 받아요.', days: 90 },
  {
    handle: 'june_in_seoul',
    name: 'June',
    bio: 'New in Seoul, furnishing a small flat.',
    days: 33,
    email: 'june@hallabong.example',
  },
  { handle: 'owl.at.night', name: '밤부엉이', bio: '', days: 71 },
]

/** Ordinary accounts and clients that bid and chat by themselves. Anyone can see that they are simulated. */
export const simulated: Member[] = ['유자', '청귤', '천혜향', '레드향', '황금향'].map((name, index) => ({
  handle: `simulated_${index + 1}`,
  name: `${name}(시뮬레이션)`,
  bio: '이 컴퓨터에서만 사는 시뮬레이션 계정이에요. A simulated person of the demo; switch off with SIMULATED=off.',
  days: 30,
}))

/** Sells, one after the other, what the simulated people bid on. */
export const host: Member = {
  handle: 'simulated_host',
  name: '한라봉 경매장(시뮬레이션)',
  bio: '데모 경매를 이어서 여는 시뮬레이션 판매자예요. A simulated seller, so that there is always a live auction.',
  days: 30,
}
