import { cleanup, render, screen } from '@solidjs/testing-library'
import { createSignal, Show } from 'solid-js'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { loadTexts, textsOf } from '../../../web/i18n/dictionaries.ts'
import { LanguageProvider } from '../../../web/i18n/i18n.ts'
import { lazyPart } from '../../../web/i18n/lazy-part.ts'
import { type KnownProblem, useProblemWords } from '../../../web/i18n/problem-words.ts'
import { toasts } from '../../../web/ui/toast/toast.tsx'

beforeAll(() => loadTexts('ko', ['common']))
afterEach(cleanup)

describe('a part that comes later', () => {
  test('leaves its place empty until it is here, then shows what it was given', async () => {
    let arrive: (part: (props: { name: string }) => string) => void = () => {}
    const Part = lazyPart<{ name: string }>(() => new Promise((resolve) => (arrive = resolve)), ['forms'])
    const { container } = render(() => <Part name="봄이" />)
    expect(container.textContent).toBe('')
    arrive((props) => props.name)
    expect(await screen.findByText('봄이')).toBeTruthy()
    expect(textsOf('ko', 'forms').nameLength).toBeTruthy()
  })

  test('is fetched once, also when it was asked for early', async () => {
    const load = vi.fn<() => Promise<() => string>>(async () => () => 'here')
    const Part = lazyPart(load, [])
    await Part.preload()
    render(() => (
      <>
        <Part />
        <Part />
      </>
    ))
    expect(screen.getAllByText(/here/)).toBeTruthy()
    expect(load).toHaveBeenCalledTimes(1)
  })

  test('that cannot come says so and is tried again the next time', async () => {
    const load = vi
      .fn<() => Promise<() => string>>()
      .mockRejectedValueOnce(new TypeError('Failed to fetch'))
      .mockResolvedValueOnce(() => 'at last')
    const Part = lazyPart(load, [])
    render(() => <Part />)
    await vi.waitFor(() => expect(toasts().at(-1)?.text).toBe(textsOf('ko', 'common').notLoaded.other))
    cleanup()
    render(() => <Part />)
    expect(await screen.findByText('at last')).toBeTruthy()
  })

  test('is tried again by each wish where it stands already, and says each time that it cannot come', async () => {
    const load = vi
      .fn<() => Promise<() => string>>()
      .mockRejectedValueOnce(new TypeError('Failed to fetch'))
      .mockRejectedValueOnce(new TypeError('Failed to fetch'))
      .mockResolvedValueOnce(() => 'at last')
    const Part = lazyPart(load, [])
    const before = toasts().at(-1)?.id
    render(() => <Part />)
    await vi.waitFor(() => expect(toasts().at(-1)?.id).not.toBe(before))
    const first = toasts().at(-1)?.id
    expect(await Part.want()).toBe(false)
    const second = toasts().at(-1)?.id
    expect(second).not.toBe(first)
    // The same said again takes the place of what was said.
    expect(toasts().map(({ id }) => id)).not.toContain(first)
    expect(await Part.want()).toBe(true)
    expect(screen.getByText('at last')).toBeTruthy()
    expect(toasts().at(-1)?.id).toBe(second)
  })

  test('that cannot come says so once, however many want it', async () => {
    const Part = lazyPart(() => Promise.reject(new TypeError('Failed to fetch')), [])
    const before = toasts().at(-1)?.id ?? 0
    render(() => (
      <>
        <Part />
        <Part />
      </>
    ))
    await Part.want()
    expect(toasts().at(-1)?.id).toBe(before + 1)
  })

  test('that cannot come early says nothing until somebody wants it', async () => {
    const load = vi.fn<() => Promise<() => string>>(() => Promise.reject(new TypeError('Failed to fetch')))
    const Part = lazyPart(load, [])
    const before = toasts().at(-1)?.id
    await Part.preload()
    expect(toasts().at(-1)?.id).toBe(before)
    const early = Part.preload()
    await Part.want()
    await early
    expect(load).toHaveBeenCalledTimes(2)
    expect(toasts().at(-1)?.id).not.toBe(before)
  })

  test('that cannot come is closed, so that the next press opens it', async () => {
    const load = vi
      .fn<() => Promise<() => string>>()
      .mockRejectedValueOnce(new TypeError('Failed to fetch'))
      .mockResolvedValueOnce(() => 'at last')
    const Sheet = lazyPart<{ onClose: () => void }>(load, [])
    const [isOpen, setOpen] = createSignal(true)
    render(() => <Show when={isOpen()}>{<Sheet onClose={() => setOpen(false)} />}</Show>)
    await vi.waitFor(() => expect(isOpen()).toBe(false))
    setOpen(true)
    expect(await screen.findByText('at last')).toBeTruthy()
  })

  test('of an older build offers to load the page anew', async () => {
    const reload = vi.spyOn(location, 'reload').mockReturnValue()
    const Part = lazyPart(() => Promise.reject(new TypeError('Failed to fetch dynamically imported module')), [])
    await Part.want()
    const { notLoaded, reload: label } = textsOf('ko', 'common')
    const said = toasts().at(-1)
    expect(said).toMatchObject({ text: notLoaded['update-needed'], action: { label } })
    said?.action?.run()
    expect(reload).toHaveBeenCalledTimes(1)
  })
})

describe('the words of a problem', () => {
  function say(problem: KnownProblem): HTMLElement {
    function Said() {
      const words = useProblemWords()
      return <p>{Object.values(words(problem)).filter(Boolean).join(' | ')}</p>
    }
    return render(() => (
      <LanguageProvider value="ko">
        <Said />
      </LanguageProvider>
    )).container
  }

  test('are general before they have arrived, and exact on the same screen once they have', async () => {
    const screen = say({ code: 'link-spent' })
    expect(screen.textContent).toBe(textsOf('ko', 'common').notLoaded.other)
    await vi.waitFor(() => expect(screen.textContent).toContain('더는 쓸 수 없는 링크예요'))
  })

  test('say when to try again, and know what to say of a code they do not know', async () => {
    await loadTexts('ko', ['problems'])
    expect(say({ code: 'too-many-requests', retryAfterMs: 41_000 }).textContent).toContain('41초 뒤에')
    const { internal } = textsOf('ko', 'problems')
    expect(say({ code: 'unavailable', status: 503 }).textContent).toContain(' | unavailable')
    expect(say({ code: 'of-tomorrow' }).textContent).toBe(internal.join(' | '))
  })
})
