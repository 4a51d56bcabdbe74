import type { Category, DraftTerms } from '../../../worker/contract/auctions.ts'
import { palette as p } from './pictures/paint.ts'
import type { Draw } from './pictures/render.ts'
import { room } from './pictures/rooms.ts'
import type { Scenery } from './pictures/stage.ts'
import { pram, rockingHorse, stackingRings, teddyBear } from './pictures/objects/baby.ts'
import { backpack, coat, handbag, knitScarf, loafers, sneakers, strawHat, watch } from './pictures/objects/clothes.ts'
import { filmCamera, handheldConsole, headphones, keyboard } from './pictures/objects/digital.ts'
import {
  armchair,
  bookshelf,
  chair,
  deskFan,
  kettle,
  sideTable,
  tableLamp,
  toaster,
  wallClock,
} from './pictures/objects/home.ts'
import { bowls, fryingPan, mokaPot, teapot } from './pictures/objects/kitchen.ts'
import {
  books,
  catTower,
  fishBowl,
  guitar,
  petBed,
  pottedPlant,
  recordPlayer,
  terrarium,
} from './pictures/objects/life.ts'
import { bicycle, kettlebell, racket, skateboard, tent } from './pictures/objects/sport.ts'

export interface Picture {
  draw: Draw
  scenery: Scenery
  detail?: number
  alt: string
}

/** Minutes after the start, who, how much; a maximum or a purchase says so. */
export type DemoBid = [minute: number, who: string, amount: number, kind?: 'max' | 'buy-now']
export type DemoLine = [minute: number, who: string, text: string]

export type Course =
  | { is: 'draft' }
  | { is: 'scheduled'; inMinutes: number; minutes: number }
  | { is: 'cancelled'; startedAgo: number; minutes: number; reason: string }
  /** Published this many minutes ago with its start; whether it still runs follows. */
  | { is: 'told'; startedAgo: number; minutes: number; bids: DemoBid[]; chat?: DemoLine[]; notes?: [number, string][] }

export interface Lot {
  key: string
  seller: string
  category: Category
  title: string
  content: string
  condition: NonNullable<DraftTerms['condition']>
  defects: string
  pictures: Picture[]
  startPrice: number
  expectedPrice?: number
  reservePrice?: number
  buyNowPrice?: number
  softClose?: { windowSeconds: 0 | 10 | 30 | 60 | 120 | 300; capMinutes: number }
  handover: 'meet' | 'parcel' | 'either'
  shippingFee: number
  region: string
  course: Course
}

const hour = 60
const day = 24 * hour
const [min, doyun, haru, sea, june, owl] = [
  'gyul_minji',
  'doyun.k',
  'haru_haru',
  'sea.breeze',
  'june_in_seoul',
  'owl.at.night',
] as const

/** Told first, so that whoever starts the house can bid while the rest is being laid out. */
export const endingSoon: Lot = {
  key: 'moka-pot',
  seller: 'tea.after.four',
  category: 'kitchen',
  title: '모카포트 3인용, 아침마다 쓰던 것',
  content:
    '이탈리아에서 사 온 알루미늄 모카포트예요. 고무 패킹은 지난달에 새것으로 갈았고, 여분 패킹 하나를 같이 드립니다.\n\n가스레인지에서만 썼어요. 인덕션은 받침판이 있어야 합니다.',
  condition: 'good',
  defects: '손잡이 아래쪽에 열로 변한 자국이 조금 있어요.',
  pictures: [
    { draw: (b) => mokaPot(b, p.steel, p.ink), scenery: room('honey', 'blinds'), alt: '식탁 위에 놓인 은색 모카포트' },
  ],
  startPrice: 9_000,
  softClose: { windowSeconds: 30, capMinutes: 3 },
  handover: 'parcel',
  shippingFee: 3_000,
  region: '서울 마포구',
  course: {
    is: 'told',
    startedAgo: 15.5,
    minutes: 20,
    bids: [
      [2, haru, 9_000],
      [6, sea, 12_000],
      [11, haru, 20_000, 'max'],
      [14, owl, 15_000],
    ],
    chat: [
      [7, sea, '패킹 규격이 어떻게 되나요?'],
      [9, 'tea.after.four', '3컵용 표준 규격이에요, 마트에서도 팔아요.'],
    ],
  },
}

export const aboutToStart: Lot = {
  key: 'record-player',
  seller: 'sunday_lp',
  category: 'digital',
  title: '휴대용 턴테이블, 벽돌색 가방형',
  content:
    '가방처럼 들고 다니는 턴테이블입니다. 33과 45 회전 모두 확인했고, 바늘은 스무 시간쯤 썼어요.\n\n시작하자마자 소리 영상 링크를 채팅에 올릴게요.',
  condition: 'like-new',
  defects: '',
  pictures: [
    {
      draw: (b) => recordPlayer(b, p.brick, p.butter),
      scenery: room('mint', 'leaves'),
      alt: '뚜껑을 연 벽돌색 턴테이블',
    },
    {
      draw: (b) => recordPlayer(b, p.brick, p.butter),
      scenery: room('mint', 'leaves'),
      detail: 0,
      alt: '판과 바늘을 가까이에서',
    },
  ],
  startPrice: 60_000,
  expectedPrice: 110_000,
  buyNowPrice: 150_000,
  handover: 'either',
  shippingFee: 6_000,
  region: '서울 성동구',
  course: { is: 'scheduled', inMinutes: 4, minutes: 20 },
}

