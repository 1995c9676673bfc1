/** The contract with scripts: exit codes, one JSON object on stdout, help, doctor. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createInstallation, type Installation, start } from '../support/command-line.ts'

let house: Installation
let folder: string
let file: string

beforeAll(async () => {
  house = await createInstallation()
  folder = await mkdtemp(join(tmpdir(), 'carryover-usage-'))
  file = join(folder, 'clients.csv')
  await writeFile(file, 'Name\nOne\n')
})

afterAll(async () => {
  await house?.close()
  await rm(folder, { recursive: true, force: true })
})

test('wrong usage ends with 2, one sentence, and nothing on stdout', async () => {
  const wrong = [
    [],
    ['imprt'],
    ['import'],
    ['import', file],
    ['import', file, '--kind', 'clients', '--rows', 'some'],
    ['import', file, '--kind', 'clients', '--set', 'noequals'],
    ['import', file, '--kind', 'clients', '--colour', 'red'],
    ['import', join(folder, 'missing.csv'), '--kind', 'clients'],
    ['import', folder, '--kind', 'clients'],
    ['import', file, '--kind', 'clients', '--mapping', file],
    ['import', file, file, file, '--kind', 'clients', '--kind', 'contacts'],
    ['import', file, file, '--kind', 'clients', '--kind', 'contacts', '--set', 'name=x'],
    ['undo', 'x'],
    ['serve', '--port', '99999'],
    ['read', join(folder, 'missing.csv')],
  ]
  const ended = await Promise.all(wrong.map((args) => start(args).ended))
  for (const [at, { code, out, err }] of ended.entries()) {
    expect({ args: wrong[at], code, out: at === 0 ? '' : out }).toEqual({ args: wrong[at], code: 2, out: '' })
    expect(err, wrong[at]!.join(' ')).not.toMatch(/\n\s+at /)
  }
})

test('what the server knows better: an unknown kind or field is wrong usage, too', async () => {
  const kind = await house.json<{ error: { code: string } }>('import', file, '--kind', 'nonsense')
  expect(kind).toMatchObject({ code: 2, value: { error: { code: 'kind.unknown' } } })
  const field = await house.json<{ error: { code: string } }>(
    'import',
    file,
    '--kind',
    'clients',
    '--set',
    'nonsense=1',
  )
  expect(field).toMatchObject({ code: 2, value: { error: { code: 'mapping.unknown_field' } } })
  expect((await house.run('export', 'clients', '--where', 'nonsense=1')).code).toBe(2)
})

test('a refusal ends with 3: no such import, nothing to undo, nobody of that name', async () => {
  const missing = await house.json<{ error: { code: string; sentence: string } }>('undo', '987654')
  expect(missing).toMatchObject({ code: 3, value: { error: { code: 'import.not_found' } } })
  expect(missing.err).toContain(missing.value.error.sentence)
  const nobody = await house.run('imports', '--as', 'nobody@demo.example')
  expect(nobody.code).toBe(3)
  expect(nobody.err).toContain('administrator@demo.example')
})

test('what is away ends with 4', async () => {
  const server = ['--server', 'http://127.0.0.1:9', '--api-key', 'k']
  const away = await start(['imports', ...server]).ended
  expect(away.code).toBe(4)
  expect(away.err).toContain('http://127.0.0.1:9 cannot be reached')
  const env = { DATABASE_URL: 'postgres://x:y@127.0.0.1:9/z', CARRYOVER_DATA: join(folder, 'data') }
  const database = await start(['imports'], { env }).ended
  expect(database.code).toBe(4)
  expect(database.err).not.toMatch(/\n\s+at /)
})

test('help of each command starts at once, with its options, and without a database', async () => {
  const env = { CARRYOVER_DATA: '/proc/nowhere' }
  const commands = [
    'serve',
    'read',
    'import',
    'imports',
    'approve',
    'undo',
    'findings',
    'cancel',
    'export',
    'doctor',
  ]
  const all = await start(['--help'], { env }).ended
  expect(all.code).toBe(0)
  for (const name of commands) expect(all.out).toMatch(new RegExp(`^  ${name} `, 'm'))
  const { code, out } = await start(['import', '--help'], { env }).ended
  expect(code).toBe(0)
  for (const option of [
    '--kind',
    '--mapping',
    '--set',
    '--rows',
    '--existing',
    '--match',
    '--dry-run',
    '--yes',
    '--json',
  ])
    expect(out).toContain(option)
})

test('doctor finds a running installation well, and a broken one not', async () => {
  type Doctor = { state: string; checks: { name: string; state: string; says: string; advice?: string }[] }
  const well = await house.json<Doctor>('doctor')
  expect(well.value.checks.filter(({ state }) => state === 'problem')).toEqual([])
  expect(well.code).toBe(0)
  expect(well.value.checks.find(({ name }) => name === 'Row security')?.says).toMatch(
    /forced on all \d+ tables/,
  )
  expect(well.value.checks.find(({ name }) => name === 'Schema')?.state).toBe('ok')

  const broken = await start(['doctor', '--json'], {
    env: { CARRYOVER_DATA: join(folder, 'broken'), DATABASE_URL: 'postgres://x:y@127.0.0.1:9/z' },
  }).ended
  expect(broken.code).toBe(1)
  expect((JSON.parse(broken.out) as Doctor).state).toBe('problem')
})
