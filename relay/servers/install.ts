import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What is missing on this computer, one line for each thing, with the way to get it. */
export class Missing extends Error {}

export interface Installed {
  java: string
  classpath: string
  milvusLite: string
  versitygw: string
}

const here = import.meta.dirname
const versity = 'github.com/versity/versitygw/cmd/versitygw@v1.8.0'

/** Brings the three servers into `folder`, once: jars by Maven, Milvus Lite by pip, the S3 gateway by Go. */
export async function install(folder: string, say: (line: string) => void): Promise<Installed> {
  const java = findJava()
  if (java === null || !isInstalled(folder)) await bring(folder, findTools(), say)
  return {
    java: java ?? 'java',
    classpath: readFileSync(join(folder, 'pulsar.classpath'), 'utf8').trim(),
    milvusLite: join(folder, 'milvus', programs, 'milvus-lite'),
    versitygw: join(folder, 'versitygw'),
  }
}

const programs = process.platform === 'win32' ? 'Scripts' : 'bin'

async function bring(folder: string, tools: Tools, say: (line: string) => void): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const classpathFile = join(folder, 'pulsar.classpath')
  const venv = join(folder, 'milvus')

  await once(join(folder, 'pulsar.mark'), join(here, 'pom.xml'), async () => {
    say('fetching Pulsar (252 MB the first time) …')
    await run(tools.mvn, [
      '-q',
      '-B',
      '-f',
      join(here, 'pom.xml'),
      'dependency:build-classpath',
      `-Dmdep.outputFile=${classpathFile}`,
    ])
  })
  await once(join(folder, 'milvus.mark'), join(here, 'requirements.txt'), async () => {
    say('fetching Milvus Lite …')
    rmSync(venv, { recursive: true, force: true })
    await run(tools.python, ['-m', 'venv', venv])
    await run(join(venv, programs, 'pip'), ['install', '-q', '-r', join(here, 'requirements.txt')])
  })
  await once(join(folder, 'versitygw.mark'), null, async () => {
    say('building the S3 gateway …')
    await run(tools.go, ['install', versity], { GOBIN: folder })
  })
}

/** Whether all three were brought here already, as the project's files ask for them now. */
export function isInstalled(folder: string): boolean {
  const files = { pulsar: join(here, 'pom.xml'), milvus: join(here, 'requirements.txt'), versitygw: null }
  return Object.entries(files).every(([name, source]) => isMarked(join(folder, `${name}.mark`), source))
}

async function once(mark: string, source: string | null, make: () => Promise<void>): Promise<void> {
  if (isMarked(mark, source)) return
  rmSync(mark, { force: true })
  await make()
  writeFileSync(mark, digest(source))
}

const isMarked = (mark: string, source: string | null) =>
  existsSync(mark) && readFileSync(mark, 'utf8') === digest(source)

function digest(source: string | null): string {
  return createHash('sha256')
    .update(source === null ? versity : readFileSync(source))
    .digest('hex')
}

interface Tools {
  java: string
  mvn: string
  python: string
  go: string
}

function findTools(): Tools {
  const tools = { java: findJava(), mvn: works('mvn', ['-v']), python: findPython(), go: works('go', ['version']) }
  const ways: Record<keyof Tools, string> = {
    java: 'Java 17 or newer (Debian: apt install openjdk-17-jre-headless; macOS: brew install openjdk@17)',
    mvn: 'Maven (Debian: apt install maven; macOS: brew install maven)',
    python: 'Python 3.10 or newer with venv (Debian: apt install python3 python3-venv; macOS: brew install python)',
    go: 'Go 1.24 or newer (https://go.dev/dl; macOS: brew install go)',
  }
  const missing = Object.entries(tools).flatMap(([name, found]) => (found ? [] : [`  ${ways[name as keyof Tools]}`]))
  if (missing.length > 0) throw new Missing(`This computer lacks:\n${missing.join('\n')}`)
  return tools as Tools
}

function works(tool: string, args: string[]): string | null {
  return said(tool, args) === null ? null : tool
}

function findJava(): string | null {
  const candidates = [process.env['JAVA_HOME'] && join(process.env['JAVA_HOME'], 'bin/java'), 'java']
  return (
    candidates.find((java) => java && Number(/version "(\d+)/.exec(said(java, ['-version']) ?? '')?.[1]) >= 17) || null
  )
}

function findPython(): string | null {
  const check = 'import sys, venv, ensurepip; print(sys.version_info >= (3, 10))'
  const names = ['python3.12', 'python3.11', 'python3.10', 'python3', 'python3.13']
  return names.find((python) => said(python, ['-c', check])?.trim() === 'True') ?? null
}

/** What a tool says, on either channel; null if it cannot be run or fails. */
function said(tool: string, args: string[]): string | null {
  try {
    return execFileSync('sh', ['-c', '"$0" "$@" 2>&1', tool, ...args], { encoding: 'utf8' })
  } catch {
    return null
  }
}

function run(tool: string, args: string[], env: Record<string, string> = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(tool, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    let words = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (words += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${tool} ${args[0]} failed:\n${words.trim().slice(-2_000)}`)),
    )
  })
}
