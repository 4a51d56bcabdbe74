import { audience, sockets } from '../contract/limits.ts'

/**
 * How many sockets an auction's room holds, each shard of its audience, and all of them together; and how many of them are sent something
 * before what else came in has its turn.
 */
export type AudienceSizes = Record<'room' | 'shard' | 'most' | 'turn', number>

/** What objects with sockets take from people. Only the local entry changes it, so that a load test measures an object and not its patience. */
export interface LiveLimits {
  bidsAreCounted: boolean
  messagesAreCounted: boolean
  framesAreCounted: boolean
  visitorsPerAddress: number
  audience: AudienceSizes
}

let limits: LiveLimits = {
  bidsAreCounted: true,
  messagesAreCounted: true,
  framesAreCounted: true,
  visitorsPerAddress: sockets.perIp,
  audience,
}

export function liveLimits(): LiveLimits {
  return limits
}

/** For the life of the process. */
export function raiseLiveLimits(): void {
  limits = {
    ...limits,
    bidsAreCounted: false,
    messagesAreCounted: false,
    framesAreCounted: false,
    visitorsPerAddress: Infinity,
  }
}

/** For the life of the process: audiences of these sizes, so that a few sockets make a crowd. */
export function setAudienceSizes(sizes: AudienceSizes): void {
  limits = { ...limits, audience: sizes }
}
