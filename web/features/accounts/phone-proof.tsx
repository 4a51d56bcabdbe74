import { createSignal, Show } from 'solid-js'
import type { PhonePurpose } from '../../../worker/contract/accounts.ts'
import { accounts } from '../../../worker/contract/limits.ts'
import { accountsApi } from '../../api/accounts.ts'
import { answer } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { Button } from '../../ui/button/button.tsx'
import { TextField } from '../../ui/field/text-field.tsx'
import { createForm } from '../../ui/form/create-form.ts'
import { showToast } from '../../ui/toast/toast.tsx'
import { CodeField, useWrongCode } from './code-field.tsx'
import { useFaultWords } from '../../i18n/fault-words.ts'
import { ProblemOf } from './problem-of.tsx'
import { createSecondsLeft } from './seconds-left.ts'

/** Number, code, proof: for signing up, verifying, changing and resetting. The proof lasts 10 minutes and works once. */
export function PhoneProof(props: {
  purpose: PhonePurpose
  onProof: (phoneProof: string, phone: string) => void
  /** The first field takes the focus, as when this opens over a page. */
  autofocus?: boolean
}) {
  const t = useTexts('accounts')
  const faults = useFaultWords()
  const wrong = useWrongCode()
  const [challenge, setChallenge] = createSignal<string | null>(null)
  const [waitSeconds, startWait] = createSecondsLeft()
  const [isResending, setResending] = createSignal(false)
  let codeForm: HTMLFormElement | undefined

  const number = createForm({
    initial: { phone: '' },
    check: ({ phone }) => (isMobile(phone) ? {} : { phone: phone ? 'not-a-korean-mobile' : 'required' }),
    send: () => sendCode(),
  })
  const code = createForm({
    initial: { code: '' },
    check: ({ code }) => (/^\d{6}$/.test(code) ? {} : { code: 'not-a-code' }),
    async send({ code }) {
      const { phoneProof } = await answer(
        accountsApi.phone.codes[':challenge'].check.$post({ param: { challenge: challenge() ?? '' }, json: { code } }),
      )
      props.onProof(phoneProof, number.values.phone)
    },
  })

  async function sendCode(): Promise<void> {
    try {
      const { phone } = number.values
      const sent = await answer(accountsApi.phone.codes.$post({ json: { phone, purpose: props.purpose } }))
      setChallenge(sent.challenge)
      startWait(accounts.phoneCode.resendMs)
    } catch (thrown) {
      const { retryAfterMs } = asProblem(thrown)
      if (retryAfterMs) startWait(retryAfterMs)
      throw thrown
    }
  }

  async function resend(): Promise<void> {
    setResending(true)
    code.setProblem(null)
    try {
      await sendCode()
      code.set('code', '')
      showToast({ text: t.phone.resent, tone: 'leaf' })
    } catch (thrown) {
      code.setProblem(thrown)
    } finally {
      setResending(false)
    }
  }

  return (
    <Show
      when={challenge()}
      fallback={
        <form noValidate onSubmit={number.submit} class="flex flex-col gap-4">
          <TextField
            label={t.phone.number}
            hint={t.phone.numberHint}
            error={faults(number.faultOf('phone'))}
            name="phone"
            type="tel"
            inputmode="tel"
            autocomplete="tel-national"
            placeholder="010-0000-0000"
            autofocus={props.autofocus}
            required
            value={number.values.phone}
            onValue={(phone) => number.set('phone', phone)}
            onBlur={() => number.values.phone && number.leave('phone')}
          />
          <ProblemOf thrown={number.problem()} />
          <Button type="submit" look="main" size="large" wide busy={number.isBusy()}>
            {t.phone.send}
          </Button>
        </form>
      }
    >
      <form ref={codeForm} noValidate onSubmit={code.submit} class="flex flex-col gap-4">
        <p class="rounded-control bg-sunken p-3">
          {props.purpose === 'reset' ? t.phone.sentMaybe(number.values.phone) : t.phone.sent(number.values.phone)}{' '}
          <button
            type="button"
            class="min-h-11 font-semibold text-tangerine-text underline underline-offset-4"
            onClick={() => {
              setChallenge(null)
              code.set('code', '')
              code.setProblem(null)
            }}
          >
            {t.phone.change}
          </button>
        </p>
        <CodeField
          value={code.values.code}
          onValue={(digits) => {
            code.set('code', digits)
            code.setProblem(null)
          }}
          onComplete={() => codeForm?.requestSubmit()}
          error={wrong(code.problem()) ?? faults(code.faultOf('code'))}
          hint={t.phone.codeHint}
          waitSeconds={waitSeconds()}
          isResending={isResending()}
          onResend={() => void resend()}
        />
        <ProblemOf thrown={wrong(code.problem()) === undefined ? code.problem() : null} />
        <Button type="submit" look="main" size="large" wide busy={code.isBusy()}>
          {t.phone.check}
        </Button>
      </form>
    </Show>
  )
}

/** As people type it: with or without dashes, spaces or the country's code. */
function isMobile(phone: string): boolean {
  return /^(?:\+82|0082)?0?10\d{8}$/.test(phone.replaceAll(/[\s().-]/g, ''))
}
