import { lettersOf } from '../vectors/jamo.ts'

/**
 * What people sell each other, in both languages: one concept a line, `group: words that name it`. It is all the offline
 * embedder knows of meaning beyond spelling. Words of the same line are taken for the same; lines of one group for related. A Hangul
 * word also counts inside a longer one (`카메라` in `필름카메라`) when it has two syllables or more. `-` stands for a space, and
 * `*` marks a word that means any of its group.
 *
 * Written from the aisles of second-hand markets, not from anybody's queries. A real model knows more; see `README.md` in
 * `relay/vectors`.
 */
const lines = `
phone: *스마트폰 *휴대폰 *핸드폰 *휴대전화 *phone *smartphone *cellphone *mobile
phone: 아이폰 iphone
phone: 갤럭시 galaxy
computer: 노트북 랩톱 맥북 laptop notebook macbook
computer: *컴퓨터 데스크톱 데스크탑 본체 피시 *computer desktop pc
computer: 태블릿 아이패드 갤탭 tablet ipad
computer: 모니터 monitor display
computer: 키보드 자판 keyboard
computer: 마우스 mouse
computer: 그래픽카드 글카 지포스 graphics-card gpu geforce rtx
computer: 프린터 복합기 printer
computer: 공유기 router
computer: 하드디스크 외장하드 저장장치 ssd hdd hard-drive
sound: 이어폰 에어팟 버즈 earphone earbud airpod
sound: 헤드폰 헤드셋 headphone headset
sound: 스피커 speaker
sound: 앰프 amplifier amp
sound: 마이크 microphone mic
record: 턴테이블 레코드플레이어 전축 축음기 turntable record-player phonograph gramophone
record: 엘피 레코드판 음반 바이닐 lp vinyl record
camera: 카메라 사진기 디카 camera
camera: 필름 film
camera: 렌즈 lens
camera: 삼각대 tripod
game: 게임기 닌텐도 스위치 플스 플레이스테이션 콘솔 console nintendo playstation xbox handheld
game: 보드게임 board-game boardgame
game: 퍼즐 puzzle jigsaw
watch: 시계 clock
watch: 손목시계 워치 watch wristwatch
watch: 스마트워치 애플워치 갤럭시워치 smartwatch
appliance: 냉장고 fridge refrigerator
appliance: 세탁기 washer washing-machine laundry-machine
appliance: 건조기 dryer
appliance: 청소기 vacuum vacuum-cleaner hoover
appliance: 에어컨 냉방기 air-conditioner aircon
appliance: 선풍기 서큘레이터 fan
appliance: 난로 히터 난방기 온풍기 heater stove
appliance: 가습기 humidifier
appliance: 제습기 dehumidifier
appliance: 공기청정기 air-purifier
appliance: 텔레비전 티비 tv television
appliance: 프로젝터 빔프로젝터 projector beamer
appliance: 다리미 iron steamer
appliance: 헤어드라이어 드라이기 hairdryer hair-dryer
cooking: 전자레인지 microwave
cooking: 오븐 oven
cooking: 에어프라이어 air-fryer
cooking: 밥솥 전기밥솥 rice-cooker
cooking: 토스터 토스트기 toaster
cooking: 믹서기 블렌더 blender mixer
cooking: 프라이팬 후라이팬 팬 frying-pan skillet pan
cooking: 냄비 솥 pot saucepan casserole
cooking: 칼 식칼 knife
cooking: 도마 cutting-board
tea: 주전자 찻주전자 다관 teapot
tea: 전기포트 커피포트 포트 kettle
tea: 모카포트 moka moka-pot
tea: 커피머신 에스프레소 커피메이커 coffee-machine espresso coffee-maker
tea: 커피 원두 coffee
tea: 차 찻잎 tea
dish: 그릇 사발 공기 대접 bowl
dish: 접시 plate dish
dish: 컵 머그 머그잔 잔 cup mug
dish: 텀블러 보온병 물병 tumbler thermos flask bottle
dish: 수저 숟가락 젓가락 포크 cutlery spoon fork chopstick
dish: 도자기 백자 청자 자기 ceramic porcelain pottery
seat: 의자 체어 chair
seat: 안락의자 일인용소파 armchair lounge-chair recliner
seat: 소파 쇼파 sofa couch
seat: 스툴 stool
seat: 벤치 bench
table: 책상 데스크 desk
table: 식탁 밥상 dining-table
table: 탁자 테이블 협탁 사이드테이블 table side-table nightstand
store: 책장 책꽂이 서가 bookshelf bookcase
store: 선반 shelf rack
store: 옷장 장롱 wardrobe closet
store: 서랍장 서랍 drawer chest-of-drawers dresser
store: 수납장 캐비닛 cabinet cupboard
store: 행거 옷걸이 hanger coat-rack
store: 바구니 basket
bed: 침대 bed
bed: 매트리스 mattress
bed: 이불 담요 blanket duvet quilt
bed: 베개 쿠션 pillow cushion
light: *조명 램프 스탠드 전등 무드등 lamp light
light: 전구 bulb
light: 양초 초 캔들 candle
home: 거울 mirror
home: 커튼 블라인드 curtain blind
home: 카펫 러그 rug carpet
home: 액자 그림 포스터 frame picture poster painting
home: 꽃병 화병 vase
plant: *식물 *화초 *화분 *plant *houseplant pot-plant potted-plant
plant: 테라리움 유리병정원 terrarium
plant: 고사리 이끼 fern moss
plant: 다육이 선인장 succulent cactus
plant: 꽃 flower
tool: *공구 드릴 전동공구 *tool drill
tool: 망치 hammer
tool: 사다리 ladder
tool: 재봉틀 미싱 sewing-machine
baby: 유아차 유모차 pram stroller pushchair buggy
baby: 카시트 car-seat
baby: 아기 유아 신생아 baby infant newborn
baby: 아기침대 crib cot
baby: 기저귀 diaper nappy
baby: 젖병 분유 baby-bottle formula
toy: *장난감 *완구 *toy
toy: 인형 봉제인형 doll plush stuffed
toy: 곰인형 곰돌이 테디베어 teddy-bear teddy
toy: 블록 레고 block lego
toy: 흔들목마 목마 rocking-horse
toy: 고리쌓기 쌓기놀이 stacking-ring stacking
outer: 코트 외투 coat overcoat
outer: 패딩 점퍼 잠바 padding puffer jacket
outer: 재킷 자켓 블레이저 jacket blazer
outer: 가디건 카디건 cardigan
wear: *옷 *의류 *의복 *clothes *clothing *apparel
wear: 셔츠 남방 블라우스 shirt blouse
wear: 티셔츠 반팔 tshirt tee
wear: 바지 청바지 슬랙스 pants trousers jeans
wear: 치마 스커트 skirt
wear: 원피스 드레스 dress gown
wear: 니트 스웨터 knit sweater jumper
wear: 한복 hanbok
wear: 정장 양복 suit
wear: 양말 sock
accessory: 목도리 머플러 스카프 scarf muffler
accessory: 모자 캡 hat cap
accessory: 장갑 glove mitten
accessory: 벨트 허리띠 belt
accessory: 안경 선글라스 glasses eyeglasses sunglasses
accessory: 우산 양산 umbrella parasol
accessory: 지갑 wallet purse
accessory: 반지 목걸이 귀걸이 팔찌 주얼리 ring necklace earring bracelet jewelry jewellery
bag: *가방 *bag
bag: 배낭 백팩 책가방 backpack rucksack
bag: 핸드백 손가방 숄더백 토트백 handbag tote
bag: 여행가방 캐리어 트렁크 suitcase luggage carrier
shoe: *신발 구두 *shoe *footwear
shoe: 운동화 스니커즈 sneaker trainer running-shoe
shoe: 로퍼 단화 loafer
shoe: 부츠 장화 boot
shoe: 슬리퍼 샌들 slipper sandal
cycle: 자전거 bicycle bike cycle
cycle: 킥보드 전동킥보드 scooter kickboard
cycle: 오토바이 바이크 스쿠터 motorcycle motorbike moped
cycle: 헬멧 helmet
board: 스케이트보드 보드 skateboard longboard
board: 스키 ski
board: 스노보드 스노우보드 snowboard
board: 서핑보드 서핑 surfboard surf
board: 인라인 롤러스케이트 스케이트 skate rollerblade
fitness: 아령 덤벨 dumbbell
fitness: 케틀벨 kettlebell
fitness: 바벨 역기 barbell weight
fitness: 러닝머신 트레드밀 treadmill
fitness: 요가매트 요가 필라테스 yoga yoga-mat pilates
fitness: *운동기구 *헬스 *운동 *gym *exercise *workout *fitness
ball: 라켓 테니스 배드민턴 racket racquet tennis badminton
ball: 골프 골프채 golf
ball: 축구공 축구 football soccer
ball: 농구공 농구 basketball
ball: 야구 글러브 baseball
camp: 텐트 tent
camp: 캠핑 야영 camping camp outdoor
camp: 침낭 sleeping-bag
camp: 등산 등산화 hiking trekking
camp: 낚시 낚싯대 fishing
pet: 고양이 냥이 캣 cat kitten kitty
pet: 강아지 개 반려견 멍멍이 dog puppy
pet: 캣타워 캣폴 cat-tower cat-tree
pet: 방석침대 반려동물침대 펫침대 pet-bed dog-bed cat-bed
pet: *반려동물 *애완동물 *펫 *pet
pet: 어항 수조 fishbowl fish-bowl aquarium fish-tank
pet: 물고기 금붕어 구피 fish goldfish
pet: 사료 간식 feed kibble
instrument: 기타 통기타 어쿠스틱 guitar acoustic
instrument: 피아노 piano
instrument: 디지털피아노 신디사이저 건반 synthesizer electric-piano
instrument: 바이올린 violin
instrument: 드럼 drum
instrument: 우쿨렐레 ukulele
instrument: 플루트 색소폰 클라리넷 flute saxophone clarinet
instrument: *악기 *instrument
book: *책 *도서 *서적 *book
book: 만화 만화책 웹툰 comic manga
book: 소설 novel fiction
book: 동화책 그림책 picture-book
book: 교과서 문제집 참고서 textbook workbook
book: 잡지 magazine
stationery: 만년필 펜 볼펜 연필 pen pencil fountain-pen
stationery: 공책 다이어리 수첩 notepad diary planner
beauty: 향수 perfume fragrance
beauty: *화장품 립스틱 *cosmetics makeup lipstick
ticket: *티켓 *표 *입장권 *ticket
ticket: 상품권 기프티콘 gift-card voucher
car: 자동차 승용차 car automobile
car: 타이어 바퀴 휠 tire tyre wheel
craft: 뜨개 뜨개질 털실 knitting yarn wool
antique: 골동품 빈티지 앤티크 레트로 antique vintage retro
colour: 빨강 빨간 빨간색 적색 red
colour: 파랑 파란 파란색 남색 하늘색 바다색 blue navy
colour: 노랑 노란 노란색 yellow
colour: 초록 초록색 녹색 green
colour: 검정 검은 검정색 까만 흑색 black
colour: 하양 하얀 흰 흰색 white
colour: 분홍 분홍색 핑크 pink
colour: 갈색 밤색 brown
colour: 회색 grey gray
colour: 보라 보라색 purple
colour: 주황 주황색 귤색 오렌지 orange tangerine
colour: 베이지 크림색 크림 beige cream
material: 나무 원목 목재 wood wooden
material: 가죽 leather
material: 유리 glass
material: 금속 철제 스틸 쇠 metal steel
material: 벨벳 우단 velvet
material: 알루미늄 aluminium aluminum
`

