import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { AuctionView } from '../../../worker/contract/auctions.ts'
import type { MediaState, UploadTicket } from '../../../worker/contract/media.ts'
import type { Mailbox } from '../../../worker/contract/relay.ts'
import { password, type Member } from './cast.ts'

/** A refusal of the API, by its code. */
export class Refused extends Error {
  readonly status: number
  readonly code: string
  readonly extra: Record<string, unknown>

  constructor(request: string, status: number, problem: Record<string, unknown>) {
    super(`${request}: ${status} ${JSON.stringify(problem)}`)
    this.status = status
    this.code = String(problem['code'])
    this.extra = problem
  }
}

export interface Asking {
  body?: unknown
  token?: string | null
  /** Lets the request happen at another time, in milliseconds since 1970. */
  at?: number | null
  headers?: Record<string, string>
}

/** The running site, asked as any client would; the local key lifts limits and moves clocks, nothing else. */
export class Site {
  readonly origin: string
  private readonly key: string

  constructor(origin: string, key: string) {
    this.origin = origin
    this.key = key
  }

  async ask<T>(method: string, path: string, { body, token, at, headers = {} }: Asking = {}): Promise<T> {
    const response = await fetch(this.origin + path, {
      method,
      headers: {
        ...this.keyHeaders,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(at == null ? {} : { 'x-local-clock': String(Math.round(at - Date.now())) }),
        ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (response.ok) return (text === '' ? null : JSON.parse(text)) as T
    throw new Refused(`${method} ${path}`, response.status, problemIn(text))
  }

  get keyHeaders(): Record<string, string> {
    return { 'x-local-key': this.key }
  }

  /** Sets the clock of one auction's room; null is the real time. */
  async setRoomClock(auction: string, at: number | null): Promise<void> {
    const offsetMs = at === null ? 0 : Math.round(at - Date.now())
    await this.ask('POST', '/dev/clock', { body: { auction, offsetMs } })
  }

  /** The six digits that were sent there last, once there are more letters than `before`. */
  async code(to: string, before: number): Promise<string> {
    for (let tries = 0; tries < 200; tries++) {
      const letters = await this.letters(to)
      const digits = letters.length > before ? /\b\d{6}\b/.exec(letters[0]!.text)?.[0] : undefined
      if (digits) return digits
      await pause(50)
    }
    throw new Error(`no code came to ${to}`)
  }

  async letters(to: string): Promise<Mailbox['messages']> {
    const { messages } = await this.ask<Mailbox>('GET', '/dev/mailbox.json')
    return messages.filter((message) => message.to === to)
  }
}

function problemIn(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return { code: 'not-json', detail: text.slice(0, 200) }
  }
}

/** Somebody signed in. Signs in again when the token is over. */
export class Person {
  readonly member: Member
  readonly login: string
  private readonly site: Site
  private token: string | null = null

  constructor(site: Site, member: Member, login: string) {
    this.site = site
    this.member = member
    this.login = login
  }

  async ask<T>(method: string, path: string, asking: Asking = {}): Promise<T> {
    this.token ??= await this.signIn()
    try {
      return await this.site.ask<T>(method, path, { ...asking, token: this.token })
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 401) throw error
      this.token = await this.signIn()
      return this.site.ask<T>(method, path, { ...asking, token: this.token })
    }
  }

  private async signIn(): Promise<string> {
    const body = { login: this.login, password }
    const { access } = await this.site.ask<{ access: string }>('POST', '/api/accounts/login', { body })
    return access
  }

  /** Sends a picture through the same door as everybody and waits until its sizes are made. */
  async upload(file: Buffer, purpose: 'auction' | 'profile', alt: string): Promise<string> {
    const { media, upload } = await this.ask<UploadTicket>('POST', '/api/media', {
      body: { contentType: 'image/jpeg', bytes: file.byteLength, purpose, alt },
    })
    const sent = await fetch(new URL(upload.url, this.site.origin), {
      method: upload.method,
      headers: upload.headers,
      body: new Uint8Array(file),
    })
    if (!sent.ok) throw new Refused('PUT picture', sent.status, problemIn(await sent.text()))
    for (let tries = 0; tries < 1_200; tries++) {
      const { state, reason } = await this.ask<MediaState>('GET', `/api/media/${media}`)
      if (state === 'ready') return media
      if (state === 'rejected') throw new Error(`a picture of the demo was refused: ${reason}`)
      await pause(100)
    }
    throw new Error('a picture was not made ready within two minutes')
  }

  bid(auction: AuctionView, amount: number, kind: 'exact' | 'max' = 'exact', at: number | null = null): Promise<void> {
    const body = { kind, amount, confirm: true, ...(auction.termsHash ? { termsHash: auction.termsHash } : {}) }
    return this.ask('POST', `/api/auctions/${auction.id}/bids`, { body, at })
  }

  buyNow({ id, termsHash }: AuctionView, price: number, at: number | null = null): Promise<void> {
    return this.ask('POST', `/api/auctions/${id}/buy-now`, { body: { price, termsHash }, at })
  }

  say(auction: string, text: string, at: number | null = null): Promise<void> {
    return this.ask('POST', `/api/auctions/${auction}/messages`, { body: { text }, at })
  }
}
