import type { AccountId, LoginId } from '../../contract/ids.ts'
import type { PushPayload } from '../../contract/notifications.ts'
import { readConfig } from '../../env.ts'
import { now } from '../../kernel/clock.ts'
import { createDb } from '../../kernel/db.ts'
import { personNames } from '../../profiles/api.ts'
import type { KeptNotification } from '../commands.ts'
import type { Devices } from './devices.ts'
import { secondsToLive, urgencyOf } from './rules.ts'
import { sendPush } from './send.ts'

/** One notification that its owner wants pushed. Repeated under one `tag` it replaces what the device shows. */
export interface Push {
  tag: string
  notification: KeptNotification
  /** The sign-in that caused it: its device is left out. */
  except: LoginId | null
}

/** Some devices could not be told now. */
class TryLater extends Error {}

/**
 * Sends it to every device of the account, each once. Called by the Inbox, from its own list of errands: a throw is tried again
 * with pauses until the notification is an hour old, a return is the end of it.
 */
export async function push(env: Env, devices: Devices, push: Push): Promise<void> {
  const { notification, tag, except } = push
  const at = now()
  const what = `${notification.id} ${notification.at}`
  const ttl = secondsToLive(notification.expiresAt, at)
  const waiting = ttl === null ? [] : devices.untold(what).filter(({ login }) => login !== except)
  if (ttl !== null && waiting.length > 0) {
    const config = readConfig(env)
    const actors = await namesOf(env, notification.actors)
    const verdicts = await Promise.all(
      waiting.map(async (device) => {
        const payload = payloadFor(notification, { actors, tag, language: device.language })
        const urgency = urgencyOf(notification.kind)
        return [device, await sendPush(config, device, { payload, urgency, ttl }, at)] as const
      }),
    )
    for (const [{ id }, verdict] of verdicts) {
      if (verdict === 'gone') devices.remove(id)
      else if (verdict !== 'later') devices.told(what, id, at)
    }
    if (verdicts.some(([, verdict]) => verdict === 'later')) throw new TryLater('a push service asks for patience')
  }
  devices.settle(what, at)
}

function payloadFor(
  { id, kind, count, target, data, at }: KeptNotification,
  more: Pick<PushPayload, 'actors' | 'tag' | 'language'>,
): PushPayload {
  return { id, kind, count, target, data, at, ...more }
}

async function namesOf(env: Env, accounts: AccountId[]): Promise<PushPayload['actors']> {
  if (accounts.length === 0) return []
  const names = await personNames(createDb(env.DB), accounts)
  return accounts.flatMap((account) => {
    const known = names.get(account)
    return known ? [{ handle: known.handle, name: known.name }] : []
  })
}
