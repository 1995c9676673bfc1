/** The command line on a local data folder: the street from a file to the undo, by real processes. */
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildXlsx, rowsXml } from '../fixtures/spreadsheet/build-workbook.ts'
import { createInstallation, type Installation } from '../support/command-line.ts'
import { eventually } from '../support/eventually.ts'

type Summary = {
  id: string
  label: string
  status: string
  counts: Record<
    'rows' | 'loaded' | 'unchanged' | 'skipped' | 'failed' | 'created' | 'updated' | 'joined',
    number
  >
  findings: { code: string; count: number }[]
  undoable: boolean
}
type Undone = { id: string; status: string; counts: { reversed: number; kept: number; blocked: number } }

let house: Installation
let folder: string

beforeAll(async () => {
  house = await createInstallation()
  folder = await mkdtemp(join(tmpdir(), 'carryover-command-files-'))
})

afterAll(async () => {
  await house?.close()
  await rm(folder, { recursive: true, force: true })
})

/** Everything that is stored of the clients, but how often each was changed: an undo counts on. */
async function clientsOf({ dump }: Installation): Promise<string[]> {
  const lines = await dump('clients')
  return lines.map((line) => JSON.stringify({ ...(JSON.parse(line) as object), version: undefined }))
}

async function write(name: string, text: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}

/** A file of clients whose external ids begin with a prefix of their own; `bad` rows have a date that is none. */
function clientsFile(prefix: string, rows: number, bad: readonly number[] = []): string {
  const lines = Array.from({ length: rows }, (_, at) => {
    const birthday = bad.includes(at + 1) ? '1980-02-31' : '1980-02-01'
    return `${prefix}${at + 1},Firm ${prefix}${at + 1},info@${prefix.toLowerCase()}${at + 1}.example,${birthday}`
  })
  return `External id,Name,E-mail,Birthday\n${lines.join('\n')}\n`
}

const importing = (path: string, ...more: string[]) => ['import', path, '--kind', 'clients', ...more]

function expectBalance({ counts }: Summary): void {
  expect(counts.loaded + counts.unchanged + counts.skipped + counts.failed).toBe(counts.rows)
  expect(counts.created + counts.updated + counts.joined).toBe(counts.loaded)
}

test('the example: only valid rows, balanced; updates over it; two undos bring the tables back', {
  timeout: 180_000,
}, async () => {
  const empty = await clientsOf(house)
  const first = await house.json<Summary>(
    ...importing('examples/clients.csv', '--rows', 'valid-only', '--yes'),
  )
  expect(first.code).toBe(0)
  expect(first.value).toMatchObject({ status: 'completed', undoable: true })
  expect(first.value.counts.rows).toBe(500)
  expect(first.value.counts.failed).toBeGreaterThan(0)
  expect(first.value.findings.length).toBeGreaterThan(3)
  expectBalance(first.value)

  const loaded = await clientsOf(house)
  expect(loaded.length - empty.length).toBe(first.value.counts.loaded)
  const second = await house.json<Summary>(
    ...importing('examples/clients-update.csv', '--existing', 'upsert', '--match', 'externalId', '--yes'),
  )
  expect(second.code).toBe(0)
  expect(second.value.counts.updated).toBeGreaterThan(0)
  expect(second.value.counts.created).toBeGreaterThan(0)
  expectBalance(second.value)
  expect(await clientsOf(house)).not.toEqual(loaded)

  const preview = await house.json<Undone>('undo', second.value.id, '--preview')
  const undone = await house.json<Undone>('undo', second.value.id)
  const reversed = second.value.counts.loaded
  expect(preview.value).toEqual({
    id: second.value.id,
    status: 'completed',
    counts: { reversed, kept: 0, blocked: 0 },
  })
  expect(undone).toMatchObject({
    code: 0,
    value: { id: second.value.id, status: 'undone', counts: { reversed, kept: 0, blocked: 0 } },
  })
  expect(await clientsOf(house)).toEqual(loaded)

  expect((await house.json<Undone>('undo', first.value.id)).value.status).toBe('undone')
  expect(await clientsOf(house)).toEqual(empty)
  const events = (await house.dump('history')).map((line) => (JSON.parse(line) as { event: string }).event)
  expect(events.filter((event) => event === 'import.undone')).toHaveLength(2)
  const list = await house.run('imports')
  expect(list.out).toContain('clients-update.csv')
  expect(list.out.match(/Undone/g)).toHaveLength(2)
})

