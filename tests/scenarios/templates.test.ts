/**
 * Templates to fill in (RN-03 to RN-07, RN-18, RN-20): made for the organisation as it is now, filled, saved by other
 * programs, and known again when they come back.
 */
import { read, utils, type WorkSheet, write } from '@e965/xlsx'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listTemplates } from '../../src/exports/templates/contract.ts'
import { createImport, saveMapping } from '../../src/imports/contract.ts'
import { changeImportPolicy } from '../../src/imports/policies/contract.ts'
import * as readContract from '../../src/imports/read/contract.ts'
import { addListOption, changeListOption } from '../../src/kinds/code-lists/contract.ts'
import * as fieldContract from '../../src/kinds/custom-fields/contract.ts'
import { apiRoot } from '../../src/platform/contract.ts'
import { bufferSource, type Cell, detectReading, readCells } from '../../src/tabular/tabular.ts'
import { openStreet, type Street, streetOf } from '../support/imports.ts'
import { createTestOrganisation } from '../support/organisation.ts'

let street: Street
beforeAll(async () => {
  street = await openStreet()
})
afterAll(() => street.close())

async function download(query: string, of: Street = street): Promise<Buffer> {
  const answer = await fetch(`${of.app.url}${apiRoot}/templates/${query}`, {
    headers: { cookie: of.owner.cookie! },
  })
  expect(answer.status).toBe(200)
  return Buffer.from(await answer.arrayBuffer())
}

type Filling = Readonly<Record<string, readonly Readonly<Record<string, string | number>>[]>>

/** Fills rows below the examples, by header, and saves the workbook as another program does. */
function fill(bytes: Buffer, filling: Filling): Buffer {
  const book = read(bytes, { cellStyles: true, cellNF: true, sheetStubs: true })
  for (const [name, rows] of Object.entries(filling)) {
    const sheet = book.Sheets[name]
    if (!sheet) throw new Error(`There is no sheet ${name}: ${book.SheetNames.join(', ')}.`)
    const headers = utils.sheet_to_json<string[]>(sheet, { header: 1 })[0]!
    for (const [at, row] of rows.entries())
      for (const [header, value] of Object.entries(row)) {
        const column = headers.findIndex((text) => text.replace(/ \*$/, '') === header)
        if (column < 0) throw new Error(`There is no column ${header}: ${headers.join(', ')}.`)
        const ref = utils.encode_cell({ r: 3 + at, c: column })
        sheet[ref] =
          typeof value === 'number' ? { t: 'n', v: value, z: formatOf(sheet, column) } : { t: 's', v: value }
        const range = utils.decode_range(sheet['!ref']!)
        sheet['!ref'] = utils.encode_range({
          s: range.s,
          e: { r: Math.max(range.e.r, 3 + at), c: range.e.c },
        })
      }
  }
  return write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer
}

/** The format of the column, as a program gives it to a cell that is filled. */
function formatOf(sheet: WorkSheet, column: number): string {
  return (sheet[utils.encode_cell({ r: 3, c: column })] as { z?: string } | undefined)?.z ?? 'General'
}

const worth = (findings: readonly { code: string }[]): string[] =>
  findings.map(({ code }) => code).filter((code) => code !== 'row.is_example')

const templates = [
  ['clients', 'one-table'],
  ['clients', 'two-tables'],
  ['contacts', 'one-table'],
  ['leads', 'one-table'],
  ['products', 'one-table'],
  ['people', 'one-table'],
] as const
const languages = ['en', 'cs'] as const
const each = templates.flatMap(([kind, shape]) =>
  languages.map((language) => [kind, shape, language] as const),
)

/** The instructions as one text, as another library reads them. */
function instructionsOf(bytes: Buffer): string {
  const book = read(bytes)
  return utils.sheet_to_csv(book.Sheets[book.SheetNames[0]!]!)
}

