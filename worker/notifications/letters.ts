import { mailReaderOf } from '../accounts/api.ts'
import { notifications as limits } from '../contract/limits.ts'
import { instant } from '../contract/time.ts'
import { readConfig } from '../env.ts'
import { createDb } from '../kernel/db.ts'
import { sha256 } from '../kernel/ids.ts'
import { postLetter } from '../kernel/jobs.ts'
import type { Background } from '../kernel/outbox.ts'
import { personNames } from '../profiles/api.ts'
import type { Errand } from './inbox/errands.ts'
import { pathOf } from './paths.ts'

/** Writes a notification to its owner, in their language; nothing to those without an address. The same notice is one letter. */
export async function mailNotice(env: Env, ctx: Background, { account, id, notification }: Errand): Promise<void> {
  const db = createDb(env.DB)
  const reader = await mailReaderOf(db, account)
  if (!reader) return
  const { origin } = readConfig(env)
  const { kind, data, count, actors, at } = notification
  const names = actors.length === 0 ? null : await personNames(db, actors)
  const page = (path: string) => `${origin}${reader.language === 'en' ? '/en' : ''}${path}`
  const content = {
    template: 'notice' as const,
    kind,
    data,
    actors: actors.flatMap((one) => names?.get(one)?.name ?? []),
    count,
    link: page(pathOf(notification)),
    settings: page('/settings/notifications'),
  }
  const letter = {
    kind: 'mail' as const,
    id: sha256(`${account} ${id}`),
    to: reader.email,
    language: reader.language,
    content,
  }
  await postLetter(env, ctx, letter, instant(at + limits.mailWithinMs))
}