test('all or nothing: findings stop it with 1, nothing is written, and the text says where', async () => {
  const before = await clientsOf(house)
  const path = await write('nothing.csv', clientsFile('N', 12, [4, 9]))
  const { code, out, err } = await house.run(...importing(path, '--yes'))
  expect(code).toBe(1)
  expect(out).toMatch(/\n\s+4\s+5\s+Birthday\s+1980-02-31\s+1980-02-31 is not a day in the calendar/)
  expect(out).toMatch(/\n\s+9\s+10\s+Birthday/)
  expect(out).toContain('Nothing was written.')
  expect(out + err).not.toMatch(/\n\s+at .+:\d+:\d+/)
  expect(await clientsOf(house)).toEqual(before)
})

test('a dry run tells 1 or 0 and leaves nothing that waits', async () => {
  const bad = await write('dry-bad.csv', clientsFile('DB', 5, [2]))
  const good = await write('dry-good.csv', clientsFile('DG', 5))
  const before = await clientsOf(house)
  const first = await house.json<Summary>(...importing(bad, '--dry-run', '--rows', 'valid-only'))
  const second = await house.json<Summary>(...importing(good, '--dry-run'))
  expect([first.code, second.code]).toEqual([1, 0])
  expect(second.value.counts).toMatchObject({ rows: 5, loaded: 5, failed: 0 })
  for (const { value } of [first, second])
    expect((await house.json<Summary>('imports', value.id)).value.status).toBe('cancelled')
  expect(await clientsOf(house)).toEqual(before)
})

test('without --yes and without a terminal it waits: 3, and the command that approves it', async () => {
  const path = await write('waits.csv', clientsFile('W', 6))
  const { code, err } = await house.run(...importing(path))
  expect(code).toBe(3)
  const id = /carryover approve (\d+)/.exec(err)?.[1]
  expect(id).toBeDefined()
  const refused = await house.json<{ error: { code: string } }>(
    'approve',
    id!,
    '--as',
    'operator@demo.example',
  )
  expect(refused).toMatchObject({ code: 3, value: { error: { code: 'permission.denied' } } })
  const approved = await house.json<Summary>('approve', id!, '--as', 'manager@demo.example')
  expect(approved).toMatchObject({ code: 0, value: { status: 'completed', counts: { loaded: 6 } } })
  const again = await house.json<{ error: { code: string } }>('approve', id!)
  expect(again).toMatchObject({ code: 3, value: { error: { code: 'import.already_approved' } } })
})

test('cancel gives up what waits', async () => {
  const path = await write('cancel.csv', clientsFile('C', 3))
  const id = /carryover approve (\d+)/.exec((await house.run(...importing(path))).err)![1]!
  expect(await house.json<Summary>('cancel', id)).toMatchObject({ code: 0, value: { status: 'cancelled' } })
  expect((await house.run('cancel', id)).code).toBe(3)
})

test('constants and a mapping from a file; the command line decides over its settings', async () => {
  const path = await write('mapped.csv', 'Code;Who\nM1;Mapped one\nM2;Mapped two\n')
  const mapping = await write(
    'mapping.json',
    JSON.stringify({
      columns: [
        { header: 'Who', field: 'name' },
        { header: 'Code', field: 'externalId' },
      ],
      constants: [{ field: 'note', value: 'from the file' }],
      settings: { rows: 'all_or_nothing' },
    }),
  )
  const set = ['--set', 'note=a = b', '--set', 'billingCity=Brno']
  const { code, value } = await house.json<Summary>(
    ...importing(path, '--mapping', mapping, ...set, '--rows', 'valid-only', '--yes'),
  )
  expect(code).toBe(0)
  expect(value.counts).toMatchObject({ rows: 2, created: 2 })
  const { out } = await house.run('export', 'clients', '--where', 'externalId=M2', '--language', 'en')
  const [header, row, ...others] = out.trimEnd().split('\n')
  expect(others).toEqual([])
  const cells = Object.fromEntries(header!.split(',').map((name, at) => [name, row!.split(',')[at]]))
  expect(cells).toMatchObject({ Name: 'Mapped two', Note: 'a = b', 'Billing city': 'Brno' })
})

