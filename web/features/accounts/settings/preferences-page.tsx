import { useLocation } from '../../../ui/navigation/navigation.ts'
import { createSignal, For } from 'solid-js'
import type { Preferences } from '../../../../worker/contract/accounts.ts'
import { accountsApi } from '../../../api/accounts.ts'
import { answer } from '../../../api/call.ts'
import { asProblem } from '../../../api/problem.ts'
import { choosePersonalised } from '../../../api/personalised.ts'
import { chooseTheme, theme, themes } from '../../../api/theme.ts'
import { useLanguage, useTexts } from '../../../i18n/i18n.ts'
import { inLanguage, type Language, languageNames, languages } from '../../../i18n/language.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import type { HeadContext, PageHead, PageProps } from '../../../page.ts'
import { Card } from '../../../ui/card/card.tsx'
import { RadioField } from '../../../ui/field/radio-field.tsx'
import { SwitchField } from '../../../ui/field/tick-field.tsx'
import { showToast } from '../../../ui/toast/toast.tsx'
import { SubPage } from '../../../ui/sub-page/sub-page.tsx'
import { Recommendations } from './recommendations.tsx'

const senders = ['everyone', 'followed', 'nobody'] as const satisfies readonly Preferences['messagesFrom'][]

/** Each choice takes effect at once and is taken back, with the reason, when the server does not accept it. */
export function PreferencesPage(props: PageProps<Preferences>) {
  const t = useTexts('settings')
  const common = useTexts('common')
  const words = useProblemWords()
  const language = useLanguage()
  const location = useLocation()
  // oxlint-disable-next-line solid/reactivity -- what was loaded is where the choices begin
  const [chosen, setChosen] = createSignal<Preferences>(props.data)

  async function choose(change: Partial<Preferences>): Promise<boolean> {
    const before = chosen()
    setChosen({ ...before, ...change })
    try {
      setChosen(await answer(accountsApi.preferences.$patch({ json: change })))
      showToast({ text: t.preferences.saved, tone: 'leaf' })
      return true
    } catch (thrown) {
      setChosen(before)
      showToast({ text: words(asProblem(thrown)).title, tone: 'brick' })
      return false
    }
  }

  async function speak(next: Language): Promise<void> {
    const isSaved = await choose({ language: next })
    // Another language is another document.
    if (isSaved && next !== language) window.location.assign(inLanguage(location.pathname, next))
  }

  async function personalise(isOn: boolean): Promise<void> {
    if (await choose({ personalised: isOn })) choosePersonalised(isOn)
  }

  return (
    <SubPage back={{ href: '/settings', label: t.title }} title={t.preferences.title}>
      <div class="flex flex-col gap-4">
        <Card>
          <RadioField
            row
            label={t.preferences.language}
            hint={t.preferences.languageHint}
            value={language}
            options={languages.map((value) => ({ value, label: languageNames[value] }))}
            onValue={(next) => void speak(next)}
          />
        </Card>
        <Card>
          <RadioField
            row
            label={t.preferences.theme}
            value={theme()}
            options={themes.map((value) => ({ value, label: common.theme[value] }))}
            onValue={chooseTheme}
          />
        </Card>
        <Card>
          <RadioField
            label={t.preferences.messagesFrom}
            hint={t.preferences.messagesFromHint}
            value={chosen().messagesFrom}
            options={senders.map((value) => ({ value, label: t.preferences.senders[value] }))}
            onValue={(messagesFrom) => void choose({ messagesFrom })}
          />
        </Card>
        <Card class="divide-y divide-line">
          <For each={['showInRooms', 'showBidName'] as const}>
            {(name) => (
              <SwitchField
                class="py-1"
                label={t.preferences[name]}
                hint={t.preferences[`${name}Hint`]}
                checked={chosen()[name]}
                onChecked={(isOn) => void choose({ [name]: isOn })}
              />
            )}
          </For>
        </Card>
        <Recommendations isOn={chosen().personalised} onChoose={(isOn) => void personalise(isOn)} />
      </div>
    </SubPage>
  )
}

export function preferencesHead({ texts }: HeadContext<Preferences>): PageHead {
  return { title: texts('settings').preferences.title, isIndexed: false }
}
