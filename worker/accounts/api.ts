import type { Db } from '../kernel/db.ts'
import { now } from '../kernel/clock.ts'
import { sweepFormerHandles } from '../profiles/api.ts'
import { sweepCodes } from './queries/codes.ts'
import { sweepLogins } from './queries/logins.ts'

export { findActor, mailReaderOf, messagesFromOf } from './queries/accounts.ts'
export { deviceOf } from './requests.ts'
export { bidderFacts, participantOf, type Participant } from './participants.ts'
export { readTicket, redeemTicket, standingOf, type Redeemed } from './tickets.ts'
export { emailOf, roleStatements, signInsOf, standingsOf, type AccountStanding } from './staff.ts'
export { actOnSuspension, forgetSignInsOf, setRole, suspend, suspensionStatements } from './standing.ts'

/** Forgets codes, links, sign-ins and former handles that nobody can use any more. For the cron. */
export async function sweepAccounts(db: Db): Promise<void> {
  const at = now()
  await sweepCodes(db, at)
  await sweepLogins(db, at)
  await sweepFormerHandles(db, at)
}