describe('what is in a template', () => {
  test.each(each)(
    '%s, %s, %s: our reader and another library read the same',
    async (kind, shape, language) => {
      const bytes = await download(`${kind}?language=${language}&shape=${shape}`)
      const book = read(bytes)
      const names = book.SheetNames
      expect(names[0]).toBe(language === 'en' ? 'Instructions' : 'Pokyny')
      expect(names.at(-1)).toBe('_carryover')
      expect(book.Workbook?.Sheets?.at(-1)?.Hidden).toBe(2)
      const toFill = names.filter((_, at) => at > 0 && !book.Workbook?.Sheets?.[at]?.Hidden)
      expect(toFill).toHaveLength(shape === 'two-tables' ? 2 : 1)
      for (const sheet of toFill) {
        const reading = await detectReading(bufferSource('t.xlsx', bytes), { sheet })
        expect(reading.headerRows).toBe(1)
        expect(utils.sheet_to_json<string[]>(book.Sheets[sheet]!, { header: 1 })[0]).toEqual(reading.columns)
        expect(new Set(reading.columns.map((column) => column.toLowerCase())).size).toBe(
          reading.columns.length,
        )
        const mark = language === 'en' ? 'EXAMPLE – ' : 'PŘÍKLAD – '
        expect(reading.sample).toHaveLength(2)
        for (const { cells } of reading.sample) expect(cells.some((cell) => cell.startsWith(mark))).toBe(true)
      }
    },
  )

  test('RN-06 it says itself how it is filled in, in the language that was asked for', async () => {
    expect(instructionsOf(await download('clients?language=en'))).toContain('How to fill it in')
    const czech = instructionsOf(await download('clients?language=cs'))
    expect(czech).toContain('Jak šablonu vyplnit')
    expect(czech).toContain('Název,povinné')
  })

  test('required columns are marked in words, cells say what they take, zeros and days keep their form', async () => {
    const bytes = await download('clients?language=cs')
    const book = read(bytes, { cellStyles: true, cellNF: true })
    const sheet = book.Sheets['Klienti']!
    expect(sheet['A1'].v).toBe('Název *')
    expect(sheet['A1'].c?.[0]?.t).toContain('Povinné.')
    const cells: Cell[] = []
    for await (const batch of (await readCells(bufferSource('t.xlsx', bytes), { sheet: 'Klienti' }))!)
      cells.push(...batch)
    const headers = cells.filter(({ ref }) => /^[A-Z]+1$/.test(ref))
    const of = (header: string, row: number) => {
      const column = headers.find(({ value }) => value === header)!.ref.replace(/\d+$/, '')
      return cells.find(({ ref }) => ref === column + row)
    }
    expect(of('IČ', 2)).toMatchObject({ type: 'text', value: '01234567', format: '@' })
    expect(of('Datum narození', 3)).toMatchObject({ type: 'date', value: '1985-04-12' })
  })

  test('RN-18 RN-20 own fields stand at the end, with their hint and their options', async () => {
    const { id: list } = await street.app.call(
      fieldContract.createCustomField,
      {
        body: {
          kind: 'clients',
          label: { en: 'Loyalty', cs: 'Věrnost' },
          type: 'text',
          hint: 'As on the card.',
        },
      },
      { as: street.owner },
    )
    const reading = await detectReading(bufferSource('t.xlsx', await download('clients?language=cs')), {
      sheet: 'Klienti',
    })
    expect(reading.columns.at(-1)).toBe('Věrnost')
    const two = await detectReading(
      bufferSource('t.xlsx', await download('clients?language=en&shape=two-tables')),
      { sheet: 'Clients' },
    )
    expect(two.columns.at(-1)).toBe('Loyalty')
    expect(instructionsOf(await download('clients'))).toContain('As on the card.')
    await street.app.call(fieldContract.deleteCustomField, { params: { id: list } }, { as: street.owner })
  })

  test('RN-07 RN-13 the limits in force stand in it', async () => {
    await street.app.call(changeImportPolicy, { body: { profile: 'raynet' } }, { as: street.owner })
    const text = instructionsOf(await download('clients?language=en'))
    expect(text).toContain('At most 5,000 rows on the sheet')
    expect(text).not.toContain('at most 10,000 characters')
    await street.app.call(changeImportPolicy, { body: { profile: 'standard' } }, { as: street.owner })
    expect(instructionsOf(await download('clients?language=en'))).toContain('at most 10,000 characters')
  })

  test('as CSV it is the header; a shape that there is not is refused', async () => {
    const text = (await download('products?format=csv&language=en')).toString()
    expect(text.startsWith('\ufeffCode,Name,')).toBe(true)
    expect(text.trimEnd().split('\r\n')).toHaveLength(1)
    const ask = async (query: string) => {
      const answer = await fetch(`${street.app.url}${apiRoot}/templates/${query}`, {
        headers: { cookie: street.owner.cookie! },
      })
      return (await answer.json()) as { code: string }
    }
    expect((await ask('leads?shape=two-tables')).code).toBe('template.no_such_shape')
    expect((await ask('clients?shape=two-tables&format=csv')).code).toBe('template.csv_of_one_table')
    expect((await ask('nothing')).code).toBe('kind.unknown')
  })

  test('all are listed; who may not import gets none', async () => {
    const { templates: listed } = await street.app.call(listTemplates, {}, { as: street.owner })
    const clients = listed.find(({ kind }) => kind === 'clients')!
    expect(clients.shapes.map(({ shape, groups }) => [shape, groups?.count ?? null])).toEqual([
      ['one-table', 6],
      ['two-tables', null],
    ])
    const member = await street.visitor('member')
    expect((await street.app.refusal(listTemplates, {}, { as: member })).status).toBe(403)
  })
})

