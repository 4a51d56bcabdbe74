import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import type { Server } from 'node:http'
import { openBus } from './bus/open.ts'
import { readConfig } from './config.ts'
import type { Config } from './config.ts'
import { archiveIn } from './handlers/archive.ts'
import { createHttp } from './http.ts'
import { createEmbedder } from './embedder/create.ts'
import { createImages } from './images/images.ts'
import { createStore } from './images/store.ts'
import { startIndexing } from './indexing.ts'
import { createJobs } from './jobs.ts'
import { log, reasonOf } from './log.ts'
import { createMail } from './mail/mail.ts'
import { openMailbox } from './mailbox.ts'
import { measured } from './ops/measured.ts'
import { createMetrics } from './ops/metrics.ts'
import { busPart, folderPart, imagesPart, indexPart } from './ops/own-parts.ts'
import { openOps, type Ops } from './ops/server.ts'
import { createSearch } from './search.ts'
import { openSeen } from './seen.ts'
import { createSms } from './sms/sms.ts'
import { openIndex } from './vectors/open.ts'

const pruneEveryMs = 60 * 60_000
const stopWithinMs = 20_000

async function start(config: Config): Promise<() => Promise<void>> {
  await mkdir(config.dataDir, { recursive: true })
  const bus = await openBus(config.bus, config.dataDir)
  const archive = join(config.dataDir, 'archive')
  const archiving = bus.subscribe('archive', archiveIn(archive))
  const pruning = setInterval(() => void bus.prune(), pruneEveryMs)

  const embedder = createEmbedder(config.embedder)
  const index = await openIndex(config.vectors, { dataDir: config.dataDir, embedder })
  const indexing = startIndexing({ bus, archive, archiving, index, embedder })

  const seen = openSeen(join(config.dataDir, 'seen.sqlite'))
  const usesMailbox = config.mail.kind === 'mailbox' || config.sms.kind === 'mailbox'
  const mailbox = usesMailbox ? await openMailbox(join(config.dataDir, 'mailbox')) : null
  const mail = createMail(config.mail, mailbox)
  const sms = createSms(config.sms, mailbox)
  const { secret, workerUrl } = config
  const images = createImages(createStore({ workerUrl, origins: config.storageOrigins, secret }), {
    cores: config.imageCores,
  })
  const metrics = createMetrics()
  const { doJob, carrier } = measured(createJobs({ images, mail, sms, seen }), metrics)
  const parts = [
    busPart(bus),
    folderPart(config.dataDir),
    indexPart(index),
    imagesPart(images),
    carrier('mail', config.mail.kind),
    carrier('sms', config.sms.kind),
  ]
  const ops = await openOps(parts, metrics, config.opsPort)
  const app = createHttp({
    secret,
    seen,
    bus,
    images,
    search: createSearch({ index, embedder }),
    indexing,
    doJob,
    mailbox,
    metrics,
  })
  const server = await listen(app.fetch, config, ops)

  return async () => {
    ops.stopping()
    clearInterval(pruning)
    await closeDoor(server)
    mail.close()
    await indexing.stop()
    await bus.close()
    await index.close()
    seen.close()
    await ops.close()
  }
}

type Fetch = (request: Request) => Response | Promise<Response>

function listen(fetch: Fetch, config: Config, ops: Ops): Promise<Server> {
  return new Promise((resolve, reject) => {
    const { port, host: hostname } = config
    const server = serve({ fetch, port, hostname }, ({ port }) => {
      log('ready', {
        host: hostname,
        port,
        opsPort: ops.port,
        mail: config.mail.kind,
        sms: config.sms.kind,
        vectors: config.vectors.kind,
        embedder: config.embedder.kind,
      })
      resolve(server)
    }) as Server
    server.once('error', reject)
  })
}

/** Requests in hand are answered; whoever comes later finds the door closed and asks again. */
async function closeDoor(server: Server): Promise<void> {
  // A connection that was answered stays open for the next request until it is told otherwise.
  const sweeping = setInterval(() => server.closeIdleConnections(), 50)
  await new Promise<void>((resolve) => server.close(() => resolve()))
  clearInterval(sweeping)
}

function fail(error: unknown): never {
  log('failed', { reason: reasonOf(error) }, 'error')
  process.exit(1)
}

async function main() {
  const starting = start(readConfig(process.env))
  let stopping = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      log('stopping', { signal })
      setTimeout(() => fail(new Error('work in hand did not end in time')), stopWithinMs).unref()
      starting.then((stop) => stop()).then(() => log('stopped'), fail)
    })
  await starting
}

main().catch(fail)
