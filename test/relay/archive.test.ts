import { appendFile, truncate, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { archiveIn } from '../../relay/handlers/archive.ts'
import type { Envelope } from '../../worker/contract/events.ts'
import { likes, newFolder, readArchive } from '../support/relay.ts'

type Run = [Envelope, ...Envelope[]]
const run = (stream: string, from: number, to: number) => likes(stream, from, to) as Run
const seqs = async (dataDir: string, stream: string) => (await readArchive(dataDir, stream)).map((event) => event.seq)

describe('the archive', () => {
  it('keeps every event of a stream once, in order, as it came', async () => {
    const dataDir = await newFolder()
    const archive = archiveIn(join(dataDir, 'archive'))
    await archive(run('auction:auc_1', 1, 3))
    await archive(run('auction:auc_1', 2, 5))
    await archive(run('accounts', 1, 1))
    expect(await readArchive(dataDir, 'auction:auc_1')).toEqual(likes('auction:auc_1', 1, 5))
    expect(await seqs(dataDir, 'accounts')).toEqual([1])
  })

  it('knows after a restart what it has', async () => {
    const dataDir = await newFolder()
    await archiveIn(join(dataDir, 'archive'))(run('accounts', 1, 4))
    await archiveIn(join(dataDir, 'archive'))(run('accounts', 3, 6))
    expect(await seqs(dataDir, 'accounts')).toEqual([1, 2, 3, 4, 5, 6])
  })

  it.each([1, 40, 150])('mends a line that a crash cut off by %i bytes', async (cut) => {
    const dataDir = await newFolder()
    const path = join(dataDir, 'archive', 'accounts.jsonl')
    await archiveIn(join(dataDir, 'archive'))(run('accounts', 1, 4))
    await truncate(path, (await stat(path)).size - cut)
    await archiveIn(join(dataDir, 'archive'))(run('accounts', 3, 5))
    expect(await seqs(dataDir, 'accounts')).toEqual([1, 2, 3, 4, 5])
  })

  it('begins anew when not even the first line was whole', async () => {
    const dataDir = await newFolder()
    await archiveIn(join(dataDir, 'archive'))(run('accounts', 1, 1))
    const path = join(dataDir, 'archive', 'accounts.jsonl')
    await truncate(path, 0)
    await appendFile(path, '{"stream":"acc')
    await archiveIn(join(dataDir, 'archive'))(run('accounts', 1, 2))
    expect(await seqs(dataDir, 'accounts')).toEqual([1, 2])
  })
})
