import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** The file that holds D1 in a data folder. Whoever reads it while the house is open sees what was committed. */
export function databaseIn(folder: string): string {
  const files = readdirSync(join(folder, 'v3'), { recursive: true, encoding: 'utf8' })
  const candidates = files.filter((name) => /d1.*\.sqlite$/i.test(name))
  for (const name of candidates) {
    const file = join(folder, 'v3', name)
    const db = new DatabaseSync(file, { readOnly: true })
    const found = db.prepare("select 1 from sqlite_master where name = 'account'").get()
    db.close()
    if (found) return file
  }
  throw new Error(`no database with people among ${candidates.join(', ')}`)
}
