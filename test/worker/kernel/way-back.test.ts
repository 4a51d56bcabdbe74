import { exports } from 'cloudflare:workers'
import { expect, it } from 'vitest'

it.each([
  ['//evil.example/log-in', '/evil.example/log-in'],
  ['///evil.example', '/evil.example'],
  ['/\\evil.example', '/evil.example'],
  ['/.//evil.example', '/evil.example'],
  ['/\t/evil.example', '/evil.example'],
  ['/en//evil.example', '/en//evil.example'],
])('a form that was sent to %s stays on this site', async (path, there) => {
  const body = new URLSearchParams({ login: 'somebody@example.com' })
  const request = new Request(`http://localhost${path}`, { method: 'POST', body, redirect: 'manual' })
  const answer = await exports.default.fetch(request)
  expect([answer.status, answer.headers.get('location')]).toEqual([303, there])
})