/** What a word stands for, in no language: a concept of a group, or with null the group itself. */
export interface Concept {
  concept: string | null
  group: string
}

const concepts = new Map<string, Concept[]>()
for (const [index, line] of lines.trim().split('\n').entries()) {
  const [group = '', words = ''] = line.split(': ')
  for (const word of words.split(' ')) {
    const key = word.replace('*', '').replaceAll('-', ' ')
    const concept = word.startsWith('*') ? null : `${group}/${index}`
    concepts.set(key, [...(concepts.get(key) ?? []), { concept, group }])
  }
}

const longestEntry = Math.max(...[...concepts.keys()].map((word) => word.length))

/** What a word, or two with a space between, is known to stand for. */
export function conceptsOf(word: string): readonly Concept[] {
  return concepts.get(word) ?? []
}

/** What a Hangul word holds: itself if it is known, else the longest known words inside it from left to right. */
export function conceptsIn(word: string): readonly Concept[] {
  const found: Concept[] = []
  for (let at = 0; at < word.length;) {
    let length = Math.min(longestEntry, word.length - at)
    const isWhole = () => at === 0 && length === word.length
    while (length > 0 && ((length < 2 && !isWhole()) || !concepts.has(word.slice(at, at + length)))) length--
    found.push(...conceptsOf(word.slice(at, at + length)))
    at += Math.max(1, length)
  }
  return found
}

