/** Signing up, signing in, passwords and phone checks. */
export const accounts = {
  needsScript: '가입과 로그인에는 자바스크립트가 필요해요. 둘러보는 데는 없어도 돼요.',

  logIn: {
    title: '로그인',
    lead: '다시 만나서 반가워요.',
    login: '이메일 또는 휴대폰 번호',
    password: '비밀번호',
    submit: '로그인',
    forgot: '비밀번호를 잊었어요',
    noAccount: '한라봉이 처음이세요?',
    signUp: '회원가입',
    already: '이미 로그인했어요',
    goOn: '계속하기',
  },

  signUp: {
    title: '회원가입',
    lead: '이메일이나 휴대폰 번호로 1분이면 돼요.',
    way: '가입 방법',
    byEmail: '이메일',
    byPhone: '휴대폰 번호',
    email: '이메일',
    name: '이름',
    nameHint: '다른 사람에게 보여요. 별명이어도 괜찮아요.',
    handle: '아이디',
    handleHint: '비워 두면 저희가 하나 골라 드려요. 14일에 한 번 바꿀 수 있어요.',
    handleFree: '쓸 수 있는 아이디예요',
    password: '비밀번호',
    agreeTerms: '이용약관과 개인정보처리방침에 동의해요',
    readTerms: '이용약관',
    readPrivacy: '개인정보처리방침',
    readHint: (terms: string, privacy: string) => `${terms} · ${privacy} 읽어 보기`,
    over14: '만 14세 이상이에요',
    submitEmail: '인증 메일 받기',
    submitPhone: '가입 마치기',
    haveAccount: '이미 계정이 있나요?',
    logIn: '로그인',
    welcome: (name: string) => `${name} 님, 환영해요.`,
    phoneProven: (phone: string) => `${phone} 번호를 확인했어요.`,
    changePhone: '다른 번호로 할게요',
  },

  confirm: {
    title: '메일을 확인해 주세요',
    sent: (email: string) => `${email} 주소로 숫자 6자리를 보냈어요. 30분 안에 적어 주세요.`,
    hint: '메일이 안 보이면 스팸함도 살펴봐 주세요. 이미 가입한 주소라면 번호 대신 안내 메일이 가요.',
    submit: '가입 마치기',
    changeAddress: '주소 고치기',
    byLink: '이메일을 확인하고 있어요',
    failed: '이 링크로는 가입을 마칠 수 없어요',
    elsewhere: '비밀번호를 적어 주세요',
    elsewhereLead:
      '가입을 시작한 브라우저가 아니라서, 가입할 때 정한 비밀번호를 한 번 물어봐요. 가입하신 적이 없다면 그냥 닫아 주세요. 계정이 생기지 않아요.',
    again: '처음부터 가입하기',
  },

  phone: {
    number: '휴대폰 번호',
    numberHint: '인증에만 쓰고 아무에게도 보여 주지 않아요. 한국 휴대폰 번호만 돼요.',
    send: '인증번호 받기',
    sent: (phone: string) => `${phone} 번호로 인증번호를 보냈어요.`,
    sentMaybe: (phone: string) => `가입한 번호라면 ${phone} 번호로 인증번호가 가요.`,
    change: '번호 고치기',
    code: '인증번호 6자리',
    codeHint: '5분 안에 적어 주세요.',
    check: '확인',
    resend: '다시 받기',
    resendIn: (seconds: number) => `${seconds}초 뒤에 다시 받을 수 있어요`,
    resent: '인증번호를 다시 보냈어요.',
    triesLeft: (count: number) => `${count}번 더 적어 볼 수 있어요.`,
  },

  verify: {
    title: '휴대폰 인증',
    why: '서로 믿고 거래하려고, 팔거나 입찰하기 전에 한 번만 번호를 확인해요.',
    password: '비밀번호',
    passwordHint: '로그인한 지 조금 지나서, 본인인지 한 번 더 확인해요.',
    confirm: '인증 마치기',
    done: '휴대폰 인증을 마쳤어요.',
  },

  password: {
    rules: '비밀번호 규칙',
    met: '충족',
    unmet: '아직',
    length: '8자 이상, 64자 이하',
    mix: '글자, 숫자, 기호를 모두 포함 (12자 이상이면 없어도 돼요)',
    notDigits: '숫자로만 되어 있지 않게',
    unlike: '아이디, 이름, 이메일과 다르게',
  },

  forgot: {
    title: '비밀번호 다시 정하기',
    lead: '가입한 이메일이나 휴대폰 번호로 본인인지 확인할게요.',
    submit: '링크 받기',
    sentTitle: '메일을 보냈어요',
    sent: (email: string) =>
      `${email} 주소로 가입한 계정이 있다면 링크가 도착해요. 링크는 30분 동안 한 번만 쓸 수 있어요.`,
    again: '다른 주소로 받기',
    back: '로그인으로 돌아가기',
  },

  reset: {
    title: '새 비밀번호',
    lead: '새 비밀번호를 정하면 모든 기기에서 로그아웃돼요.',
    password: '새 비밀번호',
    submit: '비밀번호 바꾸기',
    done: '비밀번호를 바꿨어요. 새 비밀번호로 로그인해 주세요.',
    noLink: '링크가 온전하지 않아요',
    noLinkText: '메일에 있는 링크를 다시 눌러 주세요. 30분이 지났다면 새 링크를 받을 수 있어요.',
    newLink: '새 링크 받기',
  },
}

export type AccountTexts = typeof accounts