test('several files: each its own import, one that is refused does not stop the others, the worst code', async () => {
  const good = await write('several.csv', clientsFile('S', 4))
  const empty = await write('empty.csv', '')
  const { code, value, err } = await house.json<{ imports: (Summary & { error?: { code: string } })[] }>(
    'import',
    empty,
    good,
    '--kind',
    'clients',
    '--yes',
  )
  expect(code).toBe(3)
  expect(value.imports[0]).toMatchObject({ file: 'empty.csv', error: { code: 'file.empty' } })
  expect(value.imports[1]).toMatchObject({ status: 'completed', counts: { rows: 4, loaded: 4 } })
  expect(err).toContain('empty.csv: ')
})

test('the same file twice is told', async () => {
  const path = await write('twice.csv', clientsFile('T', 2))
  const first = await house.json<Summary>(...importing(path, '--yes'))
  const second = await house.json<Summary>(...importing(path, '--dry-run'))
  expect(second.err).toContain(`imported already: ${first.value.label}`)
  expect(second).toMatchObject({ code: 1, value: { findings: [{ code: 'row.exists_already', count: 2 }] } })
})

test('two processes at once: both load, both balance', async () => {
  const paths = [await write('a.csv', clientsFile('PA', 300)), await write('b.csv', clientsFile('PB', 300))]
  const both = await Promise.all(paths.map((path) => house.json<Summary>(...importing(path, '--yes'))))
  for (const { code, value } of both) {
    expect(code).toBe(0)
    expect(value.counts).toMatchObject({ rows: 300, loaded: 300 })
  }
  expect(both[0]!.value.label).not.toBe(both[1]!.value.label)
})

test('card numbers: refused with 3, nothing of the file is kept', async () => {
  const cards = ['4111111111111111', '5555555555554444', '4012888888881881', '4242424242424242']
  const rows = Array.from({ length: 4000 }, (_, at) => `Name ${at},${cards[at % cards.length]}`)
  const path = await write('cards.csv', `Name,Card\n${rows.join('\n')}\n`)
  const before = await house.dump('imports')
  const { code, value } = await house.json<{ error: { code: string } }>(...importing(path, '--yes'))
  expect({ code, error: value.error.code }).toEqual({ code: 3, error: 'file.card_numbers' })
  expect(await house.dump('imports')).toEqual(before)
  const file = (await house.dump('files'))
    .map((line) => JSON.parse(line))
    .find((of) => of.name === 'cards.csv')
  expect(file).toMatchObject({ state: 'refused', sealed_key: null })
})

test('findings and exports stream: to a pipe that closes, and to files that are whole', async () => {
  const path = await write(
    'found.csv',
    clientsFile(
      'F',
      400,
      Array.from({ length: 400 }, (_, at) => at + 1),
    ),
  )
  const { value } = await house.json<Summary>(...importing(path, '--yes'))
  const csv = await house.run('findings', value.id)
  expect(csv.out.trimEnd().split('\n')).toHaveLength(401)
  const lines = await house.run('findings', value.id, '--format', 'ndjson')
  expect(JSON.parse(lines.out.split('\n')[0]!)).toMatchObject({ row: 1, line: 2, code: 'value.no_such_date' })

  const workbook = join(folder, 'out.xlsx')
  const written = await house.run('export', 'clients', '-o', workbook)
  expect(written).toMatchObject({ code: 0, out: '' })
  expect((await readFile(workbook)).subarray(0, 2).toString()).toBe('PK')
  const nowhere = await house.run('export', 'clients', '-o', join(folder, 'no', 'such', 'folder.csv'))
  expect(nowhere.code).toBe(2)
  expect((await readdir(folder)).filter((name) => name.includes('.part-'))).toEqual([])

  const piped = house.start('findings', value.id)
  await once(piped.child.stdout!, 'readable')
  piped.child.stdout!.destroy()
  expect((await piped.ended).code).toBe(0)
})

