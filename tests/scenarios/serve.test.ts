/** The long-running halves: first start, two of them, workers and servers that are killed, the demonstration. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Started, start } from '../support/command-line.ts'
import { eventually } from '../support/eventually.ts'

const minutes = 60_000
let folder: string
let dataDir: string
let running: Started[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-serve-'))
  dataDir = await mkdtemp(join(tmpdir(), 'carryover-serve-data-'))
  running = []
})

afterEach(async () => {
  for (const { child, ended } of running) {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
    await ended
  }
  // Adopting what a killed server left behind, and giving it up, stops it.
  await start(['imports', '--data', dataDir]).ended
  for (const path of [folder, dataDir]) await rm(path, { recursive: true, force: true })
})

function launch(...args: string[]): Started {
  const started = start([...args, '--data', dataDir])
  running.push(started)
  return started
}

/** The address that it prints. */
async function addressOf(started: Started): Promise<string> {
  return eventually(async () => {
    if (started.child.exitCode !== null) throw new Error(`It ended: ${started.err()}`)
    return /running:\s+(http:\/\/\S+)\n/.exec(started.out())?.[1]
  }, 90)
}

async function post(url: string, path: string, body: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  return {
    status: answer.status,
    cookie: answer.headers.getSetCookie()[0],
    json: (await answer.json()) as never,
  }
}

/** Uses the setup link as a browser does, and makes a key for programs. */
async function setUp(started: Started, url: string): Promise<string> {
  const token = /\/setup\?token=(\S+)/.exec(started.out())![1]
  const organisation = { organisation: 'First', name: 'Ann', email: 'ann@first.example' }
  const made = await post(url, '/setup', { token, ...organisation, password: 'a long enough password' })
  expect(made.status).toBe(201)
  const cookie = made.cookie!.split(';')[0]!
  const imports = ['imports.read', 'imports.create', 'imports.approve', 'imports.undo']
  const scopes = [...imports, 'clients.write', 'clients.export']
  const key = await post(url, '/api-keys', { name: 'script', scopes }, { cookie })
  return (key.json as { secret: string }).secret
}

/** Process ids of workers of this data folder. */
async function workers(): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,args='])
  return stdout
    .split('\n')
    .filter((line) => line.includes(`work --data ${dataDir}`))
    .map((line) => Number.parseInt(line, 10))
}

const worker = () => eventually(async () => (await workers())[0], 60)

test('first start: a setup link, then a client of the server; a killed worker comes back; a stop is clean', {
  timeout: 4 * minutes,
}, async () => {
  const serve = launch('serve', '--port', '0')
  const url = await addressOf(serve)
  const key = await setUp(serve, url)
  const first = await worker()
  process.kill(first, 'SIGKILL')

  const file = join(folder, 'clients.csv')
  await writeFile(file, 'External id,Name\nA1,One\nA2,Two\n')
  const args = ['--server', url, '--api-key', key]
  const imported = await start(['import', file, '--kind', 'clients', '--yes', '--json', ...args]).ended
  expect({ code: imported.code, ...(JSON.parse(imported.out) as object) }).toMatchObject({
    code: 0,
    status: 'completed',
    counts: { rows: 2, loaded: 2 },
  })
  expect(await worker()).not.toBe(first)
  const exported = await start(['export', 'clients', '--language', 'en', ...args]).ended
  expect(exported.out.split('\n').slice(1, 3)).toEqual([
    expect.stringMatching(/^One,A1,/),
    expect.stringMatching(/^Two,A2,/),
  ])
  const stranger = await start(['imports', '--server', url, '--api-key', 'co_nonsense']).ended
  expect(stranger.code).toBe(3)

  const second = await launch('serve', '--port', '0').ended
  expect(second).toMatchObject({ code: 3, out: '' })
  expect(second.err).toContain(url)

  serve.child.kill('SIGTERM')
  expect((await serve.ended).code).toBe(0)
  expect(await workers()).toEqual([])
})

test('kill -9 of the server: its worker goes too, and the next start works', {
  timeout: 4 * minutes,
}, async () => {
  const killed = launch('serve', '--port', '0')
  await addressOf(killed)
  await worker()
  killed.child.kill('SIGKILL')
  await killed.ended
  await eventually(async () => (await workers()).length === 0, 60)
  const again = launch('serve', '--port', '0')
  const url = await addressOf(again)
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
})

test('a port that another program uses is refused with its number', { timeout: 2 * minutes }, async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await eventually(async () => other.listening)
  const { port } = other.address() as { port: number }
  try {
    const { code, err } = await launch('web', '--port', String(port)).ended
    expect(code).toBe(3)
    expect(err).toContain(`Port ${port} is used by another program`)
  } finally {
    other.close()
  }
})

test('the demonstration: once through the street; again it goes to the running one, and imports nothing twice', {
  timeout: 5 * minutes,
}, async () => {
  const demo = launch('serve', '--demo')
  const url = await addressOf(demo)
  await eventually(async () => demo.out().includes('Ctrl-C stops it'))
  const shown = demo.out()
  expect(shown).toMatch(/Plan\n {2}\d+ rows are ready, \d+ cannot be loaded/)
  expect(shown).toContain('Where the bad cells are')
  expect(shown).toMatch(/rows in the file\s+500\s+✓ adds up/)
  expect(shown).toContain('Imported by Eva Horáková, approved by Marek Novotný.')
  const [, email, password] = /(administrator@\S+)\s{2,}(\S.*)\n/.exec(shown)!
  expect((await post(url, '/session', { email, password })).status).toBe(200)

  const second = await launch('serve', '--demo').ended
  expect(second.code).toBe(0)
  expect(second.out).toContain(`running already:  ${url}`)
  // Without an installation of its own beside it, commands use the demonstration.
  const list = () => start(['imports', '--json', '--data', dataDir]).ended
  const before = JSON.parse((await list()).out) as { imports: { status: string }[] }
  expect(before.imports.map(({ status }) => status)).toEqual(['completed'])

  demo.child.kill('SIGINT')
  expect((await demo.ended).code).toBe(0)
  const third = launch('serve', '--demo')
  await addressOf(third)
  expect(third.out()).not.toContain('Plan')
  expect(JSON.parse((await list()).out)).toEqual(before)
})
