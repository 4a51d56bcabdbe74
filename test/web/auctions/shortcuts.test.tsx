import { cleanup, render } from '@solidjs/testing-library'
import { afterEach, describe, expect, test } from 'vitest'
import { keepSignals } from '../../../web/features/auctions/room/kept.ts'
import { createShortcuts } from '../../../web/features/auctions/room/shortcuts.ts'

afterEach(() => {
  cleanup()
  localStorage.clear()
})

function room() {
  const pressed: string[] = []
  const { container } = render(() => {
    createShortcuts({
      bid: () => void pressed.push('bid'),
      max: () => void pressed.push('max'),
      chat: async () => void pressed.push('chat'),
      help: () => void pressed.push('help'),
    })
    return <input />
  })
  const press = (key: KeyboardEventInit, target: EventTarget = document.body) =>
    target.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...key }))
  return { pressed, press, input: container.querySelector('input')! }
}

describe('single keys', () => {
  test('lead to the bid button, the maximum, the chat and the list of keys', () => {
    const { pressed, press } = room()
    press({ key: 'b', code: 'KeyB' })
    press({ key: 'm', code: 'KeyM' })
    press({ key: 'c', code: 'KeyC' })
    press({ key: '?', code: 'Slash', shiftKey: true })
    expect(pressed).toEqual(['bid', 'max', 'chat', 'help'])
  })

  test('work while the keyboard writes Korean', () => {
    const { pressed, press } = room()
    press({ key: 'ㅠ', code: 'KeyB' })
    expect(pressed).toEqual(['bid'])
  })

  test('do nothing while somebody types, with a modifier, or once they are switched off', () => {
    const { pressed, press, input } = room()
    press({ key: 'b', code: 'KeyB' }, input)
    press({ key: 'b', code: 'KeyB', ctrlKey: true })
    press({ key: 'B', code: 'KeyB', shiftKey: true })
    keepSignals({ keys: false, sound: false, vibrate: false })
    press({ key: 'b', code: 'KeyB' })
    expect(pressed).toEqual([])
  })
})
