import type { MailContent } from '../../worker/contract/relay.ts'
import { noticeWordsEn, noticeWordsKo } from './notices.ts'

export type Language = 'ko' | 'en'

export interface Words {
  subject: string
  text: string
  html: string
}

/** What a mail says, before it becomes text and HTML. */
interface Draft {
  subject: string
  /** Paragraphs before and after the code or the button. */
  before: string[]
  code?: string
  button?: { label: string; link: string }
  after: string[]
}

/** The words of a mail in the reader's language, as plain text and as HTML that needs nothing from outside. */
export function writeMail(content: MailContent, language: Language): Words {
  const draft = drafts[language](content)
  return { subject: draft.subject, text: asText(draft, language), html: asHtml(draft, language) }
}

const drafts: Record<Language, (content: MailContent) => Draft> = { ko: draftKo, en: draftEn }

function draftKo(content: MailContent): Draft {
  switch (content.template) {
    case 'notice': {
      const { subject, more, button } = noticeWordsKo(content)
      return {
        subject: `[한라봉] ${subject}`,
        before: [`${subject}.`, ...more],
        button: { label: button, link: content.link },
        after: [`이런 메일을 그만 받으려면: ${content.settings}`],
      }
    }
    case 'verify-email':
      return {
        subject: `[한라봉] 인증번호 ${content.code}`,
        before: ['한라봉에 오신 것을 환영해요. 아래 인증번호를 입력하면 가입이 끝나요.'],
        code: content.code,
        button: { label: '이 주소로 가입 끝내기', link: content.link },
        after: [
          `인증번호와 링크는 ${content.minutes}분 동안 쓸 수 있어요.`,
          '직접 요청하지 않았다면 이 메일은 지우셔도 돼요. 아무 일도 일어나지 않아요.',
        ],
      }
    case 'already-registered':
      return {
        subject: '[한라봉] 이미 가입된 주소예요',
        before: ['누군가 이 주소로 가입하려고 했어요. 이 주소로는 이미 계정이 있어서 새로 만들지 않았어요.'],
        button: { label: '로그인하기', link: content.link },
        after: [
          '비밀번호가 생각나지 않으면 로그인 화면에서 다시 설정할 수 있어요.',
          '직접 하지 않았다면 그냥 두셔도 돼요.',
        ],
      }
    case 'reset-password':
      return {
        subject: '[한라봉] 비밀번호 다시 설정하기',
        before: ['아래 버튼을 눌러 새 비밀번호를 정해 주세요.'],
        button: { label: '새 비밀번호 정하기', link: content.link },
        after: [
          `링크는 ${content.minutes}분 동안 한 번만 쓸 수 있어요.`,
          '직접 요청하지 않았다면 이 메일은 지우셔도 돼요. 비밀번호는 그대로예요.',
        ],
      }
    case 'security-notice':
      return {
        subject: `[한라봉] ${changesKo[content.change]}`,
        before: [
          `${changesKo[content.change]}.`,
          ...detail('기기', content.device),
          ...detail('위치', content.place),
          `시각: ${timeIn('ko', content.at)}`,
        ],
        button: { label: '로그인 기록 보기', link: content.link },
        after: ['직접 하셨다면 그대로 두시면 돼요. 아니라면 다른 로그인을 모두 끝내고 비밀번호를 바꿔 주세요.'],
      }
  }
}

