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

type Export = {
  readonly rows: string[][]
  /** What the first row becomes, by column of the table. */
  readonly first: Record<string, unknown>
  /** Names of the clients that come with it. */
  readonly companies?: string[]
}

const exported: Readonly<Record<string, Export>> = {
  'hubspot-contacts': {
    rows: [
      [
        'Record ID',
        'First Name',
        'Last Name',
        'Email',
        'Phone Number',
        'Contact owner',
        'Lifecycle Stage',
        'Associated Company',
        'Create Date',
        'Shoe size',
      ],
      [
        '7001',
        'Nora',
        'Lind',
        'nora@lind.example',
        '+46 70 123 45 67',
        'sales@house.example',
        'customer',
        'Lind Papper AB',
        '2025-08-09',
        '38',
      ],
      ['7002', 'Otto', 'Berg', 'otto@berg.example', '', '', 'lead', 'lind papper ab', '2025-09-10', ''],
      ['7003', 'Pia', 'Ek', '', '', '', '', '', '2025-09-11', '41'],
    ],
    first: {
      external_id: '7001',
      first_name: 'Nora',
      last_name: 'Lind',
      category: 'customer',
      email: 'nora@lind.example',
    },
    companies: ['Lind Papper AB'],
  },
  'hubspot-companies': {
    rows: [
      [
        'Record ID',
        'Company name',
        'Company owner',
        'Industry',
        'Company Domain Name',
        'Number of Employees',
      ],
      ['901', 'Norrsken Bygg', 'sales@house.example', 'Construction', 'norrsken.example', '12'],
    ],
    first: { external_id: '901', name: 'Norrsken Bygg', employees: 12 },
  },
  'salesforce-contacts': {
    rows: [
      [
        'Salutation',
        'First Name',
        'Last Name',
        'Title',
        'Mailing Street',
        'Mailing City',
        'Mailing State/Province',
        'Mailing Zip/Postal Code',
        'Mailing Country',
        'Phone',
        'Email',
        'Contact Record Type',
        'Account Name',
        'Account Owner',
        'Lead Source',
      ],
      [
        'Ms.',
        'Uma',
        'Holt',
        'Buyer',
        '12 Quay Road',
        'Springfield',
        'OR',
        '97477',
        'United States',
        '+15415550100',
        'uma@holt.example',
        'Partner contact',
        'Holt Boats',
        'Ray Poe',
        'Boat show',
      ],
      [
        'Mr.',
        'Vic',
        'Ames',
        '',
        '',
        '',
        '',
        '',
        '',
        '541 x',
        'vic@ames.example',
        '',
        'Holt Boats',
        'Ray Poe',
        '',
      ],
    ],
    first: {
      salutation: 'Ms.',
      position: 'Buyer',
      private_city: 'Springfield',
      private_country: 'US',
      contact_source: 'Boat show',
    },
    companies: ['Holt Boats'],
  },
  'salesforce-accounts': {
    rows: [
      [
        'Account ID',
        'Account Name',
        'Account Owner',
        'Billing Street',
        'Billing City',
        'Billing Country',
        'Type',
        'Sic Code',
      ],
      ['001A', 'Marsh Mills', 'Ray Poe', '1 Mill Lane', 'York', 'United Kingdom', 'Prospect', '2041'],
    ],
    first: { external_id: '001A', name: 'Marsh Mills', billing_city: 'York', billing_country: 'GB' },
  },
  'salesforce-leads': {
    rows: [
      [
        'Lead ID',
        'Lead Owner',
        'First Name',
        'Last Name',
        'Company',
        'Email',
        'Lead Status',
        'Phone',
        'Create Date',
      ],
      [
        '00Q1',
        'Ray Poe',
        'Wes',
        'Dunn',
        'Dunn Docks',
        'wes@dunn.example',
        'Working - Contacted',
        '+15415550111',
        '3/4/2025',
      ],
    ],
    first: { external_id: '00Q1', topic: 'Salesforce', company_name: 'Dunn Docks', last_name: 'Dunn' },
  },
  'pipedrive-persons': {
    rows: [
      ['Name', 'Email', 'Phone', 'Organization', 'Owner', 'Label'],
      ['Greger Fors', 'greger@fors.example', '46701230000', 'Fors Kollektiv', 'Felix', 'warm'],
      ['Hedda Ryd', 'hedda@ryd.example', 'call the office', '', 'Felix', 'cold'],
    ],
    first: { name: 'Greger Fors', tags: ['warm'] },
    companies: ['Fors Kollektiv'],
  },
  'pipedrive-organizations': {
    rows: [
      ['Organization - ID', 'Organization - Name', 'Organization - Address', 'Organization - Owner'],
      ['55', 'Ryd & Co', 'Storgatan 1, Lund', 'Felix'],
    ],
    first: { external_id: '55', name: 'Ryd & Co', billing_street: 'Storgatan 1, Lund' },
  },
  'google-contacts': {
    rows: [
      [
        'Name',
        'Given Name',
        'Family Name',
        'Nickname',
        'Birthday',
        'Notes',
        'Group Membership',
        'E-mail 1 - Type',
        'E-mail 1 - Value',
        'E-mail 2 - Type',
        'E-mail 2 - Value',
        'E-mail 3 - Value',
        'Phone 1 - Type',
        'Phone 1 - Value',
        'Organization 1 - Name',
        'Organization 1 - Title',
      ],
      [
        'Ida Moe',
        'Ida',
        'Moe',
        'Idi',
        '1988-05-06',
        'First line',
        '* myContacts ::: Choir',
        '* Home',
        'ida@moe.example',
        'Work',
        'ida@work.example',
        'ida@third.example',
        'Mobile',
        '+47 912 34 567',
        'Moe Musikk',
        'Conductor',
      ],
      [
        'Jon Vik',
        'Jon',
        'Vik',
        '',
        '',
        '',
        '',
        '* Home',
        'jon@a.example ::: jon@b.example',
        '',
        '',
        '',
        'Pager',
        'beeper 12',
        '',
        '',
      ],
    ],
    first: {
      name: 'Ida Moe',
      birthday: '1988-05-06',
      tags: ['* myContacts', 'Choir'],
      email2: 'ida@work.example',
    },
    companies: ['Moe Musikk'],
  },
  'outlook-contacts': {
    rows: [
      [
        'First Name',
        'Middle Name',
        'Last Name',
        'Title',
        'Company',
        'Job Title',
        'E-mail Address',
        'E-mail 2 Address',
        'E-mail 3 Address',
        'Business Phone',
        'Mobile Phone',
        'Business Street',
        'Birthday',
        'Anniversary',
        'Gender',
        'Categories',
        'Spouse',
      ],
      [
        'Karl',
        'X.',
        'Roth',
        'Dr.',
        'Roth GmbH',
        'Chef',
        'karl@roth.example',
        'k@privat.example',
        'k3@privat.example',
        '+49 30 901820',
        '+49 151 23456789',
        'Am Ufer 3',
        '0/0/00',
        '1/2/1990',
        'Unspecified',
        'Messe;VIP',
        'Eva',
      ],
    ],
    first: { title_before: 'Dr.', position: 'Chef', tags: ['Messe', 'VIP'], email2: 'k@privat.example' },
    companies: ['Roth GmbH'],
  },
}

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
    await writeFile(path, csv(rows))
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
    expect(told.counts.created).toBe(1)
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
