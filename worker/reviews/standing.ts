import { and, eq, isNull, sql, type SQL } from 'drizzle-orm'
import type { AccountId } from '../contract/ids.ts'
import { reviews as limits } from '../contract/limits.ts'
import type { Instant } from '../contract/time.ts'
import { completedDeals } from '../deals/api.ts'
import type { Db, Statement } from '../kernel/db.ts'
import { setManner } from '../profiles/api.ts'
import { mannerEntry, review } from './schema.ts'

const { weight, score } = limits
const fades = weight.tenths.length * weight.periodMs

/**
 * Works out anew what a profile shows of somebody's manner, from the rows alone: put it after every change of them, in the same
 * batch. The formula of `rules.ts`, where two who write at once cannot overwrite each other; a test holds the two together.
 */
export function refreshManner(db: Db, account: AccountId, at: Instant): Statement[] {
  return [
    setManner(db, account, {
      manner: scoreAt(account, at),
      grades: gradesOf(account),
      deals: completedDeals(db, account),
      noShows: sql`(select count(*) from ${mannerEntry} where ${mannerEntry.account} = ${account}
        and ${mannerEntry.cause} = 'fault' and ${mannerEntry.withdrawnAt} is null
        and ${mannerEntry.at} > ${at - limits.noShowCountsMs})`,
    }),
    db
      .update(mannerEntry)
      .set({ nextChangeAt: nextChange(at) })
      .where(and(eq(mannerEntry.account, account), isNull(mannerEntry.withdrawnAt))),
  ]
}

function scoreAt(account: AccountId, at: Instant): SQL {
  const period = periodsOf(sql`max(0, ${at} - ${mannerEntry.at})`)
  const cases = weight.tenths.map((tenths, place) => sql`when ${place} then ${tenths}`)
  return sql`max(${score.least}, min(${score.most}, ${score.start} + coalesce((
    select sum(${mannerEntry.grade} * case ${period} ${sql.join(cases, sql` `)} else 0 end) from ${mannerEntry}
    where ${mannerEntry.account} = ${account} and ${mannerEntry.withdrawnAt} is null), 0)))`
}

/** Of reviews that can be read. */
function gradesOf(account: AccountId): SQL {
  const count = (grade: number) => sql`coalesce(sum(${review.grade} = ${grade}), 0)`
  return sql`(select json_object('best', ${count(5)}, 'good', ${count(3)}, 'poor', ${count(0)}, 'bad', ${count(-20)})
    from ${review} where ${review.subject} = ${account} and ${review.releasedAt} is not null and ${review.isAbsorbed} = 0)`
}

function nextChange(at: Instant): SQL {
  const age = sql`max(0, ${at} - ${mannerEntry.at})`
  return sql`case
    when ${age} < ${fades} then ${mannerEntry.at} + (${periodsOf(age)} + 1) * ${weight.periodMs}
    when ${mannerEntry.cause} = 'fault' and ${age} < ${limits.noShowCountsMs} then ${mannerEntry.at} + ${limits.noShowCountsMs}
    end`
}

/** Whole periods. D1 binds numbers as floating point, which would divide without end. */
function periodsOf(age: SQL): SQL {
  return sql`cast(${age} / ${weight.periodMs} as integer)`
}
