import Ban from 'lucide/dist/esm/icons/ban.mjs'
import Ellipsis from 'lucide/dist/esm/icons/ellipsis.mjs'
import UserMinus from 'lucide/dist/esm/icons/user-minus.mjs'
import Volume2 from 'lucide/dist/esm/icons/volume-2.mjs'
import VolumeX from 'lucide/dist/esm/icons/volume-x.mjs'
import { createSignal, For, Show } from 'solid-js'
import { people } from '../../api/people.ts'
import { asProblem } from '../../api/problem.ts'
import { session } from '../../api/session.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { useProblemWords } from '../../i18n/problem-words.ts'
import { Button } from '../../ui/button/button.tsx'
import { Icon } from '../../ui/icon/icon.tsx'
import { Menu, menuItemClass } from '../../ui/menu/menu.tsx'
import { useNavigate } from '../../ui/navigation/navigation.ts'
import { Sheet } from '../../ui/sheet/sheet.tsx'
import { showToast } from '../../ui/toast/toast.tsx'

type Asking = 'block' | 'mute' | 'remove'

/**
 * What one can do about somebody beside following them; for those who have signed in, not about oneself. Each asks first and says
 * what it does.
 */
export function PersonMenu(props: { handle: string; name: string }) {
  const t = useTexts('people')
  const common = useTexts('common')
  const words = useProblemWords()
  const navigate = useNavigate()
  const [asking, setAsking] = createSignal<Asking | null>(null)
  const [isBusy, setBusy] = createSignal(false)
  const standing = () => people.of(props.handle)
  const isShown = () => {
    const me = session.account()
    return me !== null && !me.suspension && me.handle !== props.handle && standing() != null
  }

  async function run(act: () => Promise<unknown>, done: string): Promise<boolean> {
    setBusy(true)
    try {
      await act()
      showToast({ text: done, tone: 'leaf' })
      setAsking(null)
      return true
    } catch (thrown) {
      showToast({ text: words(asProblem(thrown)).title, tone: 'brick' })
      return false
    } finally {
      setBusy(false)
    }
  }

  async function confirm(): Promise<void> {
    const { handle, name } = props
    switch (asking()) {
      case 'block':
        // The profile is there no more; the list of the blocked is where it can be taken back.
        if (await run(() => people.block(handle), t.menu.blocked(name))) navigate('/settings/blocked')
        return
      case 'mute':
        return void (await run(() => people.mute(handle, true), t.menu.muted(name)))
      case 'remove':
        return void (await run(() => people.removeFollower(handle), t.removed(name)))
      case null:
    }
  }

  return (
    <Show when={isShown()}>
      <Menu label={t.menu.label(props.name)} button={<Icon of={Ellipsis} />} class="target">
        <ul>
          <Show when={standing()?.isFollower}>
            <li>
              <button type="button" class={menuItemClass} onClick={() => setAsking('remove')}>
                <Icon of={UserMinus} /> {t.menu.remove}
              </button>
            </li>
          </Show>
          <li>
            <Show
              when={standing()?.isMuted}
              fallback={
                <button type="button" class={menuItemClass} onClick={() => setAsking('mute')}>
                  <Icon of={VolumeX} /> {t.menu.mute}
                </button>
              }
            >
              <button
                type="button"
                class={menuItemClass}
                onClick={() => void run(() => people.mute(props.handle, false), t.mutes.takenBack(props.name))}
              >
                <Icon of={Volume2} /> {t.mutes.takeBack}
              </button>
            </Show>
          </li>
          <li>
            <button type="button" class={`${menuItemClass} text-brick`} onClick={() => setAsking('block')}>
              <Icon of={Ban} /> {t.menu.block}
            </button>
          </li>
        </ul>
      </Menu>
      <Sheet
        open={asking() !== null}
        busy={isBusy()}
        onClose={() => setAsking(null)}
        title={t.ask[asking() ?? 'block'].title(props.name)}
        footer={
          <div class="flex justify-end gap-2">
            <Button disabled={isBusy()} onClick={() => setAsking(null)}>
              {common.cancel}
            </Button>
            <Button look={asking() === 'block' ? 'danger' : 'main'} busy={isBusy()} onClick={() => void confirm()}>
              {t.ask[asking() ?? 'block'].submit}
            </Button>
          </div>
        }
      >
        <ul class="grid list-disc gap-2 ps-5 marker:text-tangerine-text">
          <For each={t.ask[asking() ?? 'block'].says}>{(sentence) => <li class="text-pretty">{sentence}</li>}</For>
        </ul>
      </Sheet>
    </Show>
  )
}
