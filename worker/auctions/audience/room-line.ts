import { describeError, log } from '../../kernel/log.ts'
import type { AudienceRoomRpc } from './commands.ts'

const attempts = 3
const pauseMs = 50

/** A shard's line to its room. All that it asks may be asked twice: bids and messages have keys, and the rest says how things are. */
export class RoomLine {
  private readonly connect: () => AudienceRoomRpc
  private room: AudienceRoomRpc

  constructor(connect: () => AudienceRoomRpc) {
    this.connect = connect
    this.room = connect()
  }

  /** What is asked first arrives first: until something fails all goes over one stub. A room that died is back at once. */
  async ask<T>(work: (room: AudienceRoomRpc) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work(this.room)
      } catch (error) {
        this.room = this.connect()
        if (attempt === attempts || isOverloaded(error)) throw error
        log('warn', 'room-silent', { attempt, ...describeError(error) })
        await pause(pauseMs * attempt * (0.5 + Math.random()))
      }
    }
  }
}

function isOverloaded(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'overloaded' in error && error.overloaded === true
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
