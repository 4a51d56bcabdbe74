import { AsyncLocalStorage } from 'node:async_hooks'

const counts = new AsyncLocalStorage<{ queries: number }>()

/** The same database, which counts for whoever is `counting`. */
export function countedDatabase(database: D1Database): D1Database {
  return new Proxy(database, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return (...given: unknown[]) => {
        const count = counts.getStore()
        // Every statement is prepared once, alone or for a batch.
        if (name === 'prepare' && count) count.queries += 1
        return Reflect.apply(value, target, given) as unknown
      }
    },
  })
}

export function queriesSaid(queries: number): string {
  return `d1;desc="${queries} queries"`
}

/** Runs `work` and says in `Server-Timing` how many D1 queries its answer took. */
export async function counting(work: () => Promise<Response>): Promise<Response> {
  const count = { queries: 0 }
  const response = await counts.run(count, work)
  if (response.status === 101) return response
  const copy = new Response(response.body, response)
  copy.headers.set('server-timing', queriesSaid(count.queries))
  return copy
}
