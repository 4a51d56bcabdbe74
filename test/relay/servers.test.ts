import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { end, isAlive, nameOf } from '../../relay/servers/processes.ts'
import { newFolder } from '../support/relay.ts'

const main = new URL('../../relay/servers/main.ts', import.meta.url).pathname

async function servers(word: string, env: Record<string, string> = {}) {
  const SERVERS_DIR = await newFolder()
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, word], {
    encoding: 'utf8',
    env: { SERVERS_DIR, PATH: SERVERS_DIR, ...env },
  })
  return { status, said: stdout + stderr }
}

describe('the servers of one computer', () => {
  it('say all that is missing, and how to get it', async () => {
    const { status, said } = await servers('start')
    expect(status).toBe(1)
    expect(said.split('\n')[0]).toBe('This computer lacks:')
    for (const tool of ['Java 17', 'Maven', 'Python 3.10', 'Go 1'])
      expect(said).toMatch(new RegExp(`^  ${tool}.*\\(.+\\)$`, 'm'))
  })

  it('are stopped where nothing was started, and stopping again is harmless', async () => {
    const { status, said } = await servers('status')
    expect(status).toBe(1)
    expect(said.match(/stopped/g)).toHaveLength(3)
    expect(await servers('stop')).toEqual({ status: 0, said: '' })
  })

  it.each([
    ['restart', {}, 'There is start, status and stop, not restart.'],
    ['start', { SERVERS_PORT: '65533' }, 'SERVERS_PORT must be the first of four ports in a row, not 65533'],
  ])('refuse %s with %o in one line', async (word, env, line) => {
    expect(await servers(word, env)).toEqual({ status: 1, said: `${line}\n` })
  })
})

describe('a process by its name', () => {
  it('is ended, and no other that has its number', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    await once(child, 'spawn')
    const name = nameOf(child.pid!)!
    const earlier = { ...name, began: `${name.began}0` }
    expect([isAlive(name), isAlive(earlier)]).toEqual([true, false])
    await end(earlier)
    expect(isAlive(name)).toBe(true)
    const gone = once(child, 'exit')
    await end(name)
    expect((await gone)[1]).toBe('SIGTERM')
    expect(isAlive(name)).toBe(false)
  })
})
