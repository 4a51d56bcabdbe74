import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { loadNative } from '../../relay/bus/pulsar.ts'
import { createRelay } from '../../worker/kernel/relay.ts'
import { freePort } from '../support/free-port.ts'
import { launchRelay, likes, newFolder, startRelay } from '../support/relay.ts'
import { newNamespace, realServers } from '../support/servers.ts'

/** What a run says about `node_modules/pulsar-client`; runs of one's own say nothing, and whatever is there will do. */
const state = process.env.PULSAR_CLIENT as 'absent' | 'without-binary' | undefined
const servers = realServers()
const why = await loadNative().then(
  () => null,
  (error: Error) => error.message.split('\n')[0] ?? '',
)

const port = await freePort()
const nowhere = {
  BUS: 'pulsar',
  PULSAR_URL: `pulsar://127.0.0.1:${port}`,
  PULSAR_WEB_URL: `http://127.0.0.1:${port}`,
}

describe('the relay, when the native client of Pulsar cannot be loaded', () => {
  it.each(state ? [state] : [])('has it as this run says', (state) => {
    expect(why).toMatch(state === 'absent' ? /Cannot find package 'pulsar-client'/ : /Cannot find module .*\.node/)
  })

  it('starts on its embedded parts', async () => {
    const relay = await startRelay({ env: { BUS: 'embedded' } })
    expect(relay.lines.some(({ event }) => event === 'bus-fallback')).toBe(false)
    expect(await relay.stop()).toBe(0)
  })

  it.each(why === null ? [] : [why])('takes the WebSocket and says so in one line', async (reason) => {
    const { code, lines } = await launchRelay({ env: nowhere })
    expect(code).toBe(1)
    expect(lines.filter(({ event }) => event === 'bus-fallback')).toMatchObject([
      { wanted: 'pulsar', using: 'pulsar-websocket', reason },
    ])
  })

  it.each(why !== null && servers ? [servers.pulsar] : [])(
    'keeps events on Pulsar all the same',
    async ({ url, webUrl }) => {
      const env = { BUS: 'pulsar', PULSAR_URL: url, PULSAR_WEB_URL: webUrl, PULSAR_NAMESPACE: newNamespace() }
      const relay = await startRelay({ dataDir: await newFolder(), secret: randomBytes(32), env })
      const client = createRelay({ url: relay.url, secret: new Uint8Array(relay.secret) })
      expect(await client.publish(likes('accounts', 1, 40))).toEqual({ ok: true, value: { accounts: 40 } })
      await relay.archives('accounts', 40)
      expect(await relay.archived('accounts')).toEqual(likes('accounts', 1, 40))
      expect(await relay.stop()).toBe(0)
    },
  )
})

describe('a server that does not answer', () => {
  it.each(['pulsar', 'pulsar-websocket'])('is told at start in one line, with BUS %s', async (BUS) => {
    const { code, lines } = await launchRelay({
      env: { ...nowhere, BUS, PULSAR_URL: BUS === 'pulsar' ? nowhere.PULSAR_URL : '' },
    })
    expect(code).toBe(1)
    expect(lines.filter(({ level }) => level === 'error')).toMatchObject([
      {
        event: 'failed',
        reason: expect.stringMatching(
          /^Pulsar at http:\/\/127\.0\.0\.1:\d+ cannot be used: it does not answer: .*ECONNREFUSED/,
        ),
      },
    ])
  })
})
