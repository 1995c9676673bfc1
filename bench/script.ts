/**
 * The script that a developer would write for the same file: csv-parse as a stream, a zod object for each row,
 * phones by the library that we use too, INSERT of 500 rows at a time in one transaction. It must write the same
 * values; it keeps no findings, knows no duplicates but those of its own file, and cannot be undone.
 */
import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type pg from 'pg'
import { z } from 'zod'
import type { Installation } from './installation.ts'

const blank = z.literal('').transform(() => null)
const text = z.string().trim().max(255)
const optionalText = blank.or(text)

const countries: Readonly<Record<string, string>> = {
  Česko: 'CZ',
  'Czech Republic': 'CZ',
  CZ: 'CZ',
  Germany: 'DE',
  Německo: 'DE',
  Austria: 'AT',
  SK: 'SK',
  Poland: 'PL',
}
const states: Readonly<Record<string, string>> = {
  Actual: 'actual',
  aktivní: 'actual',
  Potential: 'potential',
  Deferred: 'deferred',
}

function toDate(value: string, context: z.RefinementCtx): string {
  const [day = 0, month = 0, year = 0] = value.split('.').map(Number)
  const date = new Date(Date.UTC(year, month - 1, day))
  if (date.getUTCMonth() !== month - 1) context.addIssue({ code: 'custom', message: 'no such date' })
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

function toMinor(value: string): number {
  return Math.round(Number(value.replace(/[^\d,]/g, '').replace(',', '.')) * 100)
}

function toE164(value: string, context: z.RefinementCtx): string {
  const parsed = parsePhoneNumberFromString(value, 'CZ')
  if (!parsed?.isValid()) context.addIssue({ code: 'custom', message: 'no such phone' })
  return parsed?.number ?? ''
}

const Client = z.object({
  'External id': text,
  Name: text.min(1),
  'Is a person': z.enum(['ano', 'ne']).transform((value) => value === 'ano'),
  'Last name': optionalText,
  Birthday: blank.or(
    z
      .string()
      .regex(/^\d{1,2}\.\d{1,2}\.\d{4}$/)
      .transform(toDate),
  ),
  State: z.string().transform((value) => states[value] ?? null),
  'Registration number': optionalText,
  'Tax number': optionalText,
  'E-mail': z.email(),
  Phone: z.string().transform((value, context) => ({ number: toE164(value, context), given: value })),
  Website: blank.or(text.transform((value) => `https://${value}`)),
  Employees: blank.or(z.coerce.number().int().min(0)),
  Turnover: blank.or(z.string().transform(toMinor)),
  'Billing street': optionalText,
  'Billing city': optionalText,
  'Billing postal code': optionalText,
  'Billing country': z.string().transform((value) => countries[value] ?? null),
  Note: blank.or(z.string().max(10_000)),
})

const columns = [
  [
    'org_id',
    'created_at',
    'updated_at',
    'external_id',
    'name',
    'is_person',
    'last_name',
    'birthday',
    'state',
  ],
  ['reg_number', 'tax_number', 'email', 'phone', 'phone_given', 'website', 'employees', 'turnover_minor'],
  ['turnover_currency', 'billing_street', 'billing_city', 'billing_postal_code', 'billing_country', 'note'],
].flat()

type Value = string | number | boolean | Date | null

function toValues(row: z.output<typeof Client>, org: string, now: Date): Value[] {
  return [
    ...[
      org,
      now,
      now,
      row['External id'],
      row.Name,
      row['Is a person'],
      row['Last name'],
      row.Birthday,
      row.State,
    ],
    ...[
      row['Registration number'],
      row['Tax number'],
      row['E-mail'],
      row.Phone.number,
      row.Phone.given,
      row.Website,
    ],
    ...[row.Employees, row.Turnover, row.Turnover === null ? null : 'CZK', row['Billing street']],
    ...[row['Billing city'], row['Billing postal code'], row['Billing country'], row.Note],
  ]
}

/** Keeps what the import has written, to compare the script's rows with it. */
export async function keepImported(installation: Installation): Promise<void> {
  await installation.query([
    'drop table if exists bench_imported',
    `create unlogged table bench_imported as select ${columns.join(', ')} from clients`,
  ])
}

/** The script must have done the same work: every record that both wrote holds the same values. */
export async function requireSameValues(installation: Installation): Promise<void> {
  const compared = columns.filter((name) => !['org_id', 'created_at', 'updated_at'].includes(name))
  const row = (alias: string): string => `(${compared.map((name) => `${alias}.${name}`).join(', ')})`
  const [found] = await installation.query([
    `select count(*)::int as both, (select count(*)::int from bench_imported) as imported,
      count(*) filter (where ${row('i')} is distinct from ${row('c')})::int as other
    from bench_imported i join clients c using (external_id)`,
  ])
  const { both, imported, other } = found as { both: number; imported: number; other: number }
  if (other > 0 || both !== imported)
    throw new Error(`Of ${imported} imported records the script wrote ${both}, ${other} with other values.`)
}

const rowsPerInsert = 500

/** Runs the script; gives the seconds it took and how many rows it wrote. */
export async function runScript(
  installation: Installation,
  path: string,
  org: string,
): Promise<{ seconds: number; written: number }> {
  const client = await installation.connect()
  try {
    const start = performance.now()
    await client.query('begin')
    const written = await insertFile(client, path, org)
    await client.query('commit')
    return { seconds: (performance.now() - start) / 1000, written }
  } finally {
    await client.end()
  }
}

async function insertFile(client: pg.Client, path: string, org: string): Promise<number> {
  const now = new Date()
  const seen = new Set<string>()
  let written = 0
  let gathered: Value[][] = []
  const flush = async (): Promise<void> => {
    const places = gathered.map(
      (_, row) => `(${columns.map((__, at) => `$${row * columns.length + at + 1}`).join(', ')})`,
    )
    await client.query(
      `insert into clients (${columns.join(', ')}) values ${places.join(', ')}`,
      gathered.flat(),
    )
    written += gathered.length
    gathered = []
  }
  for await (const record of createReadStream(path).pipe(parse({ columns: true, bom: true }))) {
    const parsed = Client.safeParse(record)
    if (!parsed.success || seen.has(parsed.data['External id'])) continue
    seen.add(parsed.data['External id'])
    gathered.push(toValues(parsed.data, org, now))
    if (gathered.length === rowsPerInsert) await flush()
  }
  if (gathered.length > 0) await flush()
  return written
}
