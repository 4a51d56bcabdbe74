import { openBare } from '../bare-workerd.ts'

/** An object that does nothing but write one row, and a Worker that has so many of them do it, so many at a time. */
const script = `
import { DurableObject } from 'cloudflare:workers'
export class Bare extends DurableObject {
  write(text) {
    this.ctx.storage.sql.exec('create table if not exists kept (text text)')
    this.ctx.storage.sql.exec('insert into kept (text) values (?)', text)
  }
}
export default {
  async fetch(request, env) {
    const { searchParams } = new URL(request.url)
    const [count, atOnce] = [Number(searchParams.get('count')), Number(searchParams.get('atOnce'))]
    const text = 'x'.repeat(300)
    const names = Array.from({ length: count }, (_, at) => 'object ' + at).values()
    const hand = async () => {
      for (const name of names) await env.BARE.get(env.BARE.idFromName(name)).write(text)
    }
    await Promise.all(Array.from({ length: atOnce }, hand))
    return new Response('done')
  },
}`

/** Seconds that so many new objects take for one row each, in a workerd of their own. */
export async function bareWrites(count: number, atOnce: number): Promise<number> {
  const { origin, close } = await openBare(script)
  try {
    const began = performance.now()
    const response = await fetch(`${origin}/?count=${count}&atOnce=${atOnce}`)
    if ((await response.text()) !== 'done') throw new Error(`the bare objects answered ${response.status}`)
    return (performance.now() - began) / 1_000
  } finally {
    await close()
  }
}
