import type { DealId } from '../contract/ids.ts'
import type { DealRpc } from './commands.ts'

/** The object of one deal. Asking one that was never opened makes nothing: it answers `not-found`. */
export function dealOf(env: Pick<Env, 'DEAL'>, deal: DealId): DealRpc {
  return env.DEAL.get(env.DEAL.idFromName(deal)) as unknown as DealRpc
}
