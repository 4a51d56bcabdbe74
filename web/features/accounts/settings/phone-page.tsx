import { createSignal, Show } from 'solid-js'
import { session } from '../../../api/session.ts'
import { useFormat, useTexts } from '../../../i18n/i18n.ts'
import type { HeadContext, PageHead, PageProps } from '../../../page.ts'
import { Button } from '../../../ui/button/button.tsx'
import { Note } from '../../../ui/problem-note/problem-note.tsx'
import { SubPage } from '../../../ui/sub-page/sub-page.tsx'
import { showToast } from '../../../ui/toast/toast.tsx'
import { AttachPhone } from '../attach-phone.tsx'

export function PhonePage(_props: PageProps<null>) {
  const t = useTexts('settings')
  const accounts = useTexts('accounts')
  const format = useFormat()
  const [isChanging, setChanging] = createSignal(false)
  const isVerified = () => session.account()?.phoneVerified === true
  const changeFrom = () => session.account()?.limits.phoneFrom ?? null
  return (
    <SubPage back={{ href: '/settings', label: t.title }} title={t.phone.title} lead={accounts.verify.why}>
      <Show
        when={isVerified() && !isChanging()}
        fallback={
          <div class="max-w-md">
            <AttachPhone
              purpose={isVerified() ? 'change' : 'verify'}
              onAttached={() => {
                showToast({ text: isChanging() ? t.phone.changed : accounts.verify.done, tone: 'leaf' })
                setChanging(false)
              }}
            />
          </div>
        }
      >
        <Note tone="leaf" title={t.phone.verified}>
          {t.phone.verifiedText}
        </Note>
        <Show
          when={changeFrom()}
          fallback={
            <Button class="mt-4" onClick={() => setChanging(true)}>
              {t.phone.change}
            </Button>
          }
        >
          {(from) => <p class="mt-4 text-caption text-ink-soft">{t.phone.changeFrom(format.date(from()))}</p>}
        </Show>
      </Show>
    </SubPage>
  )
}

export function phoneHead({ texts }: HeadContext<null>): PageHead {
  return { title: texts('settings').phone.title, isIndexed: false }
}
