import { createSignal, onMount, Show } from 'solid-js'
import { useTexts } from '../../i18n/i18n.ts'
import type { HeadContext, PageHead, PageProps } from '../../page.ts'
import { ButtonLink } from '../../ui/link/link.tsx'
import { Note } from '../../ui/problem-note/problem-note.tsx'
import { Skeleton } from '../../ui/skeleton/skeleton.tsx'
import { AuthFrame } from './auth-frame.tsx'
import { fromFragment } from './from-fragment.ts'
import { NewPassword } from './new-password.tsx'

/** Where the link in the mail leads. */
export function ResetPasswordPage(_props: PageProps<null>) {
  const t = useTexts('accounts')
  const [token, setToken] = createSignal<string | null | undefined>(undefined)
  onMount(() => setToken(fromFragment('token')))
  return (
    <AuthFrame title={t.reset.title} lead={t.reset.lead}>
      <Show when={token() !== undefined} fallback={<Skeleton class="h-40 w-full" />}>
        <Show
          when={token()}
          fallback={
            <Note
              tone="brick"
              title={t.reset.noLink}
              action={<ButtonLink href="/forgot-password">{t.reset.newLink}</ButtonLink>}
            >
              {t.reset.noLinkText}
            </Note>
          }
        >
          {(token) => <NewPassword proof={{ token: token() }} />}
        </Show>
      </Show>
    </AuthFrame>
  )
}

export function resetPasswordHead({ texts }: HeadContext<null>): PageHead {
  return { title: texts('accounts').reset.title, isIndexed: false }
}
