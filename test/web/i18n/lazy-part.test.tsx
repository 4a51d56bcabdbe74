import { cleanup, render, screen } from '@solidjs/testing-library'
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
      .mockRejectedValueOnce(new TypeError('Failed to fetch dynamically imported module'))
      .mockResolvedValueOnce(() => 'at last')
    const Part = lazyPart(load, [])
    render(() => <Part />)
    await vi.waitFor(() => expect(toasts().at(-1)?.text).toBe(textsOf('ko', 'common').notLoaded.other))
    cleanup()
    render(() => <Part />)
    expect(await screen.findByText('at last')).toBeTruthy()
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
