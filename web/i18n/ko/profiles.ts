export const profiles = {
  manner: '매너 점수',
  mannerOf: (score: string) => `매너 ${score}`,
  bands: { cold: '아직 차가워요', warm: '따뜻해요', hot: '뜨끈해요', glowing: '아주 뜨거워요' },
  mannerScale: '0에서 99까지, 처음에는 40이에요. 거래 뒤에 서로 남긴 평가로 움직여요.',
  reviews: (count: string) => `받은 후기 ${count}개 보기`,
  verified: '휴대폰 인증',
  unverified: '인증 전',
  suspended: '이용 정지',
  follows: '팔로잉',
  followers: '팔로워',
  deals: '끝낸 거래',
  noShows: '약속 어김',
  joined: (date: string) => `${date} 가입`,
  private:
    '비공개 계정이에요. 소개와 팔로우 목록은 받아들인 팔로워만 볼 수 있어요. 경매와 매너 점수는 누구나 볼 수 있어요.',
  edit: '프로필 고치기',
  selling: '파는 물건',
  nothing: '아직 올린 경매가 없어요',
  description: (name: string, manner: string) => `${name} 님의 경매와 매너 점수(${manner})를 한라봉에서 보세요.`,
  linksLabel: '링크',
  counts: '거래 기록',
}

export type ProfileTexts = typeof profiles
