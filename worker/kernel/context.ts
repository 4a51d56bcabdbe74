import type { Context } from 'hono'
import type { Config } from '../env.ts'
import type { Db } from './db.ts'
import type { Ids } from './ids.ts'
import type { Actor, FindActor, SignIn } from './sessions.ts'

/** Hono's generics for the whole application. `createApp` sets everything here but `signIn` and `actor`. */
export interface AppEnv {
  Bindings: Env
  Variables: {
    config: Config
    ids: Ids
    db: Db
    requestId: string
    findActor: FindActor
    /** What the token says, once it was looked at: undefined before, null without one. */
    signIn: SignIn | null | undefined
    /** Set by the caller middlewares of `sessions.ts`; null for a visitor. */
    actor: Actor | null
  }
}

/** Behind `limited`, `signedIn`, `trader` and `staff` there is always an actor. */
export type SignedInEnv = AppEnv & { Variables: { actor: Actor } }

/** What functions beside a route take: the context of any route. */
export type AppContext = Context<AppEnv> | Context<SignedInEnv>
