import { createHash } from 'node:crypto'
import type { Participant } from '../../../worker/accounts/api.ts'
import type { SigningKeys } from '../../../worker/contract/auctions.ts'
import { createIds } from '../../../worker/kernel/ids.ts'
import { readConfig } from '../../../worker/env.ts'
import { leastManner } from '../../model/desk.ts'
import { people, publishedAt } from '../../model/histories.ts'
import { addRows } from './database.ts'

/** Settings of every run. The secrets keep nothing secret: they make the ids of a run the same each time. */
const key = (name: string) => createHash('sha256').update(name).digest('base64url')
/** The first key pair of RFC 8032, 7.1. */
const pair = {
  kty: 'OKP',
  crv: 'Ed25519',
  kid: 'simulation',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
} as const
const secret = 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A'
export const publicKeys: SigningKeys['keys'] = [{ ...pair, retired: false }]

export const settings = {
  ORIGIN: 'http://localhost',
  TOKEN_SECRET: key('tokens of simulated rooms'),
  ID_SECRET: key('ids of simulated rooms'),
  LEDGER_KEYS: JSON.stringify([{ ...pair, d: secret }]),
  VAPID_KEY: JSON.stringify({ kty: 'EC', crv: 'P-256', x: key('x'), y: key('y'), d: key('d') }),
}

export const ids = createIds(readConfig(settings).idSecret)

export const participants = new Map<string, Participant>(
  people.map(({ name, isTrader, isEligible }) => [
    name,
    {
      account: ids.derive('account', name),
      login: ids.derive('login', name),
      handle: name,
      name,
      role: 'member',
      trader: isTrader,
      manner: isEligible ? 40 : leastManner - 1,
      deals: 0,
      noShows: 0,
      following: false,
      blocked: false,
      showInRooms: true,
      showBidName: false,
      suspended: false,
    },
  ]),
)

export function participant(name: string): Participant {
  const found = participants.get(name)
  if (!found) throw new Error(`nobody is called ${name}`)
  return found
}

addRows(
  'account',
  [...participants.values()].map(({ account, trader }) => ({
    id: account,
    phone: trader ? `phone of ${account}` : null,
    password: '-',
    language: 'ko',
    terms_version: '-',
    terms_accepted_at: publishedAt,
    created_at: publishedAt,
  })),
)
addRows(
  'login',
  [...participants.values()].map(({ account, login }) => ({
    id: login,
    account,
    seed: '-',
    device: '-',
    signed_in_at: publishedAt,
    last_used_at: publishedAt,
  })),
)
addRows(
  'profile',
  [...participants.values()].map(({ account, handle, name }) => ({ account, handle, name, joined_at: publishedAt })),
)
