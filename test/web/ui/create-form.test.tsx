import { createRoot } from 'solid-js'
import { describe, expect, test, vi } from 'vitest'
import { createForm, type FormOptions } from '../../../web/ui/form/create-form.ts'

interface Values {
  name: string
  email: string
}

function made(options: Partial<FormOptions<Values>> = {}) {
  const send = vi.fn<(values: Values) => Promise<void>>(async () => {})
  const form = createRoot(() =>
    createForm<Values>({
      initial: { name: '', email: '' },
      check: ({ name }) => (name.length < 2 ? { name: 'too-short' } : {}),
      send,
      ...options,
    }),
  )
  const element = document.createElement('form')
  let sent: Promise<void> = Promise.resolve()
  element.addEventListener('submit', (event) => (sent = form.submit(event as never)))
  const submit = () => {
    element.dispatchEvent(new Event('submit', { cancelable: true }))
    return sent
  }
  return { form, send, submit }
}

/** What the API throws, as far as a form is concerned. */
function refusal(faults: Record<string, string>) {
  return Object.assign(new Error('invalid-fields'), { faultOf: (field: string) => faults[field] })
}

describe('a form', () => {
  test('says nothing of a field before it was left or sending was tried', () => {
    const { form } = made()
    form.set('name', 'a')
    expect(form.faultOf('name')).toBe(undefined)
    form.leave('name')
    expect(form.faultOf('name')).toBe('too-short')
    form.set('name', 'ab')
    expect(form.faultOf('name')).toBe(undefined)
  })

  test('sends nothing while something is wrong, and then shows all of it', async () => {
    const { form, send, submit } = made()
    await submit()
    expect(send).not.toHaveBeenCalled()
    expect(form.faultOf('name')).toBe('too-short')
  })

  test('sends what was typed, once at a time', async () => {
    let finish: () => void = () => {}
    const send = vi.fn<(values: Values) => Promise<void>>(() => new Promise((resolve) => (finish = resolve)))
    const { form, submit } = made({ send })
    form.set('name', '봄이')
    const first = submit()
    void submit()
    expect(form.isBusy()).toBe(true)
    finish()
    await first
    expect(send).toHaveBeenCalledTimes(1)
    expect(send).toHaveBeenCalledWith({ name: '봄이', email: '' })
    expect(form.isBusy()).toBe(false)
  })

  test('shows the faults the server found until their field changes', async () => {
    const { form, submit } = made({ send: () => Promise.reject(refusal({ email: 'not-an-email' })) })
    form.set('name', '봄이')
    await submit()
    expect(form.faultOf('email')).toBe('not-an-email')
    expect(form.faultOf('name')).toBe(undefined)
    expect(form.problem()).toBeInstanceOf(Error)
    form.set('email', 'b@c.kr')
    expect(form.faultOf('email')).toBe(undefined)
  })

  test('can be sent again after a failure', async () => {
    const send = vi
      .fn<(values: Values) => Promise<void>>()
      .mockRejectedValueOnce(refusal({}))
      .mockResolvedValueOnce(undefined)
    const { form, submit } = made({ send })
    form.set('name', '봄이')
    await submit()
    await submit()
    expect(send).toHaveBeenCalledTimes(2)
    expect(form.problem()).toBe(null)
  })
})
