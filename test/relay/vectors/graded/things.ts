import { aboutToStart, endingSoon, lots } from '../../../run/demo/lots.ts'

export interface GradedThing {
  key: string
  category: string
  title: string
  content: string
}

/** Beside the demo's: what makes searching hard. Names of models, English sellers, neighbours that are not meant. */
const harder: GradedThing[] = [
  thing(
    'iphone-15',
    'digital',
    '아이폰15 프로 256GB 자급제',
    '배터리 91%. 케이스를 씌워 썼고 액정에 흠이 없습니다. 박스 있어요.',
  ),
  thing('iphone-13', 'digital', '아이폰 13 미니 128기가 미드나이트', '작은 폰 좋아하시는 분께. 충전기는 없습니다.'),
  thing('galaxy-s24', 'digital', '갤럭시 S24 울트라 티타늄', '펜까지 전부 있습니다. 강화유리 붙어 있어요.'),
  thing(
    'rtx-3080',
    'digital',
    'RTX3080 그래픽카드 10GB',
    '채굴에 쓰지 않았습니다. 쿨러를 청소하고 서멀을 새로 발랐어요.',
  ),
  thing('rtx-4070', 'digital', 'RTX 4070 Super, 보증 남음', '2025년 3월 구입. 영수증 드려요.'),
  thing(
    'wh1000xm4',
    'digital',
    'Sony WH-1000XM4 headphones, black',
    'Noise cancelling works well. Pads replaced, hard case included.',
  ),
  thing('airpods', 'digital', '에어팟 프로 2세대 새 이어팁', '충전 케이스까지 소독했습니다. 왼쪽 오른쪽 소리 같아요.'),
  thing(
    'macbook',
    'digital',
    'MacBook Air M2 13-inch, 16GB',
    'Light scratches on the lid. Korean keyboard. Charger included.',
  ),
  thing('ipad', 'digital', '아이패드 미니 6 와이파이 64기가', '그림 연습하던 것. 펜슬은 따로 팝니다.'),
  thing('monitor', 'digital', '27인치 모니터 QHD 165Hz', '불량 화소 없음. 스탠드 높이 조절됩니다.'),
  thing(
    'mirrorless',
    'digital',
    '미러리스 카메라 소니 A6400 번들',
    '셔터 8천 컷. 배터리 두 개와 메모리카드를 드립니다.',
  ),
  thing('switch', 'digital', '닌텐도 스위치 OLED 화이트', '조이콘 쏠림 없어요. 독과 케이블 포함.'),
  thing('fridge', 'appliance', '삼성 냉장고 300리터, 이사로 팝니다', '소음 없고 냄새 없어요. 용달 부르셔야 합니다.'),
  thing('kimchi', 'appliance', '딤채 김치냉장고 뚜껑형', '김장철 전에 가져가세요. 성에 제거했습니다.'),
  thing('washer', 'appliance', 'LG 통돌이 세탁기 12kg', '세탁조 청소를 마쳤습니다. 급수 호스 포함.'),
  thing('vacuum', 'appliance', 'Dyson V10 cordless vacuum', 'New battery, three heads, wall dock.'),
  thing('airfryer', 'appliance', '에어프라이어 5리터', '바스켓 코팅 멀쩡해요. 설명서 있습니다.'),
  thing('microwave', 'appliance', '전자레인지 20L 하얀색', '회전판 깨끗합니다.'),
  thing('ricecooker', 'appliance', '쿠쿠 전기밥솥 6인용', '압력 패킹 새것. 내솥 코팅 양호.'),
  thing('desk', 'furniture', '원목 책상 1400, 서랍 두 개', '상판을 새로 칠했어요. 다리 분리됩니다.'),
  thing('standing-desk', 'furniture', 'Electric standing desk 1600', 'Memory presets, quiet motor. Pick-up only.'),
  thing('office-chair', 'furniture', '사무용 의자 메쉬, 목받침', '좌판 꺼짐 없고 바퀴 잘 굴러요.'),
  thing('mattress', 'furniture', '퀸 매트리스, 방수커버 씌워 씀', '얼룩 없어요. 2년 사용.'),
  thing(
    'stroller',
    'baby',
    'Compact travel stroller, folds with one hand',
    'Fits in an overhead bin. Rain cover included.',
  ),
  thing('carseat', 'baby', '회전형 카시트 신생아부터', '사고 이력 없습니다. 시트 세탁함.'),
  thing('lego', 'baby', '레고 시티 경찰서 60316', '부품 다 있고 설명서 있어요.'),
  thing('padding', 'men', '롱패딩 남성 XL 검정', '작년 겨울에 두 번 입었어요. 털 빠짐 없음.'),
  thing('hanbok', 'women', '개량 한복 치마 저고리 세트', '명절에 한 번 입었습니다. 66 사이즈.'),
  thing('boots', 'women', 'Leather ankle boots, size 38', 'Resoled this autumn, brown.'),
  thing('road-bike', 'sport', '로드 자전거 시마노 105, 54 사이즈', '카본 포크. 클릿 페달은 뺐습니다.'),
  thing('kids-bike', 'sport', '어린이 네발자전거 16인치', '보조바퀴 탈착 가능. 헬멧 같이 드려요.'),
  thing('golf', 'sport', '골프채 풀세트 여성용', '드라이버부터 퍼터까지 11개, 캐디백 포함.'),
  thing('dumbbell', 'sport', '덤벨 10kg 한 쌍', '고무 코팅이라 바닥이 안 상해요.'),
  thing('sleeping-bag', 'sport', '동계 침낭 1300g 구스', '압축백 포함. 세탁 전문점에 맡겼습니다.'),
  thing('cat-carrier', 'pet', '고양이 이동장, 위로 열림', '병원 다닐 때만 썼어요.'),
  thing('dog-clothes', 'pet', '소형견 겨울옷 세 벌', '말티즈가 입던 옷이에요. 세탁 완료.'),
  thing('digital-piano', 'other', '야마하 디지털피아노 88건반', '의자와 페달 포함. 엘리베이터 있는 집이에요.'),
  thing('ukulele', 'other', 'Concert ukulele with soft case', 'New strings, stays in tune.'),
  thing('violin', 'other', '바이올린 4/4 연습용', '활과 송진 드려요.'),
  thing('comics', 'other', '슬램덩크 만화책 전권', '신장재편판 20권. 변색 조금.'),
  thing('lp', 'other', '산울림 1집 LP 재발매반', '한 번 틀어 봤습니다. 속지 있음.'),
  thing('perfume', 'other', '향수 50ml 반 남음', '우디 계열. 정품 영수증 있어요.'),
]

function thing(key: string, category: string, title: string, content: string): GradedThing {
  return { key, category, title, content }
}

export const things: GradedThing[] = [
  ...[endingSoon, aboutToStart, ...lots].map(({ key, category, title, content }) => ({
    key,
    category,
    title,
    content,
  })),
  ...harder,
]
