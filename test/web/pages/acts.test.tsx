import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library'
import type { JSX } from 'solid-js'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { DecisionView } from '../../../worker/contract/moderation.ts'
import { ApiProblem } from '../../../web/api/problem.ts'
import { AppealPart } from '../../../web/features/moderation/appeal.tsx'
import { ActSheet } from '../../../web/features/staff/act-sheet.tsx'
import { loadTexts, textsOf } from '../../../web/i18n/dictionaries.ts'
import { LanguageProvider } from '../../../web/i18n/i18n.ts'
import { KitWordsProvider } from '../../../web/ui/words/words.tsx'

/** With which key the API was asked, each time; and what it says next. */
let keys: (string | null)[]
let answers: (() => Response)[]

beforeAll(() => loadTexts('ko', ['common', 'problems', 'staff', 'decisions']))
beforeEach(() => {
  keys = []
  answers = []
  vi.stubGlobal('fetch', async (_path: string, init: RequestInit) => {
    keys.push(new Headers(init.headers).get('idempotency-key'))
    return answers.shift()?.() ?? Response.json({})
  })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function show(ui: () => JSX.Element) {
  render(() => (
    <LanguageProvider value="ko">
      <KitWordsProvider value={textsOf('ko', 'common').kit}>{ui()}</KitWordsProvider>
    </LanguageProvider>
  ))
}

/** Writes and sends; over once the form has its answer. */
async function send(text: string): Promise<void> {
  fireEvent.input(screen.getByRole('textbox', { hidden: true }), { target: { value: text } })
  const form = document.querySelector('form')
  const before = keys.length
  if (form) fireEvent.submit(form)
  await expect.poll(() => keys.length).toBe(before + 1)
  await expect.poll(() => document.querySelector('[aria-busy="true"], [aria-disabled="true"]')).toBe(null)
}

const refused = (status: number, code: string) => () => Response.json({ code, status }, { status })

test('an appeal is one under its key until the server has judged it, and what is mended is another', async () => {
  const decision = {
    id: 'dec_1',
    appeal: { state: 'open', until: '2026-12-01T00:00:00.000Z', text: null, answer: null },
  }
  const pictures = { media: () => [], isReady: () => true, keep: () => {} }
  show(() => (
    <AppealPart
      decision={decision as unknown as DecisionView}
      evidence={{ create: () => pictures, Field: () => null }}
      onAppealed={() => Promise.reject(new ApiProblem('too-many-requests', { status: 429 }))}
    />
  ))
  fireEvent.click(screen.getByRole('button', { name: textsOf('ko', 'decisions').appeal.open }))
  answers = [refused(503, 'unavailable'), refused(422, 'invalid-fields')]
  await send('Not so')
  await send('Not so')
  await send('That is not so')
  // It was sent, but could not be shown: nothing new is meant.
  await send('That is not so')
  const [lost, judged, mended, again] = keys
  expect(lost).toBeTruthy()
  expect(judged).toBe(lost)
  expect(mended).not.toBe(judged)
  expect(again).toBe(mended)
})

test('an act of staff is one under its key until the server has judged it, and is done also where that cannot be shown', async () => {
  const onClose = vi.fn<() => void>()
  const statuses = [503, 409]
  show(() => (
    <ActSheet
      open
      onClose={onClose}
      title="Suspend"
      label="Facts"
      send={async (_text, key) => {
        keys.push(key)
        const status = statuses.shift()
        if (status !== undefined) throw new ApiProblem('conflict', { status })
      }}
      onDone={() => Promise.reject(new ApiProblem('unavailable', { status: 503 }))}
    />
  ))
  await send('No goods')
  await send('No goods')
  await send('No goods were sent')
  const [lost, judged, mended] = keys
  expect(judged).toBe(lost)
  expect(mended).not.toBe(judged)
  await expect.poll(() => onClose.mock.calls.length).toBe(1)
})
