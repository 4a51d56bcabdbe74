import { Hono } from 'hono'
import { rebuilding, RebuildRequest, RebuildResponse } from '../../contract/rebuilding.ts'
import type { AppEnv } from '../../kernel/context.ts'
import { purgeNow } from '../../kernel/purge.ts'
import { relayBody } from '../../kernel/relay-door.ts'
import { reply } from '../../kernel/reply.ts'
import { listsTag } from '../page-tags.ts'
import { rebuildAuctions } from '../rebuilding.ts'
import type { ArchivedLot } from '../rules/archived.ts'

/** For the holder of the relay's secret alone, and in no description: to everybody else there is nothing here. */
export const projectionRoutes = new Hono<AppEnv>().put(rebuilding.path.replace('/api', ''), async (c) => {
  const { auctions } = await relayBody(c, RebuildRequest)
  const fates = await rebuildAuctions(c, auctions as unknown as ArchivedLot[])
  const rebuilt = fates.filter(({ fate }) => fate === 'rebuilt').map(({ auction }) => auction)
  if (rebuilt.length > 0) await purgeNow(c, [listsTag, ...rebuilt])
  return reply(c, RebuildResponse, { fates })
})
