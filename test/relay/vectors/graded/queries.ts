/**
 * What people might type, and which things they would be glad to see: 3 what was meant, 2 would do as well, 1 is of the
 * neighbourhood. Judged from the things alone, before any engine was asked; a query that no engine of ours can answer
 * stays in, for that is what it is there to show.
 */
export interface GradedQuery {
  kind: 'plain' | 'particle' | 'spacing' | 'typo' | 'beginning' | 'synonym' | 'model' | 'described'
  text: string
  grades: Record<string, 1 | 2 | 3>
}

type Grades = GradedQuery['grades']
const of = (kind: GradedQuery['kind'], queries: [text: string, grades: Grades][]): GradedQuery[] =>
  queries.map(([text, grades]) => ({ kind, text, grades }))

const bicycles: Grades = { 'bicycle-sea': 3, 'road-bike': 3, 'kids-bike': 3 }
const cameras: Grades = { 'film-camera': 3, mirrorless: 3 }
const headphones: Grades = { 'cancelled-headphones': 3, wh1000xm4: 3, airpods: 1 }
const strollers: Grades = { 'pram-navy': 3, stroller: 3, carseat: 1 }
const fridges: Grades = { fridge: 3, kimchi: 2 }
const sofas: Grades = { 'armchair-rose': 3, 'armchair-pine': 2 }

