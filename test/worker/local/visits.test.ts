import { expect, onTestFinished, test, vi } from 'vitest'
import { ask } from '../../support/worker/app.ts'

const lookedAt = async () => Date.parse((await ask('GET', '/dev/visits')).body.lookedAt)

test('knows when a person last looked, and does not take the demo for one', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
  onTestFinished(() => void vi.useRealTimers())
  const start = Date.now()
  await ask('GET', '/api/time', { limited: true })
  expect(await lookedAt()).toBe(start)
  vi.setSystemTime(start + 60_000)
  await ask('GET', '/api/time')
  expect(await lookedAt()).toBe(start)
  await ask('GET', '/api/time', { limited: true })
  expect(await lookedAt()).toBe(start + 60_000)
})

test('is nobody’s business without the key', async () => {
  expect((await ask('GET', '/dev/visits', { limited: true })).status).toBe(404)
})