function draftEn(content: MailContent): Draft {
  switch (content.template) {
    case 'notice': {
      const { subject, more, button } = noticeWordsEn(content)
      return {
        subject: `[Hallabong] ${subject}`,
        before: [`${subject}.`, ...more],
        button: { label: button, link: content.link },
        after: [`To stop mails like this: ${content.settings}`],
      }
    }
    case 'verify-email':
      return {
        subject: `[Hallabong] Your code is ${content.code}`,
        before: ['Welcome to Hallabong. Enter this code to finish signing up.'],
        code: content.code,
        button: { label: 'Finish signing up', link: content.link },
        after: [
          `The code and the link are good for ${content.minutes} minutes.`,
          'If you did not ask for this, delete this mail and nothing will happen.',
        ],
      }
    case 'already-registered':
      return {
        subject: '[Hallabong] This address already has an account',
        before: ['Somebody tried to sign up with this address. It already has an account, so no new one was made.'],
        button: { label: 'Log in', link: content.link },
        after: [
          'If you have forgotten the password, you can set a new one from the log-in page.',
          'If it was not you, there is nothing to do.',
        ],
      }
    case 'reset-password':
      return {
        subject: '[Hallabong] Set a new password',
        before: ['Use this button to choose a new password.'],
        button: { label: 'Choose a new password', link: content.link },
        after: [
          `The link works once, for ${content.minutes} minutes.`,
          'If you did not ask for this, delete this mail. Your password stays as it is.',
        ],
      }
    case 'security-notice':
      return {
        subject: `[Hallabong] ${changesEn[content.change]}`,
        before: [
          `${changesEn[content.change]}.`,
          ...detail('Device', content.device),
          ...detail('Place', content.place),
          `Time: ${timeIn('en', content.at)}`,
        ],
        button: { label: 'See your sign-ins', link: content.link },
        after: ['If this was you, all is well. If not, end all other sign-ins and change your password.'],
      }
  }
}

type Change = Extract<MailContent, { template: 'security-notice' }>['change']

const changesKo: Record<Change, string> = {
  'new-device': '새로운 기기에서 로그인했어요',
  'password-changed': '비밀번호가 바뀌었어요',
  'password-reset': '비밀번호를 다시 설정했어요',
  'phone-attached': '휴대전화 번호를 인증했어요',
  'phone-changed': '휴대전화 번호가 바뀌었어요',
}

const changesEn: Record<Change, string> = {
  'new-device': 'New sign-in to your account',
  'password-changed': 'Your password was changed',
  'password-reset': 'Your password was reset',
  'phone-attached': 'A phone number was verified',
  'phone-changed': 'Your phone number was changed',
}

function detail(label: string, value: string | null): string[] {
  return value ? [`${label}: ${value}`] : []
}

function timeIn(language: Language, at: string): string {
  const locale = language === 'ko' ? 'ko-KR' : 'en-GB'
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Seoul' })
  return `${time.format(new Date(at))} (KST)`
}

const footers: Record<Language, string> = {
  ko: '한라봉이 자동으로 보낸 메일이에요. 답장은 읽을 수 없어요.',
  en: 'Hallabong sent this mail automatically. Replies cannot be read.',
}

function asText({ before, code, button, after }: Draft, language: Language): string {
  const middle = [...(code ? [code] : []), ...(button ? [`${button.label}: ${button.link}`] : [])]
  return `${[...before, ...middle, ...after, '--', footers[language]].join('\n\n')}\n`
}

function asHtml({ subject, before, code, button, after }: Draft, language: Language): string {
  const paragraph = (text: string) => `<p style="margin:0 0 12px">${escape(text)}</p>`
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(subject)}</title></head>
<body style="margin:0;background:#fbf7f0;color:#2a211a;font:16px/1.6 -apple-system,'Apple SD Gothic Neo','Noto Sans KR','Malgun Gothic',sans-serif">
<div style="max-width:480px;margin:0 auto;padding:32px 20px">
<p style="margin:0 0 20px;font-weight:700;font-size:20px;color:#b4530a">Hallabong</p>
${before.map(paragraph).join('\n')}
${code ? `<p style="margin:20px 0;font:700 32px/1.2 ui-monospace,Menlo,monospace;letter-spacing:6px">${escape(code)}</p>` : ''}
${button ? `<p style="margin:20px 0"><a href="${escape(button.link)}" style="display:inline-block;padding:12px 20px;border-radius:10px;background:#b4530a;color:#ffffff;text-decoration:none;font-weight:600">${escape(button.label)}</a></p>` : ''}
${after.map(paragraph).join('\n')}
<p style="margin:24px 0 0;padding-top:12px;border-top:1px solid #e6dccd;font-size:13px;color:#6b5f53">${escape(footers[language])}</p>
</div></body></html>
`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '')
}
