/** What is wrong with a field, by the API's code; and the limits that a field may add. */
export const forms = {
  faults: {
    required: '꼭 필요한 칸이에요',
    needed: '동의가 필요해요',
    empty: '꼭 필요한 칸이에요',
    invalid: '다시 확인해 주세요',
    wrong: '비밀번호가 맞지 않아요',
    'too-short': '조금 더 길게 적어 주세요',
    'too-long': '조금 더 짧게 적어 주세요',
    'forbidden-characters': '쓸 수 없는 문자가 있어요',
    'like-staff': '운영진으로 보일 수 있는 이름은 쓸 수 없어요',
    'not-an-email': '이메일 주소를 다시 확인해 주세요',
    'not-a-korean-mobile': '010으로 시작하는 번호를 적어 주세요',
    'not-a-code': '숫자 6자리를 적어 주세요',
    'not-a-link': 'https 주소를 적어 주세요',
    common: '너무 흔한 비밀번호예요',
    characters: '영문 소문자, 숫자, 밑줄(_), 마침표(.)만 쓸 수 있어요',
    dots: '마침표는 처음과 끝에 오거나 이어서 쓸 수 없어요',
    reserved: '쓸 수 없는 아이디예요',
    taken: '이미 누가 쓰고 있어요',
    held: '얼마 전까지 다른 사람이 쓰던 아이디예요',
  } as Record<string, string>,
  handleLength: '4자에서 25자까지 쓸 수 있어요',
  nameLength: '2자에서 25자까지 쓸 수 있어요',
  passwordWeak: '아래 규칙을 확인해 주세요',
}

export type FormTexts = typeof forms