export const lots: Lot[] = [
  // running for a while yet
  {
    key: 'film-camera',
    seller: 'jeju.attic',
    category: 'digital',
    title: '필름 카메라 하나, 노출계까지 살아 있어요',
    content:
      '외할머니 다락에서 나온 일안 반사식 카메라입니다. 테스트 롤 한 통을 찍어 셔터와 노출계를 확인했고, 빛샘 스펀지는 새로 붙였어요.\n\n50mm 렌즈에 곰팡이는 없고 먼지가 조금 있습니다. 가죽 끈과 렌즈 뚜껑을 같이 드려요.',
    condition: 'good',
    defects: '윗판 모서리에 작은 눌림이 있고, 뷰파인더에 먼지가 보입니다.',
    pictures: [
      { draw: (b) => filmCamera(b, p.ink, p.steel), scenery: room('sand'), alt: '탁자 위의 은색과 검정 필름 카메라' },
      { draw: (b) => filmCamera(b, p.ink, p.steel), scenery: room('sand'), detail: 0, alt: '렌즈를 가까이에서' },
      { draw: (b) => filmCamera(b, p.ink, p.steel), scenery: room('sage', 'leaves'), detail: 1, alt: '셔터와 다이얼' },
    ],
    startPrice: 80_000,
    expectedPrice: 180_000,
    reservePrice: 150_000,
    handover: 'either',
    shippingFee: 4_000,
    region: '제주 제주시',
    course: {
      is: 'told',
      startedAgo: 18 * hour,
      minutes: 2 * day,
      bids: [
        [40, doyun, 80_000],
        [95, min, 120_000, 'max'],
        [300, owl, 95_000],
        [620, doyun, 160_000, 'max'],
        [900, min, 165_000],
      ],
      chat: [
        [60, min, '셔터 1/1000도 정상인가요?'],
        [75, 'jeju.attic', '네, 전 구간 들어 보고 올렸어요. 소리 영상도 찍어 둘게요.'],
        [640, doyun, '빛샘 스펀지 교체해 주신 게 마음에 드네요.'],
      ],
      notes: [[200, '렌즈 뒤쪽 뚜껑도 찾았어요. 같이 보냅니다.']],
    },
  },
  {
    key: 'keyboard-cream',
    seller: 'click_clack',
    category: 'digital',
    title: '무접점 키보드, 크림색에 귤색 포인트',
    content:
      '텐키리스 무접점 키보드입니다. 키캡을 모두 빼서 씻고, 안정기에 윤활을 새로 했어요. Quiet, deep sound; works with Windows and macOS.\n\n원래 상자와 키캡 뽑개가 있습니다.',
    condition: 'like-new',
    defects: '',
    pictures: [
      {
        draw: (b) => keyboard(b, p.paper, p.tangerine),
        scenery: room('sage', 'blinds'),
        alt: '크림색 키보드와 귤색 스페이스 바',
      },
      {
        draw: (b) => keyboard(b, p.paper, p.tangerine),
        scenery: room('sage', 'blinds'),
        detail: 0,
        alt: '키캡을 가까이에서',
      },
    ],
    startPrice: 70_000,
    buyNowPrice: 160_000,
    handover: 'parcel',
    shippingFee: 3_500,
    region: '경기 성남시',
    course: { is: 'told', startedAgo: 3 * hour, minutes: 6 * hour, bids: [] },
  },
  {
    key: 'lamp-tangerine',
    seller: 'lamp_hyun',
    category: 'appliance',
    title: '버섯 램프, 귤색 갓',
    content:
      '1970년대 모양 그대로의 버섯 램프예요. 전선과 소켓을 새로 갈았고 E26 전구를 씁니다. 불을 켜면 책상 하나가 딱 따뜻해져요.',
    condition: 'good',
    defects: '갓 안쪽에 오래된 그을음이 조금 있어요. 켜면 보이지 않습니다.',
    pictures: [
      { draw: (b) => tableLamp(b, p.tangerine), scenery: room('dusk', 'plain'), alt: '불을 켠 귤색 버섯 램프' },
      { draw: (b) => tableLamp(b, p.tangerine), scenery: room('dusk', 'plain'), detail: 0, alt: '갓을 가까이에서' },
    ],
    startPrice: 25_000,
    expectedPrice: 60_000,
    handover: 'either',
    shippingFee: 5_000,
    region: '서울 중구',
    course: {
      is: 'told',
      startedAgo: 5 * hour,
      minutes: day,
      bids: [
        [12, min, 25_000],
        [33, june, 28_000],
        [120, min, 40_000, 'max'],
        [180, june, 35_000],
      ],
      chat: [
        [35, june, 'Does the bulb come with it?'],
        [50, 'lamp_hyun', 'Yes, a warm LED one is in the box.'],
      ],
    },
  },
  {
    key: 'chair-clay',
    seller: 'seochon_wood',
    category: 'furniture',
    title: '식탁 의자, 방석 새로 씌움',
    content:
      '물푸레나무 식탁 의자입니다. 흔들리던 다리를 다시 맞추고, 방석 천을 벽돌색 면으로 새로 씌웠어요. 네 개 중 하나만 나왔습니다.\n\n앉은 높이 44cm, 너비 46cm예요.',
    condition: 'good',
    defects: '등받이 살 하나에 메운 자국이 있어요.',
    pictures: [{ draw: (b) => chair(b, p.clay), scenery: room('fog'), alt: '벽돌색 방석을 얹은 나무 의자' }],
    startPrice: 40_000,
    handover: 'meet',
    shippingFee: 0,
    region: '서울 종로구',
    course: {
      is: 'told',
      startedAgo: 7 * hour,
      minutes: 12 * hour,
      bids: [
        [65, june, 40_000],
        [200, haru, 45_000],
      ],
    },
  },
  {
    key: 'pram-navy',
    seller: 'dodam_mom',
    category: 'baby',
    title: '클래식 유아차, 남색 차양',
    content:
      '둘째까지 태우고 이제 보내요. 시트와 차양은 분리 세탁했고 바퀴 기름칠도 했습니다. 신생아부터 15kg까지 썼어요.',
    condition: 'good',
    defects: '손잡이 가죽에 쓴 자국이 있어요.',
    pictures: [
      { draw: (b) => pram(b, p.navy), scenery: room('oat'), alt: '남색 차양의 클래식 유아차' },
      { draw: (b) => pram(b, p.navy), scenery: room('oat'), detail: 1, alt: '바퀴와 살' },
    ],
    startPrice: 90_000,
    reservePrice: 140_000,
    handover: 'meet',
    shippingFee: 0,
    region: '경기 고양시',
    course: {
      is: 'told',
      startedAgo: 22 * hour,
      minutes: 3 * day,
      bids: [
        [400, sea, 90_000],
        [900, min, 110_000],
      ],
    },
  },
  {
    key: 'coat-camel',
    seller: 'closet.35',
    category: 'women',
    title: '캐멀 더블 코트, 한 철 입음',
    content:
      '울 80에 캐시미어 10이 섞인 코트예요. 드라이클리닝을 마치고 비닐째 두었습니다.\n\n실측: 어깨 44, 가슴 단면 53, 소매 58, 총장 108 (cm).',
    condition: 'like-new',
    defects: '',
    pictures: [
      { draw: (b) => coat(b, p.oak, p.cream), scenery: room('mint'), alt: '옷걸이에 걸린 캐멀색 코트' },
      { draw: (b) => coat(b, p.oak, p.cream), scenery: room('mint'), detail: 0, alt: '깃과 단추' },
    ],
    startPrice: 60_000,
    expectedPrice: 130_000,
    handover: 'parcel',
    shippingFee: 4_000,
    region: '서울 송파구',
    course: {
      is: 'told',
      startedAgo: 9 * hour,
      minutes: day,
      bids: [
        [30, min, 60_000],
        [70, haru, 90_000, 'max'],
        [240, min, 85_000],
        [410, june, 100_000],
      ],
      chat: [
        [80, haru, '안감에 보풀은 없나요?'],
        [88, 'closet.35', '전혀 없어요. 사진 한 장 더 찍어 둘게요.'],
      ],
    },
  },
  {
    key: 'watch-navy',
    seller: 'strap_and_sole',
    category: 'men',
    title: '손목시계, 남색 다이얼에 갈색 줄',
    content: '37mm 자동 시계입니다. 하루 오차 +6초, 지난봄에 점검을 받았어요. 줄은 제가 새로 만들어 달았습니다.',
    condition: 'good',
    defects: '버클에 잔 흠집이 있어요. 유리는 깨끗합니다.',
    pictures: [
      { draw: (b) => watch(b, p.navy, p.walnut), scenery: room('sand', 'leaves'), alt: '남색 다이얼의 손목시계' },
      {
        draw: (b) => watch(b, p.navy, p.walnut),
        scenery: room('sand', 'leaves'),
        detail: 0,
        alt: '다이얼을 가까이에서',
      },
    ],
    startPrice: 150_000,
    expectedPrice: 320_000,
    reservePrice: 250_000,
    handover: 'either',
    shippingFee: 4_000,
    region: '서울 용산구',
    course: {
      is: 'told',
      startedAgo: 30 * hour,
      minutes: 3 * day,
      bids: [
        [20, doyun, 150_000],
        [500, owl, 200_000, 'max'],
        [900, doyun, 260_000, 'max'],
        [1_500, sea, 255_000],
      ],
    },
  },
  {
    key: 'bicycle-sea',
    seller: 'hanriver_ride',
    category: 'sport',
    title: '바구니 자전거, 바다색 크로몰리',
    content:
      '출퇴근용으로 타던 7단 자전거입니다. 체인과 브레이크 패드를 갈았고 휠 정렬을 마쳤어요. Fits riders from 158 to 175 cm.\n\n귤은 사진용이고, 바구니는 드립니다.',
    condition: 'good',
    defects: '뒷바퀴 흙받이에 긁힌 자국.',
    pictures: [
      { draw: (b) => bicycle(b, p.sea), scenery: room('peach'), alt: '바구니가 달린 바다색 자전거' },
      { draw: (b) => bicycle(b, p.sea), scenery: room('peach'), detail: 1, alt: '바구니와 귤' },
    ],
    startPrice: 120_000,
    expectedPrice: 220_000,
    handover: 'meet',
    shippingFee: 0,
    region: '서울 영등포구',
    course: {
      is: 'told',
      startedAgo: 2 * hour,
      minutes: 8 * hour,
      bids: [
        [5, june, 120_000],
        [40, haru, 180_000, 'max'],
        [90, june, 150_000],
      ],
      chat: [
        [10, june, 'Can I try it near Yeouinaru station?'],
        [14, 'hanriver_ride', 'Sure, weekday evenings.'],
      ],
    },
  },
  {
    key: 'cat-tower',
    seller: 'nabi.ilsang',
    category: 'pet',
    title: '캣타워, 나비는 상자를 더 좋아했습니다',
    content:
      '삼줄 기둥 두 개와 숨는 집이 있는 캣타워예요. 나비가 두 번 올라가고 옆의 택배 상자에서 삽니다. 털은 다 떼었어요.',
    condition: 'like-new',
    defects: '',
    pictures: [
      { draw: (b) => catTower(b, p.sage, p.stone), scenery: room('oat', 'blinds'), alt: '고양이가 자고 있는 캣타워' },
      {
        draw: (b) => catTower(b, p.sage, p.stone),
        scenery: room('oat', 'blinds'),
        detail: 0,
        alt: '위층에서 자는 고양이',
      },
    ],
    startPrice: 20_000,
    buyNowPrice: 70_000,
    handover: 'meet',
    shippingFee: 0,
    region: '인천 연수구',
    course: {
      is: 'told',
      startedAgo: 4 * hour,
      minutes: 10 * hour,
      bids: [
        [25, owl, 20_000],
        [130, sea, 26_000],
      ],
      chat: [
        [27, owl, '사진 속 나비는 포함인가요?'],
        [29, 'nabi.ilsang', '나비는 한정 수량 0마리예요.'],
      ],
    },
  },
  {
    key: 'guitar-butter',
    seller: 'sunday_lp',
    category: 'other',
    title: '통기타, 손에 익은 소리',
    content: '대학 때 산 OM 바디 통기타입니다. 줄을 새로 걸고 넥을 맞췄어요. 케이스와 카포를 같이 드립니다.',
    condition: 'good',
    defects: '사운드홀 아래 피크 자국이 있어요.',
    pictures: [
      { draw: (b) => guitar(b, p.butter), scenery: room('dusk'), alt: '벽에 기대어 선 통기타' },
      { draw: (b) => guitar(b, p.butter), scenery: room('dusk'), detail: 0, alt: '사운드홀' },
    ],
    startPrice: 100_000,
    handover: 'either',
    shippingFee: 8_000,
    region: '서울 성동구',
    course: {
      is: 'told',
      startedAgo: 11 * hour,
      minutes: day,
      bids: [
        [220, haru, 100_000],
        [400, doyun, 115_000],
      ],
    },
  },
  {
    key: 'terrarium-jar',
    seller: 'green.balcony',
    category: 'other',
    title: '유리병 정원, 고사리 세 포기',
    content:
      '뚜껑 있는 유리병에 고사리와 이끼를 심었어요. 한 달에 한 번만 물을 주면 됩니다. 돌보는 법을 카드에 적어 드려요.',
    condition: 'new',
    defects: '',
    pictures: [{ draw: (b) => terrarium(b, p.cream), scenery: room('sand'), alt: '고사리가 자라는 유리병 정원' }],
    startPrice: 15_000,
    handover: 'meet',
    shippingFee: 0,
    region: '서울 은평구',
    course: { is: 'told', startedAgo: 90, minutes: 5 * hour, bids: [[10, june, 15_000]] },
  },
  {
    key: 'teapot-dots',
    seller: 'tea.after.four',
    category: 'kitchen',
    title: '백자 찻주전자, 남색 동그라미',
    content: '손으로 그린 동그라미 무늬의 백자 주전자예요. 600ml가 들어갑니다. 물 끊김이 좋아요.',
    condition: 'like-new',
    defects: '',
    pictures: [
      { draw: (b) => teapot(b, p.paper, p.navy), scenery: room('sage', 'leaves'), alt: '남색 무늬의 하얀 찻주전자' },
      { draw: (b) => teapot(b, p.paper, p.navy), scenery: room('sage', 'leaves'), detail: 0, alt: '무늬를 가까이에서' },
    ],
    startPrice: 30_000,
    handover: 'parcel',
    shippingFee: 4_500,
    region: '서울 마포구',
    course: {
      is: 'told',
      startedAgo: 6 * hour,
      minutes: 18 * hour,
      bids: [
        [50, min, 30_000],
        [200, sea, 50_000, 'max'],
      ],
    },
  },

  // not yet started
  {
    key: 'armchair-pine',
    seller: 'goyo.home',
    category: 'furniture',
    title: '초록 벨벳 안락의자',
    content:
      '이사 갈 집의 문을 못 지나가는 안락의자입니다. 팔걸이가 넓어 책과 찻잔이 함께 앉아요.\n\n가로 92, 깊이 85, 높이 84cm.',
    condition: 'good',
    defects: '오른쪽 다리 밑 펠트가 닳았어요.',
    pictures: [
      { draw: (b) => armchair(b, p.pine), scenery: room('honey', 'leaves'), alt: '초록색 안락의자' },
      { draw: (b) => armchair(b, p.pine), scenery: room('honey', 'leaves'), detail: 0, alt: '등받이 단추' },
    ],
    startPrice: 110_000,
    handover: 'meet',
    shippingFee: 0,
    region: '대전 유성구',
    course: { is: 'scheduled', inMinutes: 5 * hour, minutes: day },
  },
  {
    key: 'handbag-clay',
    seller: 'strap_and_sole',
    category: 'women',
    title: '벽돌색 가죽 토트백',
    content: '소가죽 토트백입니다. 안감을 새로 하고 금속 장식을 닦았어요. A5 노트와 우산이 들어갑니다.',
    condition: 'good',
    defects: '바닥 모서리에 쓸린 자국이 조금.',
    pictures: [{ draw: (b) => handbag(b, p.clay), scenery: room('sand', 'leaves'), alt: '벽돌색 가죽 가방' }],
    startPrice: 55_000,
    buyNowPrice: 120_000,
    handover: 'either',
    shippingFee: 4_000,
    region: '서울 용산구',
    course: { is: 'scheduled', inMinutes: 22 * hour, minutes: 12 * hour },
  },
  {
    key: 'tent-butter',
    seller: 'hanriver_ride',
    category: 'sport',
    title: '면 인디언 텐트, 랜턴 포함',
    content:
      '2인용 면 텐트입니다. 지난가을에 두 번 쳤고 잘 말려 두었어요. Poles, pegs and the little lantern come with it.',
    condition: 'like-new',
    defects: '',
    pictures: [{ draw: (b) => tent(b, p.butter, p.walnut), scenery: room('moss', 'leaves'), alt: '불을 켠 노란 텐트' }],
    startPrice: 80_000,
    handover: 'either',
    shippingFee: 7_000,
    region: '서울 영등포구',
    course: { is: 'scheduled', inMinutes: 2 * hour, minutes: 6 * hour },
  },
  {
    key: 'stacking-rings',
    seller: 'dodam_mom',
    category: 'baby',
    title: '나무 고리 쌓기, 무지개색',
    content: '물로 칠한 너도밤나무 고리 여섯 개와 막대예요. 빠진 고리 없이 모두 있습니다.',
    condition: 'good',
    defects: '빨간 공에 이 자국이 하나 있어요. 첫니 기념입니다.',
    pictures: [{ draw: (b) => stackingRings(b, p.rose), scenery: room('sky', 'leaves'), alt: '무지개색 나무 고리' }],
    startPrice: 8_000,
    handover: 'parcel',
    shippingFee: 3_000,
    region: '경기 고양시',
    course: { is: 'scheduled', inMinutes: 30 * hour, minutes: 4 * hour },
  },

  // drafts
  {
    key: 'draft-clock',
    seller: 'goyo.home',
    category: 'furniture',
    title: '벽시계, 호두나무 테',
    content: '조용한 무소음 벽시계입니다.',
    condition: 'good',
    defects: '',
    pictures: [
      { draw: (b) => wallClock(b, p.paper, p.walnut), scenery: room('moss', 'leaves'), alt: '호두나무 테의 벽시계' },
    ],
    startPrice: 30_000,
    handover: 'parcel',
    shippingFee: 4_000,
    region: '대전 유성구',
    course: { is: 'draft' },
  },
  {
    key: 'draft-hat',
    seller: 'jeju.attic',
    category: 'women',
    title: '밀짚모자, 남색 띠',
    content: '귤 밭에서 쓰던 밀짚모자. 사진을 더 찍고 올릴 예정.',
    condition: 'fair',
    defects: '챙 끝이 조금 휘었어요.',
    pictures: [{ draw: (b) => strawHat(b, '#e0bd7c', p.navy), scenery: room('sky'), alt: '남색 띠를 두른 밀짚모자' }],
    startPrice: 12_000,
    handover: 'parcel',
    shippingFee: 3_500,
    region: '제주 제주시',
    course: { is: 'draft' },
  },

  // cancelled
  {
    key: 'cancelled-toaster',
    seller: 'bright.kitchen',
    category: 'appliance',
    title: '연두색 토스터',
    content: '두 장 굽는 토스터예요. 220V, 2년 썼습니다.',
    condition: 'good',
    defects: '부스러기 받침이 뻑뻑해요.',
    pictures: [{ draw: (b) => toaster(b, p.sage), scenery: room('oat'), alt: '빵이 올라온 연두색 토스터' }],
    startPrice: 15_000,
    handover: 'parcel',
    shippingFee: 4_000,
    region: '대구 수성구',
    course: { is: 'cancelled', startedAgo: 2 * day, minutes: day, reason: '조카가 쓰기로 했어요. 죄송합니다.' },
  },
  {
    key: 'cancelled-headphones',
    seller: 'click_clack',
    category: 'digital',
    title: '무선 헤드폰, 소나무색',
    content: '소음 차단 헤드폰입니다. 이어 패드를 새것으로 바꿨어요.',
    condition: 'good',
    defects: '왼쪽 버튼이 가끔 두 번 눌려요.',
    pictures: [
      { draw: (b) => headphones(b, p.pine, p.cream), scenery: room('rose', 'leaves'), alt: '소나무색 헤드폰' },
    ],
    startPrice: 60_000,
    handover: 'parcel',
    shippingFee: 3_500,
    region: '경기 성남시',
    course: {
      is: 'cancelled',
      startedAgo: 5 * day,
      minutes: 2 * day,
      reason: '버튼 고장이 심해져서 고친 뒤에 다시 올릴게요.',
    },
  },

  // sold
  {
    key: 'bowls-sea',
    seller: 'tea.after.four',
    category: 'kitchen',
    title: '바다색 유약 그릇 세 개',
    content: '크기가 다른 그릇 셋이 한 벌이에요. 반쯤 담근 바다색 유약이 그릇마다 다르게 흘렀습니다.',
    condition: 'like-new',
    defects: '',
    pictures: [{ draw: (b) => bowls(b, p.sea, p.cream), scenery: room('rose'), alt: '포개 놓은 바다색 그릇 세 개' }],
    startPrice: 24_000,
    handover: 'either',
    shippingFee: 4_500,
    region: '서울 마포구',
    course: {
      is: 'told',
      startedAgo: 27 * hour,
      minutes: hour,
      bids: [
        [4, min, 24_000],
        [15, sea, 30_000],
        [31, min, 50_000, 'max'],
        [59.8, sea, 41_000],
        [60.1, sea, 52_000],
        [60.4, min, 58_000],
      ],
      chat: [
        [16, sea, '식기세척기 괜찮을까요?'],
        [18, 'tea.after.four', '네, 저희도 늘 돌려요.'],
        [61, sea, '축하드려요!'],
      ],
    },
  },
  {
    key: 'armchair-rose',
    seller: 'seochon_wood',
    category: 'furniture',
    title: '장미색 1인 소파, 천갈이 마침',
    content: '스프링을 손보고 장미색 천으로 갈았습니다. 직거래만 해요.',
    condition: 'good',
    defects: '다리 하나의 색이 조금 달라요.',
    pictures: [{ draw: (b) => armchair(b, p.rose, p.oak), scenery: room('fog'), alt: '장미색 1인 소파' }],
    startPrice: 90_000,
    expectedPrice: 150_000,
    handover: 'meet',
    shippingFee: 0,
    region: '서울 종로구',
    course: {
      is: 'told',
      startedAgo: 3 * day,
      minutes: 6 * hour,
      bids: [
        [20, june, 90_000],
        [100, haru, 120_000],
        [340, june, 200_000, 'max'],
        [359.7, haru, 150_000],
      ],
    },
  },
  {
    key: 'console-steel',
    seller: 'click_clack',
    category: 'digital',
    title: '휴대용 게임기, 새 화면으로 바꿨어요',
    content: 'IPS 화면과 새 껍데기로 갈아 준 옛 게임기입니다. 버튼 고무도 새것이에요. 게임 팩은 없습니다.',
    condition: 'good',
    defects: '건전지 뚜껑이 조금 헐거워요.',
    pictures: [
      {
        draw: (b) => handheldConsole(b, p.steel, p.plum),
        scenery: room('sky', 'window', true),
        alt: '회색 휴대용 게임기와 한라봉',
      },
    ],
    startPrice: 70_000,
    buyNowPrice: 130_000,
    handover: 'parcel',
    shippingFee: 3_500,
    region: '경기 성남시',
    course: {
      is: 'told',
      startedAgo: 26 * hour,
      minutes: 2 * hour,
      bids: [[7, doyun, 130_000, 'buy-now']],
      chat: [
        [3, doyun, '배터리는 몇 시간쯤 가나요?'],
        [5, 'click_clack', '건전지로 열 시간쯤이요.'],
      ],
    },
  },
  {
    key: 'fan-sky',
    seller: 'lamp_hyun',
    category: 'appliance',
    title: '하늘색 날개 선풍기, 1980년대 모양',
    content: '모터를 청소하고 기름을 먹였습니다. 3단, 회전 잘 돼요.',
    condition: 'good',
    defects: '받침에 색이 벗겨진 곳이 있어요.',
    pictures: [{ draw: (b) => deskFan(b, p.sky), scenery: room('peach', 'blinds'), alt: '하늘색 날개의 선풍기' }],
    startPrice: 20_000,
    handover: 'either',
    shippingFee: 6_000,
    region: '서울 중구',
    course: {
      is: 'told',
      startedAgo: 4 * day,
      minutes: 40,
      bids: [
        [3, owl, 20_000],
        [18, sea, 23_000],
        [39.9, owl, 26_000],
        [40.2, sea, 35_000, 'max'],
      ],
    },
  },
  {
    key: 'sneakers-leaf',
    seller: 'strap_and_sole',
    category: 'men',
    title: '캔버스 운동화 270, 초록 줄',
    content: '두 번 신은 270mm 운동화예요. 밑창까지 씻어서 말렸습니다.',
    condition: 'like-new',
    defects: '',
    pictures: [
      {
        draw: (b) => sneakers(b, p.cream, p.leaf),
        scenery: room('peach', 'blinds'),
        alt: '초록 줄이 있는 운동화 한 켤레',
      },
    ],
    startPrice: 18_000,
    handover: 'parcel',
    shippingFee: 3_500,
    region: '서울 용산구',
    course: {
      is: 'told',
      startedAgo: 50 * hour,
      minutes: 3 * hour,
      bids: [
        [44, haru, 18_000],
        [80, doyun, 24_000],
      ],
    },
  },
  {
    key: 'teddy-oak',
    seller: 'dodam_mom',
    category: 'baby',
    title: '빨간 목도리 곰 인형',
    content: '아이 방 선반에 앉아만 있던 곰이에요. 목도리는 할머니가 떠 주셨습니다.',
    condition: 'like-new',
    defects: '',
    pictures: [{ draw: (b) => teddyBear(b, p.oak, p.brick), scenery: room('sand'), alt: '빨간 목도리를 두른 곰 인형' }],
    startPrice: 10_000,
    handover: 'parcel',
    shippingFee: 3_000,
    region: '경기 고양시',
    course: {
      is: 'told',
      startedAgo: 33 * hour,
      minutes: 90,
      bids: [
        [8, min, 10_000],
        [21, owl, 14_000],
        [75, min, 17_000],
      ],
    },
  },
  {
    key: 'racket-clay',
    seller: 'hanriver_ride',
    category: 'sport',
    title: '테니스 라켓, 나무 느낌 그대로',
    content: 'Restrung last month at 48 lb. 그립을 새로 감았고 공 한 개를 같이 드려요.',
    condition: 'good',
    defects: '헤드 가드에 긁힌 자국.',
    pictures: [{ draw: (b) => racket(b, p.clay), scenery: room('moss', 'leaves'), alt: '테니스 라켓과 공' }],
    startPrice: 22_000,
    handover: 'either',
    shippingFee: 4_000,
    region: '서울 영등포구',
    course: {
      is: 'told',
      startedAgo: 6 * day,
      minutes: day,
      bids: [
        [300, june, 22_000],
        [900, sea, 30_000],
        [1_400, june, 36_000],
      ],
    },
  },
  {
    key: 'fish-bowl',
    seller: 'mulgogi_club',
    category: 'pet',
    title: '둥근 어항 10리터, 모래와 수초까지',
    content: '유리 어항에 모래, 돌집, 수초를 함께 드립니다. 물고기는 우리 식구라 두고 가요.',
    condition: 'good',
    defects: '바닥에 물때 자국이 조금.',
    pictures: [
      {
        draw: (b) => fishBowl(b, p.tangerine, p.cream),
        scenery: room('rose', 'leaves'),
        alt: '금붕어가 노는 둥근 어항',
      },
    ],
    startPrice: 16_000,
    handover: 'meet',
    shippingFee: 0,
    region: '부산 해운대구',
    course: {
      is: 'told',
      startedAgo: 29 * hour,
      minutes: 5 * hour,
      bids: [
        [35, sea, 16_000],
        [200, owl, 21_000],
        [280, sea, 25_000],
      ],
    },
  },
  {
    key: 'books-five',
    seller: 'paper.pencil',
    category: 'other',
    title: '여행 에세이 다섯 권 묶음',
    content: '연필 밑줄이 두 권에 있습니다. 나머지는 깨끗해요. 차는 사진용이에요.',
    condition: 'good',
    defects: '두 권에 연필 밑줄, 한 권은 책등이 바랬어요.',
    pictures: [{ draw: (b) => books(b, p.clay, p.pine), scenery: room('sand'), alt: '쌓아 놓은 책 다섯 권과 찻잔' }],
    startPrice: 12_000,
    handover: 'parcel',
    shippingFee: 3_000,
    region: '광주 동구',
    course: {
      is: 'told',
      startedAgo: 2.5 * day,
      minutes: 12 * hour,
      bids: [
        [90, haru, 12_000],
        [400, min, 15_500],
      ],
    },
  },
  {
    key: 'kettle-butter',
    seller: 'bright.kitchen',
    category: 'appliance',
    title: '버터색 전기 주전자 1.2L',
    content: '물때를 빼고 보내드려요. 220V, 자동 꺼짐 잘 됩니다.',
    condition: 'good',
    defects: '받침 전선에 접힌 자국.',
    pictures: [{ draw: (b) => kettle(b, p.butter), scenery: room('sky'), alt: '버터색 전기 주전자' }],
    startPrice: 14_000,
    handover: 'parcel',
    shippingFee: 3_500,
    region: '대구 수성구',
    course: {
      is: 'told',
      startedAgo: 44 * hour,
      minutes: 8 * hour,
      bids: [
        [100, owl, 14_000],
        [300, june, 22_000, 'max'],
        [430, owl, 19_000],
      ],
    },
  },
  {
    key: 'backpack-pine',
    seller: 'closet.35',
    category: 'men',
    title: '캔버스 배낭, 가죽 끈',
    content: '왁스 캔버스 배낭입니다. 15인치 노트북 칸이 있어요.',
    condition: 'good',
    defects: '옆 주머니 고무줄이 느슨해요.',
    pictures: [{ draw: (b) => backpack(b, p.pine, p.walnut), scenery: room('oat'), alt: '소나무색 캔버스 배낭' }],
    startPrice: 35_000,
    handover: 'parcel',
    shippingFee: 4_000,
    region: '서울 송파구',
    course: {
      is: 'told',
      startedAgo: 5 * day,
      minutes: 4 * hour,
      bids: [
        [60, doyun, 35_000],
        [160, haru, 42_000],
        [239.8, doyun, 50_000],
      ],
    },
  },
  {
    key: 'plant-monstera',
    seller: 'green.balcony',
    category: 'other',
    title: '몬스테라, 토분째',
    content: '키 80cm, 잎 일곱 장. 새순이 하나 말려 있어요. 직거래로 조심히 가져가 주세요.',
    condition: 'new',
    defects: '잎 한 장 끝이 말랐어요.',
    pictures: [{ draw: (b) => pottedPlant(b, p.clay), scenery: room('rose', 'blinds'), alt: '토분에 심은 몬스테라' }],
    startPrice: 18_000,
    handover: 'meet',
    shippingFee: 0,
    region: '서울 은평구',
    course: {
      is: 'told',
      startedAgo: 31 * hour,
      minutes: 6 * hour,
      bids: [
        [12, june, 18_000],
        [340, min, 24_000],
      ],
    },
  },
  {
    key: 'scarf-cream',
    seller: 'closet.35',
    category: 'women',
    title: '손뜨개 목도리, 귤색 줄무늬',
    content: '메리노 울로 떴어요. 길이 190cm. 손세탁해서 그늘에 말렸습니다.',
    condition: 'new',
    defects: '',
    pictures: [
      { draw: (b) => knitScarf(b, p.cream, p.tangerine), scenery: room('sea'), alt: '접어 놓은 손뜨개 목도리' },
    ],
    startPrice: 15_000,
    handover: 'parcel',
    shippingFee: 3_000,
    region: '서울 송파구',
    course: {
      is: 'told',
      startedAgo: 20 * hour,
      minutes: 2 * hour,
      bids: [
        [9, haru, 15_000],
        [50, min, 19_000],
        [119.9, haru, 23_000],
      ],
    },
  },
  {
    key: 'pet-bed',
    seller: 'nabi.ilsang',
    category: 'pet',
    title: '등나무 강아지 침대, 방석 포함',
    content: '동생네 두부가 커서 몸이 넘쳐요. 방석은 빨아서 햇볕에 말렸습니다.',
    condition: 'good',
    defects: '등나무 살 한 곳이 삐져나왔어요.',
    pictures: [{ draw: (b) => petBed(b, p.oak, p.rose), scenery: room('sky'), alt: '등나무 침대에서 자는 강아지' }],
    startPrice: 13_000,
    handover: 'either',
    shippingFee: 6_000,
    region: '인천 연수구',
    course: {
      is: 'told',
      startedAgo: 54 * hour,
      minutes: 10 * hour,
      bids: [
        [70, sea, 13_000],
        [510, owl, 17_000],
      ],
    },
  },

  // unsold
  {
    key: 'unsold-bookshelf',
    seller: 'goyo.home',
    category: 'furniture',
    title: '참나무 책장, 세 칸',
    content: '높이 120cm 책장입니다. 책은 포함되지 않아요. 두 사람이 들어야 합니다.',
    condition: 'good',
    defects: '뒤판에 못 자국.',
    pictures: [{ draw: (b) => bookshelf(b, p.oak), scenery: room('sand', 'blinds'), alt: '책이 꽂힌 참나무 책장' }],
    startPrice: 80_000,
    reservePrice: 150_000,
    handover: 'meet',
    shippingFee: 0,
    region: '대전 유성구',
    course: {
      is: 'told',
      startedAgo: 2.2 * day,
      minutes: day,
      bids: [
        [500, june, 80_000],
        [1_300, haru, 95_000],
      ],
    },
  },
  {
    key: 'unsold-pan',
    seller: 'bright.kitchen',
    category: 'kitchen',
    title: '무쇠 프라이팬 28cm',
    content: '기름을 세 번 먹인 무쇠 팬이에요. 무게 2.6kg, 팔 힘이 필요합니다.',
    condition: 'good',
    defects: '',
    pictures: [{ draw: (b) => fryingPan(b, p.ink, p.oak), scenery: room('sand'), alt: '벽에 걸린 무쇠 프라이팬' }],
    startPrice: 32_000,
    handover: 'either',
    shippingFee: 5_000,
    region: '대구 수성구',
    course: { is: 'told', startedAgo: 47 * hour, minutes: 3 * hour, bids: [] },
  },
  {
    key: 'unsold-skateboard',
    seller: 'hanriver_ride',
    category: 'sport',
    title: '스케이트보드, 노을 무늬',
    content: '8인치 데크, 바퀴는 새것입니다. Grip tape replaced in spring.',
    condition: 'good',
    defects: '꼬리 쪽이 닳았어요.',
    pictures: [{ draw: (b) => skateboard(b, p.rose, p.paper), scenery: room('sky'), alt: '노을 무늬 스케이트보드' }],
    startPrice: 40_000,
    handover: 'either',
    shippingFee: 4_500,
    region: '서울 영등포구',
    course: { is: 'told', startedAgo: 7 * day, minutes: 2 * day, bids: [] },
  },
  {
    key: 'unsold-table',
    seller: 'seochon_wood',
    category: 'furniture',
    title: '둥근 협탁, 쇠다리',
    content: '느티나무 상판에 쇠다리를 달았습니다. 지름 62cm.',
    condition: 'new',
    defects: '',
    pictures: [{ draw: (b) => sideTable(b, p.oak, p.ink), scenery: room('mint'), alt: '꽃병을 올린 둥근 협탁' }],
    startPrice: 70_000,
    reservePrice: 100_000,
    handover: 'meet',
    shippingFee: 0,
    region: '서울 종로구',
    course: { is: 'told', startedAgo: 9 * day, minutes: day, bids: [[1_000, sea, 70_000]] },
  },
]

