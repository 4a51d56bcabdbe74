import { beforeAll, describe, expect, it } from 'vitest'
import { closeCodes } from '../../../worker/contract/live.ts'
import { actor, staff, type Actor } from '../../support/worker/actors.ts'
import { auction } from '../../support/worker/auctions.ts'
import { inboxSocket } from '../../support/worker/inbox.ts'
import { attend } from '../../support/worker/live.ts'

let admin: Actor
let seller: Actor

beforeAll(async () => {
  ;[admin, seller] = await Promise.all([staff('admin'), actor('seller')])
})

const give = ({ account }: Actor, role: string) =>
  admin.put(`/api/admin/accounts/${account}/role`, { role, reason: '맡은 일이 바뀌었어요' })

describe('a role that is taken away', () => {
  it.each([
    ['moderator', 'member'],
    ['admin', 'moderator'],
  ] as const)(
    'of %s closes every socket that was opened with it, and new ones have what is left',
    async (had, left) => {
      const person = await staff(had)
      const { id } = await auction(seller)
      const [room, inbox] = [await attend(id, person), await inboxSocket(person)]
      expect((await give(person, left)).status).toBe(204)
      expect((await room.gone()).code).toBe(closeCodes.authorityOver)
      expect((await inbox.gone()).code).toBe(closeCodes.authorityOver)
      const back = await attend(id, person)
      expect(await back.ask({ type: 'clock', sentAt: 0 })).toMatchObject({ type: 'clock' })
      expect((await person.get('/api/accounts/me')).body.role).toBe(left)
    },
  )

  it('is told to a device that comes back', async () => {
    const person = await staff('moderator')
    const inbox = await inboxSocket(person)
    await give(person, 'member')
    await inbox.gone()
    const back = await inboxSocket(person, { epoch: String(inbox.epoch), seq: inbox.seq })
    expect(await back.fact('account-changed')).toMatchObject({ what: 'role' })
  })
})

it('a role that is given leaves sockets alone', async () => {
  const person = await actor('person')
  const room = await attend((await auction(seller)).id, person)
  expect((await give(person, 'moderator')).status).toBe(204)
  expect(await room.ask({ type: 'clock', sentAt: 0 })).toMatchObject({ type: 'clock' })
})
