import { useNavigate } from '../../../ui/navigation/navigation.ts'
import { accountsApi } from '../../../api/accounts.ts'
import { answer } from '../../../api/call.ts'
import { session } from '../../../api/session.ts'
import { useFaultWords } from '../../../i18n/fault-words.ts'
import { useTexts } from '../../../i18n/i18n.ts'
import type { HeadContext, PageHead, PageProps } from '../../../page.ts'
import { Button } from '../../../ui/button/button.tsx'
import { PasswordField } from '../../../ui/field/text-field.tsx'
import { createForm } from '../../../ui/form/create-form.ts'
import { Link } from '../../../ui/link/link.tsx'
import { SubPage } from '../../../ui/sub-page/sub-page.tsx'
import { showToast } from '../../../ui/toast/toast.tsx'
import { NewPasswordField } from '../new-password-field.tsx'
import { passwordFault } from '../password-rules.tsx'
import { ProblemOf } from '../problem-of.tsx'

export function PasswordPage(_props: PageProps<null>) {
  const t = useTexts('settings')
  const faults = useFaultWords()
  const navigate = useNavigate()
  const owner = () => ({
    handle: session.account()?.handle ?? null,
    name: session.account()?.name ?? null,
    email: session.account()?.email ?? null,
  })
  const form = createForm({
    initial: { current: '', password: '' },
    check: ({ current, password }) => ({
      ...(current ? {} : { current: 'required' }),
      ...passwordFault(password, owner()),
    }),
    async send(values) {
      await answer(accountsApi.password.change.$post({ json: { ...values } }))
      showToast({ text: t.password.done, tone: 'leaf' })
      navigate('/settings')
    },
  })
  return (
    <SubPage back={{ href: '/settings', label: t.title }} title={t.password.title} lead={t.password.lead}>
      <form noValidate method="post" onSubmit={form.submit} class="flex max-w-md flex-col gap-4">
        {/* Password managers look for the name beside the password. */}
        <input type="hidden" name="username" autocomplete="username" value={owner().email ?? owner().handle ?? ''} />
        <PasswordField
          label={t.password.current}
          error={faults(form.faultOf('current'))}
          name="current"
          autocomplete="current-password"
          required
          value={form.values.current}
          onValue={(current) => form.set('current', current)}
        />
        <NewPasswordField
          label={t.password.next}
          value={form.values.password}
          onValue={(password) => form.set('password', password)}
          onLeave={() => form.values.password && form.leave('password')}
          fault={form.faultOf('password')}
          owner={owner()}
        />
        <ProblemOf thrown={form.problem()} />
        <Button type="submit" look="main" size="large" busy={form.isBusy()}>
          {t.password.submit}
        </Button>
        <p>
          <Link href="/forgot-password" class="inline-flex min-h-11 items-center">
            {t.password.forgot}
          </Link>
        </p>
      </form>
    </SubPage>
  )
}

export function passwordHead({ texts }: HeadContext<null>): PageHead {
  return { title: texts('settings').password.title, isIndexed: false }
}