/** What the simulated seller opens one after the other; the first of them is there before all else. */
export const liveLots: Lot[] = [
  {
    ...common('live-camera', 'digital', '작은 필름 카메라, 호두색 가죽'),
    content:
      '호두색 가죽을 두른 필름 카메라예요. 지금 이 방에는 시뮬레이션 참가자들이 함께 입찰합니다. 마음껏 눌러 보세요.\n\nSimulated people bid here, so try it out: nothing is sold for real.',
    pictures: [
      {
        draw: (b) => filmCamera(b, p.walnut, '#d9cfc0'),
        scenery: room('mint', 'window', true),
        alt: '호두색 필름 카메라와 한라봉',
      },
      {
        draw: (b) => filmCamera(b, p.walnut, '#d9cfc0'),
        scenery: room('mint', 'window'),
        detail: 0,
        alt: '렌즈를 가까이에서',
      },
    ],
    startPrice: 50_000,
    expectedPrice: 120_000,
  },
  {
    ...common('live-lamp', 'appliance', '소나무색 버섯 램프'),
    content:
      '책상 위에 두기 좋은 램프예요. 시뮬레이션 참가자들과 함께 입찰해 보세요.\n\nA lamp for the desk, and simulated bidders for company.',
    pictures: [
      { draw: (b) => tableLamp(b, p.pine, p.butter), scenery: room('honey', 'plain'), alt: '불을 켠 소나무색 램프' },
    ],
    startPrice: 20_000,
  },
  {
    ...common('live-horse', 'baby', '흔들 목마'),
    content:
      '나무로 깎은 흔들 목마예요. 시뮬레이션 경매이니 편하게 타 보세요, 아니 눌러 보세요.\n\nA rocking horse; the bidders are simulated.',
    pictures: [
      { draw: (b) => rockingHorse(b, p.cream, p.walnut), scenery: room('rose', 'blinds'), alt: '하얀 흔들 목마' },
    ],
    startPrice: 40_000,
  },
  {
    ...common('live-loafers', 'men', '벽돌색 로퍼 265'),
    content:
      '가죽을 닦고 크림을 먹인 로퍼예요. 시뮬레이션 참가자들이 함께합니다.\n\nLoafers, polished. The people bidding are simulated.',
    pictures: [{ draw: (b) => loafers(b, p.brick), scenery: room('fog', 'plain'), alt: '벽돌색 로퍼 한 켤레' }],
    startPrice: 30_000,
  },
  {
    ...common('live-kettlebell', 'sport', '케틀벨 12kg과 밴드'),
    content:
      '집에서 운동하기 좋은 케틀벨이에요. 시뮬레이션 참가자들과 함께 들어 보세요.\n\nA kettlebell; simulated people want it too.',
    pictures: [
      { draw: (b) => kettlebell(b, p.ink, p.tangerine), scenery: room('fog', 'blinds'), alt: '귤색 띠를 두른 케틀벨' },
    ],
    startPrice: 10_000,
  },
  {
    ...common('live-teapot', 'kitchen', '귤꽃 무늬 찻주전자'),
    content:
      '귤꽃 무늬를 그려 넣은 찻주전자예요. 시뮬레이션 참가자들이 차를 기다립니다.\n\nA teapot with a citrus pattern; the bidders are simulated.',
    pictures: [{ draw: (b) => teapot(b, p.butter, p.clay), scenery: room('sea', 'leaves'), alt: '버터색 찻주전자' }],
    startPrice: 25_000,
  },
]

function common(key: string, category: Category, title: string) {
  return {
    key,
    category,
    title,
    seller: 'simulated_host',
    condition: 'good',
    defects: '',
    softClose: { windowSeconds: 30, capMinutes: 5 },
    handover: 'parcel',
    shippingFee: 3_000,
    region: '제주 서귀포시',
    course: { is: 'told', startedAgo: 0, minutes: 10, bids: [] },
  } satisfies Partial<Lot>
}