/**
 * The known word that somebody may have meant: one letter off (Hangul taken apart) in a word of 5 letters or more, two
 * from 7 on; exchanged neighbours are one. Null where none is so near, or where the word is known.
 */
export function meantBy(word: string): string | null {
  const letters = lettersOf(word)
  if (letters.length < 5 || concepts.has(word)) return null
  let nearest: string | null = null
  let least = letters.length < 7 ? 2 : 3
  for (const [known, spelt] of spellings) {
    if (Math.abs(spelt.length - letters.length) >= least) continue
    const distance = lettersOff(letters, spelt, least)
    if (distance >= least) continue
    least = distance
    nearest = known
  }
  return nearest
}

const spellings = new Map(
  [...concepts.keys()].map((word) => [word, lettersOf(word)] as const).filter(([, letters]) => letters.length >= 4),
)

/** Optimal string alignment (Damerau 1964, without editing a pair twice); `most` as soon as it cannot be less. */
function lettersOff(one: string, other: string, most: number): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let row = 1; row <= one.length; row++) {
    const current = [row]
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1]
      const isSwap = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      const at = (line: readonly number[], index: number) => line[index] ?? Infinity
      current.push(
        Math.min(
          at(last, column) + 1,
          at(current, column - 1) + 1,
          at(last, column - 1) + (same ? 0 : 1),
          isSwap ? at(beforeLast, column - 2) + 1 : Infinity,
        ),
      )
    }
    if (Math.min(...current) >= most) return most
    beforeLast = last
    last = current
  }
  return last.at(-1) ?? most
}
