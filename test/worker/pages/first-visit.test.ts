import { expect, test } from 'vitest'
import { actor } from '../../support/worker/actors.ts'
import { fetchApp } from '../../support/worker/app.ts'
import { auction } from '../../support/worker/auctions.ts'

async function visit(path: string): Promise<[status: number, isWhole: boolean]> {
  const response = await fetchApp('GET', path, { limited: true })
  return [response.status, (await response.text()).includes('</html>')]
}

// Of a Worker that has shown nothing yet: code of a page comes with the first visit.
test('a first visitor who finds nothing keeps nobody after them waiting for the code of that page', async () => {
  expect(await visit('/en/auctions/auc_nonsense')).toEqual([404, true])
  const { id } = await auction(await actor('seller'))
  expect(await visit(`/en/auctions/${id}`)).toEqual([200, true])
})