describe('a filled template', () => {
  test('RN-04 one table: a client with contact persons in numbered columns, nothing to assign', async () => {
    const filled = fill(await download('clients?language=en'), {
      Clients: [
        {
          Name: 'Alder Mill',
          'Registration number': '00123456',
          'Billing country': 'Germany',
          'Is a person': 'no',
          Category: 'VIP',
          'Contact person 1 – Last name': 'Birch',
          'Contact person 6 – Last name': 'Rowan',
          'Contact person 6 – Birthday': 31_149,
        },
      ],
    })
    const view = await street.load(filled, { name: 'filled.xlsx' })
    expect(worth(await street.findings(view.id))).toEqual([])
    expect(view.status).toBe('completed')
    expect(view.counts).toMatchObject({ rows: 3, loaded: 1, skipped: 2, failed: 0, created: 3 })
    expect(await street.findings(view.id, 'row.is_example')).toHaveLength(2)
    expect(view.findingGroups.find(({ code }) => code === 'row.is_example')?.count).toBe(2)
    expect(
      await street.stored(
        `select reg_number, billing_country, category from carryover.clients where name = 'Alder Mill'`,
      ),
    ).toEqual([{ reg_number: '00123456', billing_country: 'DE', category: 'vip' }])
    expect(
      await street.stored(`select birthday::text as day from carryover.contacts where last_name = 'Rowan'`),
    ).toEqual([{ day: '1985-04-12' }])
  })

  test('RN-05 two tables in Czech: both sheets become sources, in one import, without a word', async () => {
    const filled = fill(await download('clients?language=cs&shape=two-tables'), {
      Klienti: [{ Název: 'Mlýn Olše' }, { Název: 'Pila Buk', 'Plátce DPH': 'ano' }],
      'Kontaktní osoby': Array.from({ length: 8 }, (_, at) => ({
        Klient: 'Mlýn Olše',
        Příjmení: `Olšový ${at}`,
        Jazyk: 'Čeština',
      })),
    })
    const view = await street.load(filled, { name: 'vyplněno.xlsx' })
    expect(view.sources.map(({ kind }) => kind)).toEqual(['clients', 'contacts'])
    expect(worth(await street.findings(view.id))).toEqual([])
    expect(view.counts).toMatchObject({ rows: 14, loaded: 10, skipped: 4, failed: 0 })
    const [{ n }] = (await street.stored<{ n: string }>(
      `select count(*) as n from carryover.contacts o join carryover.clients c on c.id = o.client_id and c.org_id = o.org_id
       where c.name = 'Mlýn Olše'`,
    )) as [{ n: string }]
    expect(n).toBe('8')
  })

  test('only contact persons: the sheet of clients may be empty', async () => {
    const bytes = await download('clients?language=en&shape=two-tables')
    const book = read(fill(bytes, { 'Contact persons': [{ Client: 'Alder Mill', 'Last name': 'Hazel' }] }))
    const clients = book.Sheets['Clients']!
    for (const ref of Object.keys(clients)) if (/^[A-Z]+[23]$/.test(ref)) delete clients[ref]
    const view = await street.check(write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer, {
      name: 'contacts.xlsx',
    })
    expect(view.sources.map(({ kind }) => kind)).toEqual(['contacts'])
    expect(view.counts).toMatchObject({ rows: 3, skipped: 2, failed: 0, created: 1 })
  })

  test.each([
    ['leads', 'Leads', { Topic: 'New ovens', 'Company name': 'Alder Mill', Priority: 'Normal' }],
    ['products', 'Products', { Code: 'X-1', Name: 'Oven', Price: 1250.5, 'Tax rate': '21 %' }],
    ['people', 'People', { Name: 'Iris Fern', 'E-mail': 'iris.fern@example.com' }],
    [
      'contacts',
      'Contact persons',
      { Client: 'Alder Mill', 'Last name': 'Willow', 'E-mail': 'w@example.com' },
    ],
  ] as const)('%s: checked without a finding', async (kind, sheet, row) => {
    const file = await street.upload(
      fill(await download(`${kind}?language=en`), { [sheet]: [row] }),
      `${kind}.xlsx`,
    )
    const { id } = await street.app.call(
      createImport,
      { body: { kind, fileId: file.id } },
      { as: street.owner },
    )
    const view = await street.checkAgain(id)
    expect(worth(await street.findings(id))).toEqual([])
    expect(view).toMatchObject({
      status: 'waiting_for_approval',
      counts: { rows: 3, skipped: 2, failed: 0, created: 1 },
    })
  })

  test('columns moved, deleted and added, rows sorted, saved as another format: still known', async () => {
    const book = read(
      fill(await download('clients?language=en'), { Clients: [{ Name: 'Moved', Note: 'there' }] }),
    )
    const cells = utils.sheet_to_json<(string | null)[]>(book.Sheets['Clients']!, { header: 1, defval: null })
    const note = cells[0]!.indexOf('Note')
    const moved = cells.map((row, at) => [at === 0 ? 'My own' : null, row[note] ?? null, row[0] ?? null])
    book.Sheets['Clients'] = utils.aoa_to_sheet([moved[0]!, ...moved.slice(1).toReversed()])
    const view = await street.check(write(book, { type: 'buffer', bookType: 'ods' }) as Buffer, {
      name: 'moved.ods',
    })
    expect(view.sources[0]!.mapping.columns.map(({ field }) => field)).toEqual(['note', 'name'])
    expect(view.counts).toMatchObject({ rows: 3, skipped: 2, created: 1 })
  })

  test('what the file holds says that it is a template, and what its sheets are', async () => {
    const file = await street.upload(await download('clients?shape=two-tables&language=en'), 'template.xlsx')
    const contents = await street.app.call(
      readContract.listContents,
      { params: { id: file.id } },
      { as: street.owner },
    )
    expect(contents.template).toMatchObject({
      kind: 'clients',
      shape: 'two-tables',
      language: 'en',
      isOurs: true,
    })
    expect(contents.parts.flatMap(({ suggestedKind }) => suggestedKind ?? [])).toEqual([
      'clients',
      'contacts',
    ])
  })

  test('examples stay out when columns are assigned anew', async () => {
    const view = await street.bring(
      fill(await download('clients?language=en'), { Clients: [{ Name: 'Once' }] }),
      {
        name: 'again.xlsx',
      },
    )
    const { columns } = view.sources[0]!.mapping
    await street.app.call(
      saveMapping,
      { params: { id: view.id, source: 0 }, body: { columns, constants: [] } },
      { as: street.owner },
    )
    expect((await street.checkAgain(view.id)).counts).toMatchObject({ rows: 3, skipped: 2, created: 1 })
  })
})

