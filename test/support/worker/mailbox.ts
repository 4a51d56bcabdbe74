import { vi } from 'vitest'
import { ask } from './app.ts'

export interface Letter {
  id: string
  kind: 'mail' | 'sms'
  to: string
  at: string
  subject: string | null
  text: string
}

/** All that was sent to an address or a number (`+8210…`), newest first. */
export async function lettersTo(address: string): Promise<Letter[]> {
  const { body } = await ask('GET', '/dev/mailbox.json')
  return (body.messages as Letter[]).filter(({ to }) => to === address)
}

/** The next letter to come: letters leave after the answer, so this waits for one more than `before`. */
export function letterAfter(address: string, before: number): Promise<Letter> {
  return vi.waitFor(
    async () => {
      const letters = await lettersTo(address)
      const [newest] = letters
      if (!newest || letters.length <= before) throw new Error(`no letter to ${address} yet`)
      return newest
    },
    { timeout: 20_000, interval: 10 },
  )
}

/** Does something and gives the letter that it makes arrive. */
export async function letterFrom(address: string, act: () => Promise<unknown>): Promise<Letter> {
  const before = (await lettersTo(address)).length
  await act()
  return letterAfter(address, before)
}

export function codeIn({ text }: Letter): string {
  return /\b\d{6}\b/.exec(text)?.[0] ?? fail('code', text)
}

/** What stands behind `#name=` in the letter's link. */
export function secretIn({ text }: Letter, name: string): string {
  return new RegExp(`#${name}=([\\w-]+)`).exec(text)?.[1] ?? fail(name, text)
}

function fail(what: string, text: string): never {
  throw new Error(`no ${what} in: ${text}`)
}
