/** Objects that hold sockets. */
type Kind = 'AUCTION_ROOM' | 'AUCTION_AUDIENCE' | 'INBOX'

/** Only the local ones do. */
export interface Parting {
  /** Sends everybody away who is here: what was decided is told, and who waits for an answer gets it first. */
  sayGoodbye(): Promise<void>
}

/** Names of those that a socket came to. Sockets end with the process, so its memory is enough. */
const attended: Record<Kind, Set<string>> = {
  AUCTION_ROOM: new Set(),
  AUCTION_AUDIENCE: new Set(),
  INBOX: new Set(),
}

/** To be called by an object to which a socket comes. */
export function noteAttended(kind: Kind, { id }: DurableObjectState): void {
  if (id.name !== undefined) attended[kind].add(id.name)
}

/** Has them all say goodbye. One that cannot leaves its sockets to the end of the process. */
export async function partFromAll(env: Env): Promise<void> {
  const parting = (Object.keys(attended) as Kind[]).flatMap((kind) => {
    const names = [...attended[kind]]
    attended[kind].clear()
    const objects = env[kind]
    return names.map((name) => objects.get(objects.idFromName(name)) as unknown as Parting)
  })
  await Promise.allSettled(parting.map((object) => object.sayGoodbye()))
}

const heardWithinMs = 1_000
const lookEveryMs = 20

/** Until everybody here has heard that they were sent away: the process may end right after. Those who say nothing are not waited for. */
export async function untilHeard(ctx: DurableObjectState): Promise<void> {
  for (let waited = 0; waited < heardWithinMs && ctx.getWebSockets().length > 0; waited += lookEveryMs)
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
}

/** Answers that are ready leave within one turn. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}
