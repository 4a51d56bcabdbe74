import type { ProfileChange } from '../contract/profiles.ts'
import { iso } from '../contract/time.ts'
import { acceptAllRequests, followsDrain } from '../follows/api.ts'
import { now } from '../kernel/clock.ts'
import type { AppContext } from '../kernel/context.ts'
import { isTaken, runBatch, type Statement } from '../kernel/db.ts'
import { nudgeDrain, outboxRow } from '../kernel/outbox.ts'
import { invalidField, Problem } from '../kernel/problem.ts'
import { purgeNow } from '../kernel/purge.ts'
import { forgetActor, type Actor } from '../kernel/sessions.ts'
import { requireVersion } from '../kernel/versions.ts'
import { attachMedia, readyMedia } from '../media/api.ts'
import { tellDevices } from '../notifications/api.ts'
import { handleState, personTag } from './api.ts'
import { profileByHandle, saveProfile, type ProfileFields, type ProfileRow } from './queries.ts'
import { handleChangeFrom } from './rules.ts'

/** Writes the change over the actor's own profile and answers the row as it is now. */
export async function editProfile(
  c: AppContext,
  actor: Actor,
  handle: string,
  change: ProfileChange,
): Promise<ProfileRow> {
  const { db } = c.var
  const at = now()
  const row = await profileByHandle(db, handle.toLowerCase())
  if (!row) throw new Problem('not-found')
  if (row.account !== actor.account) throw new Problem('forbidden')
  requireVersion(c, row.version, { required: true })

  const next = await changed(c, row, change)
  if (next.handle !== row.handle) await requireHandle(c, row, next.handle, at)
  const isOpening = next.isPublic && !row.isPublic
  const statements: Statement[] = [
    ...saveProfile(db, row, next, at),
    ...(next.picture === row.picture
      ? []
      : attachMedia(db, { owner: row.account, target: row.account, ids: next.picture ? [next.picture] : [] })),
    ...(isOpening ? acceptAllRequests(db, row.account, at) : []),
    outboxRow(db, 'profiles', { type: 'profile-changed', payload: factOf(row, next) }),
  ]
  try {
    if (!(await runBatch(db, statements))) throw new Problem('stale-version')
  } catch (error) {
    if (isTaken(error, 'profile.handle')) throw new Problem('handle-taken')
    throw error
  }
  forgetActor(actor.login)
  await purgeNow(c, [personTag(row.account)])
  nudgeDrain(c.env, c.executionCtx)
  tellDevices(c.env, c.executionCtx, row.account, 'profile')
  if (isOpening) nudgeDrain(c.env, c.executionCtx, followsDrain)
  return {
    ...row,
    ...next,
    version: row.version + 1,
    handleChangedAt: next.handle === row.handle ? row.handleChangedAt : at,
  }
}

async function changed(c: AppContext, row: ProfileRow, change: ProfileChange): Promise<ProfileFields> {
  const { picture = row.picture } = change
  return {
    handle: change.handle ?? row.handle,
    name: change.name ?? row.name,
    bio: change.bio ?? row.bio,
    links: change.links ?? row.links,
    isPublic: change.isPublic ?? row.isPublic,
    picture:
      picture === null || picture === row.picture
        ? (picture as ProfileRow['picture'])
        : await ownPicture(c, row, picture),
  }
}

async function ownPicture(c: AppContext, row: ProfileRow, id: string) {
  const { db, ids } = c.var
  if (!ids.isGenuine('media', id)) throw invalidField('/picture', 'not-found')
  const ready = await readyMedia(db, [id], row.account)
  const picture = ready.get(id)
  if (!picture) throw new Problem('media-not-ready')
  if (picture.purpose !== 'profile') throw invalidField('/picture', 'wrong-purpose')
  return picture.media
}

async function requireHandle(c: AppContext, row: ProfileRow, handle: string, at: number): Promise<void> {
  const from = handleChangeFrom(row.handleChangedAt, at)
  if (from !== null) throw new Problem('handle-too-soon', { from: iso(from) })
  const { reason } = await handleState(c.var.db, handle, row.account)
  if (reason === 'taken' || reason === 'held') throw new Problem('handle-taken')
  if (reason !== null) throw invalidField('/handle', reason)
}

function factOf(row: ProfileRow, { handle, name, bio, picture, isPublic }: ProfileFields) {
  return { account: row.account, handle, name, bio, picture, isPublic }
}