test('Ctrl-C while it is read: cancelled, nothing written', async () => {
  const before = await clientsOf(house)
  const path = await write('long.csv', clientsFile('L', 150_000))
  const running = house.start(...importing(path, '--yes', '--json'))
  const id = await eventually(async () => {
    const found = (await house.dump('imports')).map((line) => JSON.parse(line))
    return found.find(({ id, status }) => status === 'checking' && id)?.id as number | undefined
  })
  running.child.kill('SIGINT')
  const { code, out, err } = await running.ended
  expect(code).toBe(130)
  expect(err).toContain('stopping')
  expect(JSON.parse(out)).toMatchObject({ id: String(id), status: 'cancelled', undoable: false })
  expect(await clientsOf(house)).toEqual(before)
})

test('Czech by the language of the system', async () => {
  const { start } = await import('../support/command-line.ts')
  const path = await write('czech.csv', clientsFile('CZ', 3, [2]))
  const env = { CARRYOVER_DATA: house.dataDir, LANG: 'cs_CZ.UTF-8' }
  const { code, out } = await start(importing(path, '--dry-run'), { env }).ended
  expect(code).toBe(1)
  expect(out).toContain('Kde jsou chybné buňky')
  expect(out).toContain('1980-02-31 v kalendáři neexistuje')
  expect(out).toMatch(/řádků v souboru\s+3\s+✓ souhlasí/)
})

test('a kind for each file makes them one import: one balance, one undo', async () => {
  const before = await clientsOf(house)
  const clients = await write('set-clients.csv', 'External id,Name\nSET1,Set of two\n')
  const contacts = await write('set-contacts.csv', 'Last name,Client\nSetter,SET1\nOther,SET1\n')
  const { code, value } = await house.json<Summary>(
    'import',
    contacts,
    clients,
    '--kind',
    'contacts',
    '--kind',
    'clients',
    '--yes',
  )
  expect(code).toBe(0)
  expect(value).toMatchObject({ status: 'completed', counts: { rows: 3, loaded: 3, created: 3, failed: 0 } })
  const undone = await house.json<Undone>('undo', value.id)
  expect(undone.value).toMatchObject({ status: 'undone', counts: { reversed: 3, kept: 0, blocked: 0 } })
  expect(await clientsOf(house)).toEqual(before)
})

test('a workbook says itself what its sheets are; one that is not recognised is named and left out', async () => {
  const sheets = [
    {
      name: 'Klienti',
      rows: rowsXml([
        ['Externí id', 'Název', 'IČO'],
        ['WB1', 'Sešit s.r.o.', '12345678'],
      ]),
    },
    {
      name: 'Osoby',
      rows: rowsXml([
        ['Příjmení', 'Jméno', 'Klient', 'E-mail'],
        ['Sešitová', 'Jana', 'WB1', 'jana@sesit.example'],
      ]),
    },
    {
      name: 'Nesmysly',
      rows: rowsXml([
        ['xyz', 'qqq'],
        ['1', '2'],
      ]),
    },
  ]
  const path = join(folder, 'book.xlsx')
  await writeFile(path, buildXlsx({ sheets }))
  const { code, value, err } = await house.json<Summary>('import', path, '--yes')
  expect(err).toContain('Nesmysly')
  expect(code).toBe(0)
  expect(value).toMatchObject({ status: 'completed', counts: { rows: 2, created: 2 } })
  expect((await house.json<Undone>('undo', value.id)).value.counts).toMatchObject({ reversed: 2 })
})