export const queries: GradedQuery[] = [
  ...of('plain', [
    ['자전거', bicycles],
    ['카메라', cameras],
    ['의자', { 'chair-clay': 3, 'office-chair': 3, 'armchair-pine': 3, 'armchair-rose': 1 }],
    ['냉장고', fridges],
    ['목도리', { 'scarf-cream': 3, 'teddy-oak': 1 }],
    ['주전자', { 'teapot-dots': 3, 'kettle-butter': 3, 'moka-pot': 1 }],
    ['headphones', headphones],
    ['텐트', { 'tent-butter': 3, 'sleeping-bag': 1 }],
    ['한복', { hanbok: 3 }],
    ['standing desk', { 'standing-desk': 3, desk: 2 }],
  ]),
  ...of('particle', [
    ['자전거를 사고 싶어요', bicycles],
    ['카메라로', cameras],
    ['의자는', { 'chair-clay': 3, 'office-chair': 3, 'armchair-pine': 3, 'armchair-rose': 1 }],
    ['텐트랑 침낭', { 'tent-butter': 3, 'sleeping-bag': 3 }],
    ['기타에', { 'guitar-butter': 3, ukulele: 1 }],
    ['냉장고만', fridges],
    ['턴테이블이랑 LP판', { 'record-player': 3, lp: 3 }],
    ['책장에서', { 'unsold-bookshelf': 3 }],
  ]),
  ...of('spacing', [
    ['필름카메라', { 'film-camera': 3, mirrorless: 2 }],
    ['손 목시계', { 'watch-navy': 3, 'draft-clock': 1 }],
    ['전기주전자', { 'kettle-butter': 3, 'teapot-dots': 2, 'moka-pot': 1 }],
    ['캣 타워', { 'cat-tower': 3, 'cat-carrier': 1 }],
    ['곰인형', { 'teddy-oak': 3 }],
    ['유리병정원', { 'terrarium-jar': 3, 'plant-monstera': 1 }],
    ['에어 프라이어', { airfryer: 3 }],
    ['롱 패딩', { padding: 3, 'coat-camel': 1 }],
    ['강아지침대', { 'pet-bed': 3 }],
    ['디지털 피아노', { 'digital-piano': 3 }],
    ['안락 의자', { 'armchair-pine': 3, 'armchair-rose': 2, 'chair-clay': 1, 'office-chair': 1 }],
  ]),
  ...of('typo', [
    ['카매라', cameras],
    ['자전겨', bicycles],
    ['스케이트보두', { 'unsold-skateboard': 3 }],
    ['모카퍼트', { 'moka-pot': 3 }],
    ['프라이펜', { 'unsold-pan': 3 }],
    ['bycicle', bicycles],
    ['hedphones', headphones],
    ['strollr', strollers],
    ['세탁키', { washer: 3 }],
    ['테니스 라캣', { 'racket-clay': 3 }],
    ['몬스태라', { 'plant-monstera': 3 }],
    ['guitr', { 'guitar-butter': 3, ukulele: 1 }],
  ]),
  ...of('beginning', [
    ['카메', cameras],
    ['턴테', { 'record-player': 3 }],
    ['스케이', { 'unsold-skateboard': 3 }],
    ['냉장ㄱ', fridges],
    ['ㅋㅌㅇ', { 'cat-tower': 3 }],
    ['바이올ㄹ', { violin: 3 }],
    ['head', headphones],
    ['몬스테', { 'plant-monstera': 3 }],
  ]),
  ...of('synonym', [
    ['bike', bicycles],
    ['fridge', fridges],
    ['유모차', strollers],
    ['소파', sofas],
    ['couch', sofas],
    ['camera', cameras],
    ['guitar', { 'guitar-butter': 3, ukulele: 1 }],
    ['laptop', { macbook: 3, ipad: 1 }],
    ['노트북', { macbook: 3, ipad: 1, 'backpack-pine': 1 }],
    ['backpack', { 'backpack-pine': 3, 'handbag-clay': 1 }],
    ['청소기', { vacuum: 3 }],
    ['부츠', { boots: 3, 'sneakers-leaf': 1 }],
    ['아령', { dumbbell: 3 }],
    ['휴대폰', { 'iphone-15': 3, 'iphone-13': 3, 'galaxy-s24': 3 }],
    ['fish tank', { 'fish-bowl': 3 }],
    ['화분', { 'plant-monstera': 3, 'terrarium-jar': 2 }],
    ['washing machine', { washer: 3 }],
    ['레코드 플레이어', { 'record-player': 3, lp: 1 }],
    ['악기', { 'guitar-butter': 3, 'digital-piano': 3, ukulele: 3, violin: 3 }],
    ['단화', { 'sneakers-leaf': 2, boots: 1 }],
    ['comic books', { comics: 3, 'books-five': 1 }],
  ]),
  ...of('model', [
    ['아이폰 15', { 'iphone-15': 3, 'iphone-13': 2 }],
    ['아이폰13', { 'iphone-13': 3, 'iphone-15': 2 }],
    ['rtx 3080', { 'rtx-3080': 3, 'rtx-4070': 2 }],
    ['rtx4070', { 'rtx-4070': 3, 'rtx-3080': 2 }],
    ['wh1000xm4', { wh1000xm4: 3, 'cancelled-headphones': 1 }],
    ['갤럭시s24', { 'galaxy-s24': 3 }],
    ['macbook air m2', { macbook: 3 }],
    ['A6400', { mirrorless: 3 }],
  ]),
  ...of('described', [
    ['겨울에 입을 외투', { 'coat-camel': 3, padding: 3 }],
    ['고양이 용품', { 'cat-tower': 3, 'cat-carrier': 3 }],
    ['빨간 곰', { 'teddy-oak': 3 }],
    ['출퇴근용 자전거', { 'bicycle-sea': 3, 'road-bike': 2, 'kids-bike': 1 }],
    ['something to keep fish in', { 'fish-bowl': 3 }],
    ['신생아 물건', { 'pram-navy': 3, carseat: 3, stroller: 2 }],
    ['커피 내리는 도구', { 'moka-pot': 3 }],
    ['나무로 된 가구', { 'chair-clay': 3, desk: 3, 'unsold-bookshelf': 3, 'unsold-table': 3, 'draft-clock': 1 }],
    ['운동할 때 쓰는 무거운 것', { dumbbell: 3 }],
    ['남색 시계', { 'watch-navy': 3, 'draft-clock': 1 }],
  ]),
]
