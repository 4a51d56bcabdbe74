import { cleanup, fireEvent, render } from '@solidjs/testing-library'
import { createSignal } from 'solid-js'
import { afterEach, describe, expect, test } from 'vitest'
import { Combobox } from '../../../web/ui/combobox/combobox.tsx'

afterEach(() => {
  cleanup()
  document.body.replaceChildren()
})

/** A field of the page, as the edge has written it, and what becomes of it. */
function field(...names: string[]) {
  document.body.innerHTML = '<form class="relative"><input type="search" name="q"></form><a href="#x">elsewhere</a>'
  const input = document.querySelector('input')!
  const [options, setOptions] = createSignal(names)
  const typed: string[] = []
  const chosen: string[] = []
  const { unmount } = render(() => (
    <Combobox
      input={input}
      place={input.form!}
      label="Suggestions"
      options={options().map((key) => ({ key, content: () => key, choose: () => chosen.push(key) }))}
      onType={(text) => typed.push(text)}
    />
  ))
  const list = document.querySelector<HTMLElement>('[role=listbox]')!
  const active = () => {
    const id = input.getAttribute('aria-activedescendant')
    const option = id === null ? null : document.getElementById(id)
    expect(option?.getAttribute('aria-selected') ?? 'true').toBe('true')
    return option?.textContent ?? null
  }
  function write(text: string): void {
    input.focus()
    input.value = text
    fireEvent.input(input)
  }
  return {
    input,
    list,
    setOptions,
    typed,
    chosen,
    unmount,
    active,
    write,
    isOpen: () => input.getAttribute('aria-expanded') === 'true' && !list.hidden,
    press: (key: string, more: KeyboardEventInit = {}) => fireEvent.keyDown(input, { key, ...more }),
  }
}

describe('a combobox', () => {
  test('says what it is, names its list, and is a plain field again afterwards', () => {
    const { input, list, unmount, write } = field('one')
    expect(input.getAttribute('role')).toBe('combobox')
    expect(input.getAttribute('aria-controls')).toBe(list.id)
    expect(input.getAttribute('aria-expanded')).toBe('false')
    expect(list.getAttribute('aria-label')).toBe('Suggestions')
    write('o')
    unmount()
    expect(input.outerHTML).toBe('<input type="search" name="q">')
    expect(document.querySelector('[role=listbox]')).toBeNull()
  })

  test('opens by typing when there is something to choose', () => {
    const { write, isOpen, setOptions, typed } = field()
    write('ca')
    expect(typed).toEqual(['ca'])
    expect(isOpen()).toBe(false)
    setOptions(['camera'])
    expect(isOpen()).toBe(true)
  })

  test('moves through the list with the arrows, round by way of the field, whose focus stays', () => {
    const { input, write, press, active } = field('one', 'two')
    write('x')
    expect(active()).toBeNull()
    for (const expected of ['one', 'two', null, 'one']) {
      press('ArrowDown')
      expect(active()).toBe(expected)
    }
    for (const expected of [null, 'two', 'one']) {
      press('ArrowUp')
      expect(active()).toBe(expected)
    }
    expect(document.activeElement).toBe(input)
  })

  test('chooses with Enter what is marked, and leaves Enter to the form otherwise', () => {
    const { write, press, chosen, isOpen } = field('one', 'two')
    write('x')
    // `fireEvent` tells whether the event was let through.
    expect(press('Enter')).toBe(true)
    expect(chosen).toEqual([])
    press('ArrowDown')
    press('ArrowDown')
    expect(press('Enter')).toBe(false)
    expect(chosen).toEqual(['two'])
    expect(isOpen()).toBe(false)
  })

  test('leaves keys to an input method that is still composing', () => {
    const { write, press, chosen, active } = field('카메라')
    write('카')
    press('ArrowDown', { isComposing: true })
    expect(active()).toBeNull()
    press('ArrowDown')
    press('Enter', { isComposing: true })
    expect(chosen).toEqual([])
    press('Enter')
    expect(chosen).toEqual(['카메라'])
  })

  test('closes with Escape, which then belongs to the field, and opens again with an arrow', () => {
    const { write, press, isOpen } = field('one')
    write('x')
    expect(press('Escape')).toBe(false)
    expect(isOpen()).toBe(false)
    expect(press('Escape')).toBe(true)
    press('ArrowDown')
    expect(isOpen()).toBe(true)
  })

  test('closes when the form is sent or the focus goes elsewhere', () => {
    const { write, isOpen, input } = field('one')
    write('x')
    fireEvent.submit(input.form!)
    expect(isOpen()).toBe(false)
    write('xy')
    expect(isOpen()).toBe(true)
    fireEvent.focusOut(input, { relatedTarget: document.querySelector('a') })
    expect(isOpen()).toBe(false)
  })

  test('lets the pointer choose without taking the focus from the field', () => {
    const { write, list, chosen } = field('one', 'two')
    write('x')
    const second = list.querySelectorAll('[role=option]')[1]!
    expect(fireEvent.mouseDown(second)).toBe(false)
    fireEvent.click(second)
    expect(chosen).toEqual(['two'])
  })

  test('marks nothing once the list is another one', () => {
    const { write, press, active, setOptions } = field('one', 'two')
    write('x')
    press('ArrowDown')
    setOptions(['three'])
    expect(active()).toBeNull()
    press('ArrowDown')
    expect(active()).toBe('three')
  })
})
