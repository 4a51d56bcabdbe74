import { describe, expect, test } from 'vitest'
import { faultsIn, readConfig } from '../../worker/env.ts'
import { makeSecrets } from '../run/settings.ts'

const { LOCAL_KEY: _, RELAY_SECRET, ...secrets } = makeSecrets()
const valid = { ORIGIN: 'https://hallabong.example', ...secrets }

describe('accepts', () => {
  test('the secrets that the launcher makes', () => {
    const config = readConfig({ ...valid, RELAY_URL: 'http://localhost:8790/', RELAY_SECRET })
    expect(config).toMatchObject({ isSecure: true, relay: { url: 'http://localhost:8790' }, storage: { kind: 'r2' } })
    expect(config.idSecret).toHaveLength(32)
  })

  test('http on this computer, and no relay', () => {
    expect(readConfig({ ...valid, ORIGIN: 'http://localhost:8787' })).toMatchObject({ isSecure: false, relay: null })
  })

  test('the previous token secret beside the new one', () => {
    expect(readConfig({ ...valid, TOKEN_SECRET_PREVIOUS: makeSecrets().TOKEN_SECRET }).tokenSecrets).toHaveLength(2)
  })
})

test('names all that is missing or malformed at once, before deploying', () => {
  const { ID_SECRET: _id, ...withoutId } = valid
  const faults = faultsIn({ ...withoutId, TOKEN_SECRET: 'short', ORIGIN: 'http://shop.example' })
  expect(faults.map((line) => line.split(' ')[1])).toEqual(['ORIGIN', 'TOKEN_SECRET', 'ID_SECRET'])
  expect(faultsIn(valid)).toEqual([])
})

describe('refuses in one line that names the setting', () => {
  const [key] = JSON.parse(secrets.LEDGER_KEYS) as object[]
  const { ID_SECRET: _id, ...withoutId } = valid
  test.each([
    ['a missing secret', withoutId, 'Setting ID_SECRET is missing'],
    ['a short secret', { ...valid, TOKEN_SECRET: 'short' }, 'Setting TOKEN_SECRET must be at least 32 random bytes'],
    ['http beyond this computer', { ...valid, ORIGIN: 'http://shop.example' }, 'Setting ORIGIN must be https'],
    ['an origin with a path', { ...valid, ORIGIN: 'https://shop.example/x' }, 'Setting ORIGIN must be an origin'],
    ['keys that are not JSON', { ...valid, LEDGER_KEYS: '[' }, 'Setting LEDGER_KEYS is not JSON'],
    ['two keys of one name', { ...valid, LEDGER_KEYS: JSON.stringify([key, key]) }, 'LEDGER_KEYS has two keys'],
    ['a relay without its secret', { ...valid, RELAY_URL: 'http://localhost:1' }, 'Setting RELAY_SECRET is missing'],
    ['a relay secret without a relay', { ...valid, RELAY_SECRET }, 'Setting RELAY_URL is missing'],
    [
      'S3 without a bucket',
      { ...valid, STORAGE: 's3', S3_ENDPOINT: 'https://s3.example' },
      'Setting S3_BUCKET is missing',
    ],
  ])('%s', (_name, settings, line) => {
    expect(() => readConfig(settings)).toThrow(line)
  })
})
