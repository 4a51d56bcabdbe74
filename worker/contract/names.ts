/** What leaves no trace on a screen: joiners, soft hyphens, tags, blank letters. With it one name can be had many times over. */
const unseen = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u

/** Where it makes a picture: a joiner between two, the choice of how one looks, a key of the telephone. */
const inPictures =
  /(?<=\p{Extended_Pictographic}[\p{Emoji_Modifier}\uFE0F]?)\u200D(?=\p{Extended_Pictographic})|(?<=\p{Extended_Pictographic})[\uFE0E\uFE0F]|(?<=[0-9#*])\uFE0F(?=\u20E3)/gu

export function hasUnseen(name: string): boolean {
  return unseen.test(name.replaceAll(inPictures, ''))
}

/** Who speaks for the house. The house is a fruit as well, so its name is free beside other words: `한라봉 농부`. */
const staff =
  `hallabong 한라봉 admin admins administrator administrators moderator moderators operator operators official
  staff support helpdesk webmaster customerservice customersupport customercenter system 어드민 모더레이터 스태프 스탭 시스템
  공식 운영자 운영진 운영팀 운영본부 운영사무국 관리자 관리진 관리팀 고객센터 고객지원 고객상담 상담원`.split(/\s+/)

/** What may stand beside them without making it another name. */
const beside = ['the', 'team', 'account', '계정', '센터', '팀', '님']

const likeStaff = new RegExp(`^(?:${beside.join('|')})*(?:${staff.join('|')})(?:${[...staff, ...beside].join('|')})*$`)

const lookalikes: Record<string, string> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't' }

/**
 * Whether a name would be taken for the house: nothing but its words, however they are written. `Admin 2`, `adm1n`, `Ａ.Ｄ.Ｍ.Ｉ.Ｎ` and
 * `[한라봉 운영자]` are, `관리 안 하는 사람` is not.
 */
export function isLikeStaff(name: string): boolean {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').normalize('NFC').toLowerCase()
  const read = plain.replaceAll(/[013457]/g, (digit) => lookalikes[digit] ?? digit)
  return [plain, read].some((text) => likeStaff.test(text.replaceAll(/\P{L}/gu, '')))
}