describe('a template of another day or another house', () => {
  test('what has changed since is said, and the rest is imported', async () => {
    const make = (label: string, type: 'text' | 'date') =>
      street.app.call(
        fieldContract.createCustomField,
        { body: { kind: 'clients', label: { en: label, cs: null }, type } },
        { as: street.owner },
      )
    const gone = await make('Shelf', 'text')
    const kept = await make('Colour', 'text')
    const filled = fill(await download('clients?language=en'), {
      Clients: [{ Name: 'Old Times', Shelf: 'A3', Colour: 'green', Category: 'VIP' }],
    })
    await street.app.call(fieldContract.deleteCustomField, { params: { id: gone.id } }, { as: street.owner })
    await street.app.call(
      fieldContract.changeCustomField,
      { params: { id: kept.id }, body: { label: { en: 'Paint', cs: null }, version: kept.version } },
      { as: street.owner },
    )
    const added = await make('Since', 'date')
    await street.app.call(
      addListOption,
      { params: { name: 'category' }, body: { label: { en: 'Sleeping', cs: 'Spící' } } },
      { as: street.owner },
    )
    await street.app.call(
      changeListOption,
      { params: { name: 'category' }, body: { value: 'vip', label: { en: 'Top', cs: 'Top' } } },
      { as: street.owner },
    )
    const view = await street.load(filled, { name: 'old.xlsx' })
    const said = new Map((await street.findings(view.id)).map(({ code, sentence }) => [code, sentence]))
    expect(said.get('template.outdated')).toContain('2026')
    expect(said.get('template.fields_removed')).toContain('Shelf')
    expect(said.get('template.fields_renamed')).toContain('Colour → Paint')
    expect(said.get('template.fields_added')).toContain('Since')
    expect(said.get('template.options_changed')).toMatch(/Category.*New: Sleeping.*Renamed: VIP → Top/)
    expect(
      await street.stored(`select custom, category from carryover.clients where name = 'Old Times'`),
    ).toEqual([{ custom: { colour: 'green' }, category: 'vip' }])
    for (const [{ id }, values] of [
      [kept, 1],
      [added, 0],
    ] as const)
      await street.app.call(
        fieldContract.deleteCustomField,
        { params: { id }, query: values ? { values } : {} },
        { as: street.owner },
      )
  })

  test('a template of another organisation is told so; its own fields are left out', async () => {
    const other = await streetOf(
      street.world,
      await createTestOrganisation(street.world.platform, 'moonlight'),
      false,
    )
    await other.app.call(
      fieldContract.createCustomField,
      { body: { kind: 'clients', label: { en: 'Secret', cs: null }, type: 'text' } },
      { as: other.owner },
    )
    const filled = fill(await download('clients?language=en', other), {
      Clients: [{ Name: 'Foreign', Secret: 'x' }],
    })
    await other.app.close()
    const view = await street.check(filled, { name: 'foreign.xlsx' })
    const said = new Map((await street.findings(view.id)).map(({ code, sentence }) => [code, sentence]))
    expect(said.get('template.other_organisation')).toContain('moonlight')
    expect(said.get('template.fields_removed')).toContain('Secret')
    expect(view.counts).toMatchObject({ rows: 3, skipped: 2, created: 1 })
  })

  test('a template of clients that is imported as leads is told so', async () => {
    const file = await street.upload(await download('clients?language=en'), 'clients.xlsx')
    const view = await street.app.call(
      createImport,
      { body: { kind: 'leads', fileId: file.id } },
      { as: street.owner },
    )
    const { groups } = await street.app.call(
      readContract.listReadingFindings,
      { params: { id: view.id, source: 0 } },
      { as: street.owner },
    )
    expect(groups.map(({ code }) => code)).toContain('template.other_kind')
  })
})
