/** Exports of other CRMs and address books by a preset: recognised by their headers, imported with nothing lost. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { createApiKey } from '../../src/accounts/api-keys/contract.ts'
import { describePlan } from '../../src/imports/check/contract.ts'
import { createImport, type ImportView, saveMapping } from '../../src/imports/contract.ts'
import { listPresets } from '../../src/imports/presets/contract.ts'
import { presets } from '../../src/imports/presets/presets.ts'
import { listContents } from '../../src/imports/read/contract.ts'
import { start } from '../support/command-line.ts'
import { csv, openStreet, type Settings, type Street } from '../support/imports.ts'
import { knownExports as exported } from '../support/known-exports.ts'

let street: Street
beforeAll(async () => {
  street = await openStreet()
})
afterAll(() => street?.close())

const as = () => ({ as: street.owner })

async function bring(preset: string, rows: string[][], settings: Settings = {}): Promise<ImportView> {
  const file = await street.upload(csv(rows), `${preset}.csv`)
  const body: z.input<typeof createImport.body> = { preset, fileId: file.id, settings }
  return street.app.call(createImport, { body }, as())
}

async function load(preset: string, rows: string[][]): Promise<ImportView> {
  return street.approve((await street.checkAgain((await bring(preset, rows)).id)).id)
}

/** The records of an import as text, each with every value that it has. */
const storedBy = (id: string, kind: string) =>
  street.stored<{ record: Record<string, unknown> }>(
    `select to_jsonb(t) as record from carryover.${kind} t where import_id = $1 order by import_row`,
    [id],
  )

test('every preset has an export here, and is listed with what the rows become', async () => {
  const { presets: listed } = await street.app.call(listPresets, {}, as())
  expect(listed.map(({ name }) => name)).toEqual(presets.map(({ name }) => name))
  expect(Object.keys(exported).toSorted()).toEqual(presets.map(({ name }) => name).toSorted())
  expect(listed.find(({ name }) => name === 'hubspot-contacts')?.kinds).toEqual(['contacts', 'clients'])
})

describe.each(Object.entries(exported))('%s', (name, { rows, first, companies }) => {
  test('is proposed for a file with these headers', async () => {
    const file = await street.upload(csv(rows), 'unknown.csv')
    const { parts } = await street.app.call(listContents, { params: { id: file.id } }, as())
    expect(parts.map(({ suggestedPreset }) => suggestedPreset)).toEqual([name])
  })

  test('each row becomes a record, and each filled cell stands in it', async () => {
    const view = await load(name, rows)
    expect(view).toMatchObject({ status: 'completed', balanced: true, counts: { failed: 0 } })
    const main = view.sources[0]!
    const stored = await storedBy(view.id, main.kind)
    expect(stored.length).toBe(rows.length - 1)
    expect(stored[0]!.record).toMatchObject(first)
    if (companies) {
      const clients = await storedBy(view.id, 'clients')
      expect(clients.map(({ record }) => record['name'])).toEqual(companies)
      expect(stored[0]!.record['client_id']).toBe(clients[0]!.record['id'])
    }
    const mapped = new Set(main.mapping.columns.map(({ column }) => column))
    const unreadable = await street.findings(view.id, 'value.kept_as_text')
    for (const [at, row] of rows.slice(1).entries())
      for (const [column, cell] of row.entries()) {
        const isRefused = unreadable.some((of) => of.row === at + 1 && of.column === column)
        if (cell === '' || (mapped.has(column) && !isRefused)) continue
        expect(stored[at]!.record['note']).toContain(`${rows[0]![column]}: ${cell}`)
      }
    expect((await street.undo(view.id)).status).toBe('undone')
  })
})

test('the plan says which columns are kept as text, and that each company is one client', async () => {
  const { id } = await bring('hubspot-contacts', exported['hubspot-contacts']!.rows)
  await street.checkAgain(id)
  const { policies } = await street.app.call(describePlan, { params: { id } }, as())
  expect(policies).toEqual(
    expect.arrayContaining([
      'Kept under Note, each under its header: Contact owner, Create Date, Shoe size.',
      'Clients: one for each different Name; rows that say nothing new are skipped.',
    ]),
  )
})

test('a company that is there already is used, and not made again', async () => {
  const { rows } = exported['pipedrive-persons']!
  const before = await load('pipedrive-persons', rows)
  const other = [rows[0]!, ['Someone Else', 'else@fors.example', '', 'FORS Kollektiv', 'Felix', '']]
  const view = await load('pipedrive-persons', other)
  expect(view).toMatchObject({ status: 'completed', counts: { created: 1 } })
  const [client] = await storedBy(before.id, 'clients')
  expect((await storedBy(view.id, 'contacts'))[0]!.record['client_id']).toBe(client!.record['id'])
  expect((await street.findings(view.id, 'row.there_already')).length).toBe(1)
})

test('a column that gets a field by hand is no longer kept as text; the others still are', async () => {
  const { rows } = exported['hubspot-contacts']!
  const { id, sources } = await bring('hubspot-contacts', rows)
  const { columns } = sources[0]!.mapping
  const shoes = { column: 9, header: 'Shoe size', field: 'otherContact' }
  const view = await street.app.call(
    saveMapping,
    { params: { id, source: 0 }, body: { columns: [...columns, shoes], constants: [] } },
    as(),
  )
  expect(view.sources[0]!.mapping.gather?.columns.map(({ header }) => header)).toEqual([
    'Contact owner',
    'Create Date',
  ])
})

test('a preset that is not there, or is of another file, is refused with what to do', async () => {
  await expect(bring('pipedrive', [['Name'], ['A']])).rejects.toThrow(/preset\.unknown.*pipedrive-persons/s)
  await expect(
    bring('hubspot-companies', [
      ['Shoe', 'Size'],
      ['left', '12'],
    ]),
  ).rejects.toThrow(/preset\.does_not_fit/)
})

test('by the command line: --preset names it, and says what the rows become', async () => {
  const { rows } = exported['pipedrive-organizations']!
  const folder = await mkdtemp(join(tmpdir(), 'carryover-preset-'))
  try {
    const path = join(folder, 'organizations.csv')
    await writeFile(path, csv([...rows, ['56', 'Lund & Co', '', '']]))
    const scopes = [
      'imports.read',
      'imports.create',
      'imports.approve',
      'clients.read',
      'clients.write',
    ] as const
    const { secret } = await street.app.call(
      createApiKey,
      { body: { name: 'presets', scopes: [...scopes] } },
      as(),
    )
    const server = ['--server', street.app.url, '--api-key', secret]
    const run = (...args: string[]) => start(['import', path, ...args, ...server]).ended
    const ended = await run('--preset', 'pipedrive-organizations', '--yes', '--json')
    expect([ended.code, ended.err]).toEqual([0, ''])
    const told = JSON.parse(ended.out) as { id: string; counts: { created: number } }
    expect(told.counts.created).toBe(2)
    expect((await storedBy(told.id, 'clients'))[0]!.record['name']).toBe('Ryd & Co')
    const both = await run('--preset', 'pipedrive-organizations', '--kind', 'clients')
    expect([both.code, both.err]).toEqual([2, expect.stringMatching(/Leave out --kind/)])
    const unknown = await run('--preset', 'pipedrive', '--yes')
    expect([unknown.code, unknown.err]).toEqual([
      expect.any(Number),
      expect.stringMatching(/no preset pipedrive/),
    ])
    expect(unknown.code).toBeGreaterThan(0)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
