import { DatabaseSync } from 'node:sqlite'
import { mintTicket } from '../../../worker/accounts/tickets.ts'
import { legal } from '../../../worker/contract/limits.ts'
import { createIds } from '../../../worker/kernel/ids.ts'
import type { SignIn } from '../../../worker/kernel/sessions.ts'
import { databaseIn } from '../../support/house-database.ts'
import { openBenchHouse, type BenchHouse } from './house.ts'

/** The house of a bench, with so many people in its tables. */
export interface Peopled extends BenchHouse {
  /** `bench.0` and so on, in this order. */
  people: SignIn[]
  tickets(count: number): string[]
}

export async function openPeopled(peopleCount: number): Promise<Peopled> {
  const house = await openBenchHouse()
  const { path, config } = house
  const people = fillPeople(path, createIds(config.idSecret), peopleCount)
  return {
    ...house,
    people,
    tickets: (count) => people.slice(0, count).map((signIn) => mintTicket(config, signIn).ticket),
  }
}

/** Traders who are signed in, as rows: signing up is not what is measured. */
function fillPeople(path: string, ids: ReturnType<typeof createIds>, count: number): SignIn[] {
  const people = Array.from({ length: count }, () => ({ account: ids.mint('account'), login: ids.mint('login') }))
  const db = new DatabaseSync(databaseIn(path))
  const now = Date.now()
  const addAccount = db.prepare(
    `insert into account (id, phone, phone_attached_at, password, language, terms_version, terms_accepted_at, created_at)
     values (?, ?, ?, '', 'ko', ?, ?, ?)`,
  )
  const addLogin = db.prepare(
    `insert into login (id, account, seed, device, signed_in_at, last_used_at) values (?, ?, '', '', ?, ?)`,
  )
  const addProfile = db.prepare(
    'insert into profile (account, handle, name, phone_verified, joined_at) values (?, ?, ?, 1, ?)',
  )
  db.exec('begin')
  for (const [place, { account, login }] of people.entries()) {
    addAccount.run(account, `bench ${place}`, now, legal.termsVersion, now, now)
    addLogin.run(login, account, now, now)
    addProfile.run(account, `bench.${place}`, `Bidder ${place}`, now)
  }
  db.exec('commit')
  db.close()
  return people
}
