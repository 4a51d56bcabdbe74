import { useNavigate } from '../../ui/navigation/navigation.ts'
import { createSignal, Index, onMount, Show } from 'solid-js'
import type { OwnAccount } from '../../../worker/contract/accounts.ts'
import { profiles as limits } from '../../../worker/contract/limits.ts'
import { answer } from '../../api/call.ts'
import { createHandleCheck } from '../../api/handle-check.ts'
import { asProblem } from '../../api/problem.ts'
import { profilesApi } from '../../api/profiles.ts'
import { session } from '../../api/session.ts'
import { useFaultWords } from '../../i18n/fault-words.ts'
import { useFormat, useTexts } from '../../i18n/i18n.ts'
import { useProblemWords } from '../../i18n/problem-words.ts'
import type { HeadContext, PageHead, PageProps } from '../../page.ts'
import { Button } from '../../ui/button/button.tsx'
import { SwitchField } from '../../ui/field/tick-field.tsx'
import { TextAreaField, TextField } from '../../ui/field/text-field.tsx'
import { createForm } from '../../ui/form/create-form.ts'
import { ProblemNote } from '../../ui/problem-note/problem-note.tsx'
import { SubPage } from '../../ui/sub-page/sub-page.tsx'
import { showToast } from '../../ui/toast/toast.tsx'
import { ProfilePicture } from './profile-picture.tsx'

export function ProfileEditPage(_props: PageProps<null>) {
  const t = useTexts('settings')
  return (
    <SubPage back={{ href: '/settings', label: t.title }} title={t.profile.title}>
      <EditForm />
    </SubPage>
  )
}

interface Values {
  name: string
  handle: string
  bio: string
  links: readonly string[]
  isPublic: boolean
}

/** When the profile was changed elsewhere meanwhile, saving tells so; what was written here stays, and the next time it is what counts. */
function EditForm() {
  const t = useTexts('settings')
  const f = useTexts('forms')
  const format = useFormat()
  const faults = useFaultWords()
  const words = useProblemWords()
  const navigate = useNavigate()
  const own = session.account() as OwnAccount
  let version = own.version
  const [isPictureBusy, setPictureBusy] = createSignal(false)
  const [check, setCheck] = createSignal<((change: object) => Record<string, string>) | null>(null)
  onMount(() => void import('./profile-schema-form.ts').then((file) => setCheck(() => file.profileFaults)))

  const form = createForm<Values>({
    initial: {
      name: own.name,
      handle: own.handle,
      bio: own.bio ?? '',
      links: Array.from({ length: limits.links }, (_, index) => own.links?.[index] ?? ''),
      isPublic: own.isPublic,
    },
    check: (values) => ({ ...check()?.(changed(values)), ...handle.fault() }),
    async send(values) {
      if (!(await save(changed(values)))) return
      showToast({ text: t.profile.saved, tone: 'leaf' })
      navigate('/settings')
    },
  })
  const handle = createHandleCheck(() => form.values.handle, own.handle)

  function changed(values: Values) {
    const { name, bio, isPublic } = values
    const typed = values.handle.trim().toLowerCase()
    return {
      name,
      bio,
      isPublic,
      links: values.links.filter((link) => link.trim() !== ''),
      ...(typed === own.handle ? {} : { handle: typed }),
    }
  }

  async function save(change: object): Promise<boolean> {
    try {
      await answer(
        profilesApi(session.call)[':handle'].$patch(
          { param: { handle: own.handle }, json: change },
          { headers: { 'if-match': `"${version}"` } },
        ),
      )
    } catch (thrown) {
      if (asProblem(thrown).code !== 'stale-version') throw thrown
      await session.reloadAccount()
      version = session.account()?.version ?? version
      showToast({ text: t.profile.stale, tone: 'sky' })
      return false
    }
    // Saved it is also where that cannot be shown.
    await session.reloadAccount().catch(() => {})
    version = session.account()?.version ?? version
    return true
  }

  const problem = () => (form.problem() == null ? null : asProblem(form.problem()))
  return (
    <form noValidate onSubmit={form.submit} class="flex max-w-lg flex-col gap-5">
      <ProfilePicture
        own={session.account() ?? own}
        onBusy={setPictureBusy}
        onPicture={(picture) => save({ picture })}
      />
      <TextField
        label={t.profile.name}
        error={faults(form.faultOf('name'), { 'too-short': f.nameLength, 'too-long': f.nameLength })}
        name="name"
        autocomplete="nickname"
        required
        value={form.values.name}
        onValue={(name) => form.set('name', name)}
        onBlur={() => form.leave('name')}
      />
      <TextField
        label={t.profile.handle}
        hint={own.limits.handleFrom ? t.profile.handleFrom(format.date(own.limits.handleFrom)) : t.profile.handleHint}
        error={faults(form.faultOf('handle') ?? handle.fault().handle, {
          'too-short': f.handleLength,
          'too-long': f.handleLength,
        })}
        before="@"
        name="handle"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        disabled={own.limits.handleFrom !== null}
        value={form.values.handle}
        onValue={(text) => form.set('handle', text)}
      />
      <TextAreaField
        optional
        label={t.profile.bio}
        hint={t.profile.bioHint}
        aside={`${[...form.values.bio].length}/${limits.bio}`}
        error={faults(form.faultOf('bio'))}
        name="bio"
        rows={3}
        value={form.values.bio}
        onValue={(bio) => form.set('bio', bio)}
        onBlur={() => form.leave('bio')}
      />
      <Index each={form.values.links}>
        {(link, index) => (
          <TextField
            optional
            label={t.profile.link(index + 1)}
            error={index === form.values.links.length - 1 ? faults(form.faultOf('links')) : undefined}
            type="url"
            inputmode="url"
            autocomplete="url"
            placeholder="https://"
            value={link()}
            onValue={(text) =>
              form.set(
                'links',
                form.values.links.map((before, at) => (at === index ? text : before)),
              )
            }
            onBlur={() => form.leave('links')}
          />
        )}
      </Index>
      <SwitchField
        class="border-y border-line py-2"
        label={t.profile.isPublic}
        hint={!own.isPublic && form.values.isPublic ? t.profile.isOpening : t.profile.isPublicHint}
        checked={form.values.isPublic}
        onChecked={(isPublic) => form.set('isPublic', isPublic)}
      />
      <Show when={problem()}>
        {(problem) => <ProblemNote title={words(problem()).title} text={words(problem()).text} />}
      </Show>
      <Button type="submit" look="main" size="large" busy={form.isBusy() || isPictureBusy()}>
        {t.profile.save}
      </Button>
    </form>
  )
}

export function profileEditHead({ texts }: HeadContext<null>): PageHead {
  return { title: texts('settings').profile.title, isIndexed: false }
}
