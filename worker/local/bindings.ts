import { countedDatabase } from './d1-counter.ts'
import { FloodCounter } from './flood-counter.ts'

const known = new WeakMap<Env, Env>()

/** The bindings as the local entry has them. One object for each environment, since settings are remembered by it. */
export function localBindings(env: Env): Env {
  const local = known.get(env) ?? { ...env, DB: countedDatabase(env.DB), FLOOD: new FloodCounter() }
  known.set(env, local)
  return local
}
