import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Mailbox } from '../worker/contract/relay.ts'

export type MailboxMessage = Mailbox['messages'][number]

/**
 * The development mailbox: mails and text messages as files that a person can open through the Worker's local door. It
 * holds codes in clear, so the settings allow it on this computer only.
 */
export interface MailboxStore {
  keep(message: Omit<MailboxMessage, 'id' | 'at'>): Promise<void>
  /** The newest 200, newest first. */
  list(): Promise<MailboxMessage[]>
}

const kept = 200

export async function openMailbox(dir: string): Promise<MailboxStore> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  let lastAt = 0

  return {
    async keep(message) {
      // Never the same millisecond twice, so that the names alone give the order.
      lastAt = Math.max(Date.now(), lastAt + 1)
      const id = `${lastAt.toString(36).padStart(9, '0')}-${randomBytes(6).toString('hex')}`
      const whole: MailboxMessage = { ...message, id, at: new Date(lastAt).toISOString() }
      const draft = join(dir, `.${id}`)
      await writeFile(draft, JSON.stringify(whole), { mode: 0o600 })
      await rename(draft, join(dir, `${id}.json`))
      const names = await messageNames(dir)
      await Promise.all(names.slice(kept).map((name) => rm(join(dir, name), { force: true })))
    },
    async list() {
      const names = await messageNames(dir)
      const texts = await Promise.all(names.slice(0, kept).map((name) => readFile(join(dir, name), 'utf8')))
      return texts.map((text) => JSON.parse(text) as MailboxMessage)
    },
  }
}

async function messageNames(dir: string): Promise<string[]> {
  const names = await readdir(dir)
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .reverse()
}
