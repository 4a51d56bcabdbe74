import { expect, test } from 'vitest'
import { chatRoutes } from '../../../web/features/chat/routes.tsx'

test('a conversation that is loaded again is the same page: what is written in it stays', async () => {
  const route = chatRoutes(null).find(({ path }) => path === '/messages/:id')
  const [before, after] = [await route?.module(), await route?.module()]
  expect(before?.Page).toBeTypeOf('function')
  expect(after?.Page).toBe(before?.Page)
})
