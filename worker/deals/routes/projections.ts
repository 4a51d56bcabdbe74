import { Hono } from 'hono'
import { RetellRequest, RetellResponse, retelling } from '../../contract/rebuilding.ts'
import type { AppContext, AppEnv } from '../../kernel/context.ts'
import { relayBody } from '../../kernel/relay-door.ts'
import { reply } from '../../kernel/reply.ts'
import { dealOf } from '../deal-client.ts'

/** For the holder of the relay's secret alone, and in no description: to everybody else there is nothing here. */
export const projectionRoutes = new Hono<AppEnv>().put(retelling.path.replace('/api', ''), async (c) => {
  const { deals } = await relayBody(c, RetellRequest)
  const fates = await Promise.all(
    deals.map(async (deal) => ({ deal, fate: (await isRetold(c, deal)) ? 'rebuilt' : 'absent' }) as const),
  )
  return reply(c, RetellResponse, { fates })
})

async function isRetold(c: AppContext, deal: string): Promise<boolean> {
  if (!c.var.ids.isGenuine('deal', deal)) return false
  const outcome = await dealOf(c.env, deal).tellAgain()
  return outcome.ok
}
