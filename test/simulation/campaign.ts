import { verify } from '../../web/features/auctions/verifier/verify.ts'
import { secretsStaySecret } from '../model/predicates.ts'
import { faultsOf, type Fault } from './checks.ts'
import { tell, type Scripted, type Lived } from './direction.ts'
import type { Story } from './story.ts'
import { World, type Circumstances } from './world.ts'

export interface Lot {
  story: Story
  /** Null when it did not even come to its end. */
  lived: Lived | null
  faults: Fault[]
}

/** Lives one story and judges it. */
export async function liveLot(story: Story, circumstances: Circumstances = {}, scripted?: Scripted): Promise<Lot> {
  let lived: Lived
  try {
    lived = await new World(story, circumstances).run((world) => tell(world, scripted))
  } catch (error) {
    return { story, lived: null, faults: [{ name: 'itComesToItsEnd', words: String(error) }] }
  }
  try {
    return { story, lived, faults: [...faultsOf(lived), ...(await doubtsOf(lived))] }
  } catch (error) {
    return { story, lived, faults: [{ name: 'itCanBeRead', words: String(error) }] }
  }
}

/** What the public verifier, which shares nothing with the room, finds in ledger, receipts and signatures. */
async function doubtsOf({ evidence, hasSkew }: Lived): Promise<Fault[]> {
  if (!evidence || hasSkew) return []
  const { steps } = await verify(evidence)
  return steps.flatMap((step) =>
    step.verdict === 'failed' ? [{ name: 'itVerifies', words: JSON.stringify(step) }] : [],
  )
}

/**
 * Lives the lot again with other secrets: a limit that nothing reached is higher, a reserve that nothing reached is too. All else is
 * the same to the millisecond, so what the public sees of both must be equal. Null where this lot has no such secret.
 */
export async function liveWithOtherSecrets(
  { story, lived }: Lot,
  circumstances: Circumstances = {},
): Promise<Lot | null> {
  const other = lived && otherSecrets(story, lived)
  if (!lived || !other) return null
  const lot = await liveLot(other.story, circumstances, other.scripted)
  if (!lot.lived) return lot
  const parts = secretsStaySecret(lived.run, lot.lived.run)
  return { ...lot, faults: [...lot.faults, ...parts.map((part) => ({ name: 'secretsStaySecret', words: part }))] }
}

function otherSecrets(story: Story, { run, sent, attempts }: Lived): { story: Story; scripted: Scripted } | null {
  const { auction } = run.snapshot
  const { reservePrice, buyNowPrice } = story.terms
  const isReserveHidden = reservePrice !== null && auction.reserve === 'not-met' && buyNowPrice === null
  const ofLeader = attempts.filter(({ outcome }) => outcome.ok && outcome.value.mask === auction.leader)
  const limit = Math.max(0, ...ofLeader.map(({ amount }) => amount))
  const committed = ofLeader.find(({ kind, amount }) => kind === 'max' && amount === limit)
  // A limit on which the price came to rest was reached. Higher than an unmet reserve it may not become either.
  const isLimitHidden =
    committed !== undefined &&
    limit > auction.price &&
    (reservePrice === null || auction.reserve === 'met' || isReserveHidden)
  if (!isReserveHidden && !isLimitHidden) return null
  // A key that was used again for something else keeps its first meaning.
  const scripted = new Map(sent.toReversed().map((action) => [action.key, action]))
  if (isLimitHidden && committed.action.do === 'bid')
    scripted.set(committed.key, { ...committed.action, amount: limit + 1_000, confirm: true })
  const terms = isReserveHidden ? { ...story.terms, reservePrice: reservePrice + 77_700 } : story.terms
  return { story: { ...story, terms }, scripted }
}
