import { DurableObject } from 'cloudflare:workers'
import type { AccountId, LoginId } from '../contract/ids.ts'
import { closeCodes, protocol, type ServerFrame } from '../contract/live.ts'
import { edgeHeaders } from '../kernel/live-door.ts'
import { liveLimits } from '../kernel/live-limits.ts'
import { closeQuietly, refuseUpgrade } from '../kernel/sockets.ts'
import { readShardName } from './audience-client.ts'
import type { AuctionAudienceRpc, PushedBatch, Standing } from './audience/commands.ts'
import { hear } from './audience/frames.ts'
import { LiveShard } from './audience/live-shard.ts'
import type { SellerRelation } from './commands.ts'
import { openSocket } from './room/doorway.ts'

/**
 * A part of an auction's audience, beyond what its room holds. It repeats what the room says and passes on what people ask; it judges
 * nothing, and keeps nothing that could not be lost.
 */
export class AuctionAudience extends DurableObject<Env> implements AuctionAudienceRpc {
  protected readonly shard: LiveShard
  private readonly name: ReturnType<typeof readShardName>

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))
    this.name = readShardName(ctx.id.name ?? '')
    this.shard = new LiveShard({ ctx, env, ...this.name })
  }

  async push(batch: PushedBatch): Promise<void> {
    this.shard.push(batch)
  }

  async look(standing: Standing): Promise<void> {
    await this.shard.look(standing)
  }

  async say(presence: string): Promise<void> {
    this.shard.say(presence)
  }

  async tell(account: AccountId, frame: ServerFrame): Promise<void> {
    const { seats } = this.shard
    for (const session of seats.of(account)) if (session.isListening) seats.send(session, frame)
  }

  async related(account: AccountId, relation: SellerRelation): Promise<void> {
    for (const session of this.shard.seats.of(account)) session.relate(relation)
  }

  async closeSockets(account: AccountId, login: LoginId | null, code: number): Promise<void> {
    const { seats } = this.shard
    for (const session of seats.of(account, login)) seats.close(session, code, 'closed')
  }

  async closeOldest(account: AccountId, count: number): Promise<void> {
    this.shard.seats.closeOldest(account, count)
  }

  async empty(): Promise<void> {
    await this.shard.empty()
  }

  /** Upgrades only, of those whom the room has sent here. One that finds no place is answered with this shard's number. */
  override async fetch(request: Request): Promise<Response> {
    const { shard, name } = this
    if (shard.isClosing || shard.seats.size >= liveLimits().audience.shard)
      return new Response(null, { status: 204, headers: { [edgeHeaders.shard]: String(name.shard) } })
    const hall = await shard.hall()
    return hall ? openSocket(hall, request) : refuseUpgrade(request, protocol, closeCodes.unknown, 'unknown auction')
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    const { shard, name } = this
    const session = shard.seats.find(socket)
    if (session) await hear({ shard, number: name.shard, auction: name.auction }, session, message)
  }

  override webSocketClose(socket: WebSocket, code: number, reason: string): void {
    closeQuietly(socket, code, reason)
    this.shard.seats.remove(socket)
  }

  override webSocketError(socket: WebSocket): void {
    this.webSocketClose(socket, 1011, '')
  }

  override async alarm(): Promise<void> {
    this.shard.sweep()
  }
}
