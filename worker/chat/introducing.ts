import type { AccountId } from '../contract/ids.ts'
import { createDb } from '../kernel/db.ts'
import type { Refusal } from '../kernel/outcome.ts'
import { take, type Taken } from '../kernel/rate-limit.ts'
import type { Introduction, Speaker } from './commands.ts'
import { reachOf } from './reach.ts'
import { wayTo } from './rules/reach.ts'

type Introduced = { ok: true; introduction: Introduction; taken: Taken | null } | Refusal

/** Whether a first message reaches the other, and how. Strangers are counted: so many people a day. */
export async function introduce(env: Env, who: Speaker, other: AccountId): Promise<Introduced> {
  const reach = await reachOf(createDb(env.DB), who.account, [other])
  const way = wayTo(reach.get(other))
  if (way === 'closed' || way === 'unknown') return { ok: false, code: 'cannot-message' }
  if (way === 'open') return { ok: true, introduction: { asking: false }, taken: null }
  return { ok: true, introduction: { asking: true }, taken: await take({ env }, 'strangersPerDay', who.account) }
}
