import { useNavigate } from '../../ui/navigation/navigation.ts'
import { accountsApi } from '../../api/accounts.ts'
import { answer } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { session } from '../../api/session.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { Button } from '../../ui/button/button.tsx'
import { createForm } from '../../ui/form/create-form.ts'
import { ButtonLink } from '../../ui/link/link.tsx'
import { showToast } from '../../ui/toast/toast.tsx'
import { NewPasswordField } from './new-password-field.tsx'
import { passwordFault } from './password-rules.tsx'
import { ProblemOf } from './problem-of.tsx'

/** The end of a reset: a new password for whoever holds the link or the phone. Every sign-in ends, this browser's too. */
export function NewPassword(props: { proof: { token: string } | { phoneProof: string } }) {
  const t = useTexts('accounts')
  const navigate = useNavigate()
  const form = createForm({
    initial: { password: '' },
    check: ({ password }) => passwordFault(password, {}),
    async send({ password }) {
      await answer(accountsApi.password.reset.confirm.$post({ json: { ...props.proof, password } }))
      if (session.state() === 'signed-in') await session.logOut().catch(() => {})
      showToast({ text: t.reset.done, tone: 'leaf' })
      navigate('/log-in', { replace: true })
    },
  })
  const isSpent = () => ['link-spent', 'proof-spent'].includes(form.problem() ? asProblem(form.problem()).code : '')
  return (
    <form noValidate method="post" onSubmit={form.submit} class="flex flex-col gap-4">
      <NewPasswordField
        label={t.reset.password}
        value={form.values.password}
        onValue={(password) => form.set('password', password)}
        onLeave={() => form.values.password && form.leave('password')}
        fault={form.faultOf('password')}
        owner={{}}
      />
      <ProblemOf
        thrown={form.problem()}
        action={isSpent() ? <ButtonLink href="/forgot-password">{t.reset.newLink}</ButtonLink> : undefined}
      />
      <Button type="submit" look="main" size="large" wide busy={form.isBusy()}>
        {t.reset.submit}
      </Button>
    </form>
  )
}
