/**
 * Records of a person, read whole and erased for good: with what is part of them, past the bin and out of it. What
 * only referred to them stays and refers to nothing.
 */
import { type RawBuilder, sql } from 'kysely'
import { requirePermission } from '../../accounts/accounts.ts'
import { rows, run } from '../../platform/database.ts'
import type { Work } from '../../platform/work.ts'
import type { KindDeclaration, Kinds } from '../kind.ts'
import { canonicalOf, snakeCase } from '../storage.ts'
import { PART_SEPARATOR } from '../values/value.ts'
import { eraseEntries, idsReferring, pointElsewhere } from './bin.store.ts'
import { accessOf, openRecords, type RecordScope, titleColumn } from './record-scope.ts'
import { plainValues } from './record-values.ts'
import { readRecord, type StoredRecord } from './records.store.ts'
import { referrersOf } from './referrers.ts'

export type PersonRecord = { readonly kind: string; readonly id: string }
export type FoundPerson = PersonRecord & {
  readonly title: string
  readonly email: string | null
  readonly phone: string | null
  readonly isInBin: boolean
}

/** How a person is known: what to look for where nothing refers to their record. */
export type PersonWords = {
  /** Records that lie in the bin: chosen ones, and those that were merged into a chosen one. */
  readonly binned: readonly PersonRecord[]
  readonly emails: readonly string[]
  readonly phones: readonly string[]
  readonly titles: readonly string[]
}

const emailFields = ['email', 'email2', 'shippingEmail']
const phoneFields = ['phone', 'phone2', 'shippingPhone']

function hasFields(kind: KindDeclaration): boolean {
  return kind.fields.some((field) => field.name === 'email')
}

/** Records of every kind that has an address of a person: by part of a name, an address, a telephone. */
export async function findPersons(
  work: Work,
  kinds: Kinds,
  search: string,
  limit: number,
): Promise<FoundPerson[]> {
  const own = await kinds.of(work)
  const part = `%${search.replace(/[\\%_]/g, '\\$&')}%`
  const found: FoundPerson[] = []
  for (const kind of own.all.filter(hasFields)) {
    requirePermission(work, accessOf(kind).read)
    const text = (name: string): RawBuilder<unknown> => {
      const field = kind.fields.find((one) => one.name === name)
      return field ? sql`split_part(${canonicalOf(field, 't')}, E'\\x1f', 1)` : sql`null::text`
    }
    const title = sql`${sql.ref(`t.${titleColumn(kind)}`)}::text`
    const looked = [title, ...['name', 'firstName', 'lastName', ...emailFields, ...phoneFields].map(text)]
    const records = await rows(
      work.db,
      sql<FoundPerson>`
        select ${kind.name}::text as kind, t.id, ${title} as title, ${text('email')} as email, ${text('phone')} as phone,
          false as "isInBin"
        from ${sql.table(kind.table)} t where t.org_id = ${work.org}::bigint
          and (${sql.join(
            looked.map((one) => sql`${one} ilike ${part}::text`),
            sql` or `,
          )})
        order by t.id limit ${limit - found.length}::int`,
    )
    found.push(...records)
    if (found.length >= limit) return found
  }
  const named = own.all.filter(hasFields).map(({ name }) => name)
  return [...found, ...(await findInBin(work, named, part, limit - found.length))]
}

const storedIn = (names: readonly string[]): RawBuilder<unknown> =>
  sql.join(names.map((name) => sql`b.record ->> ${snakeCase(name)}::text`))

/** Whoever asks says whether these are the person too: an address can be a whole firm's. */
async function findInBin(
  work: Work,
  kinds: readonly string[],
  part: string,
  limit: number,
): Promise<FoundPerson[]> {
  const looked = storedIn(['name', 'firstName', 'lastName', ...emailFields, ...phoneFields])
  return rows(
    work.db,
    sql<FoundPerson>`
      select b.kind, b.record_id as id, b.title, b.record ->> 'email' as email, b.record ->> 'phone' as phone,
        true as "isInBin"
      from record_bin b
      where b.org_id = ${work.org}::bigint and b.kind = any(${[...kinds]}::text[])
        and (b.title ilike ${part}::text
          or exists (select 1 from unnest(array[${looked}]::text[]) one where one ilike ${part}::text))
      order by b.id limit ${limit}::int`,
  )
}

type Read = { readonly of: RecordScope; readonly record: StoredRecord }

/** Refuses nothing: a record that is gone is left out. */
async function readAll(work: Work, kinds: Kinds, records: readonly PersonRecord[]): Promise<Read[]> {
  const found: Read[] = []
  for (const { kind, id } of records) {
    const of = await openRecords(work, kinds, kind, 'read')
    const record = await readRecord(of, id, 'lock')
    if (record) found.push({ of, record })
  }
  return found
}

export async function wordsOf(
  work: Work,
  kinds: Kinds,
  records: readonly PersonRecord[],
): Promise<PersonWords> {
  const found = await readAll(work, kinds, records)
  const bin = await binOf(work, records)
  const stored = (record: BinRecord, name: string): string | null => record[snakeCase(name)] ?? null
  const valuesIn = (names: readonly string[]): string[] => {
    const values = [
      ...found.flatMap(({ record }) => names.map((name) => record.values[name])),
      ...bin.flatMap(({ record }) => names.map((name) => stored(record, name))),
    ]
    return [...new Set(values.flatMap((value) => value?.split(PART_SEPARATOR) ?? []))].filter(
      (value) => value !== '',
    )
  }
  return {
    emails: [...new Set(valuesIn(emailFields).map((one) => one.toLowerCase()))],
    phones: valuesIn([...phoneFields, ...phoneFields.map((name) => `${name}Given`)]),
    titles: [...new Set([...found.map(({ record }) => record.title), ...bin.map(({ title }) => title)])],
    binned: bin.map(({ kind, id }) => ({ kind, id })),
  }
}

/** Everything that the records hold, with what is part of them and what lies in the bin. */
export async function collectRecords(work: Work, kinds: Kinds, records: readonly PersonRecord[]) {
  const found = await readAll(work, kinds, records)
  const collected = []
  for (const { of, record } of found) {
    const parts = []
    for (const referrer of referrersOf(of).filter(({ fate }) => fate === 'goes_with'))
      for (const id of await idsReferring(of, referrer, [record.id])) {
        const part = await readRecord({ ...of, kind: referrer.kind }, id)
        if (part)
          parts.push({ kind: referrer.kind.name, id, values: plainValues(referrer.kind.fields, part.values) })
      }
    collected.push({
      kind: of.kind.name,
      id: record.id,
      title: record.title,
      values: plainValues(of.kind.fields, record.values),
      references: record.references ?? {},
      createdAt: record.created_at.toISOString(),
      import: record.import_label,
      file: record.import_file,
      row: record.import_row,
      parts,
    })
  }
  return { records: collected, bin: await binOf(work, records) }
}

function inBin(records: readonly PersonRecord[]): RawBuilder<unknown> {
  const kinds = records.map(({ kind }) => kind)
  const ids = records.map(({ id }) => id)
  const among = (column: string): RawBuilder<unknown> =>
    sql`(b.kind, ${sql.ref(`b.${column}`)}) in (select * from unnest(${kinds}::text[], ${ids}::bigint[]))`
  return sql`(${among('record_id')} or ${among('kept_id')})`
}

type BinRecord = Readonly<Record<string, string | null>>

async function binOf(work: Work, records: readonly PersonRecord[]) {
  return rows(
    work.db,
    sql<{ kind: string; id: string; title: string; record: BinRecord }>`
      select b.kind, b.record_id as id, b.title, b.record - array['org_id', 'import_id'] as record from record_bin b
      where b.org_id = ${work.org}::bigint and ${inBin(records)} order by b.id`,
  )
}

/** Kinds whose records stay as empty shells elsewhere (people) are left to their own module. */
export async function eraseRecords(
  work: Work,
  kinds: Kinds,
  records: readonly PersonRecord[],
): Promise<{ records: number; detached: number; bin: number }> {
  let bin = 0
  for (const kind of (await kinds.of(work)).all) bin += await eraseEntries(work, kind, inBin(records))
  let erased = 0
  let detached = 0
  for (const { of, record } of await readAll(work, kinds, records)) {
    requirePermission(work, accessOf(of.kind).write)
    if (of.kind.name === 'people') continue
    const done = await eraseOne(of, record.id)
    erased += done.records
    detached += done.detached
  }
  return { records: erased, detached, bin }
}

async function eraseOne(of: RecordScope, id: string): Promise<{ records: number; detached: number }> {
  let records = 1
  let detached = 0
  for (const referrer of referrersOf(of)) {
    if (referrer.fate === 'goes_with') {
      for (const part of await idsReferring(of, referrer, [id])) {
        const below = await eraseOne({ ...of, kind: referrer.kind }, part)
        records += below.records
        detached += below.detached
      }
    } else detached += (await pointElsewhere(of, referrer, [id], null)).length
  }
  await run(
    of.work.db,
    sql`delete from ${sql.table(of.kind.table)} t where t.org_id = ${of.work.org}::bigint and t.id = ${id}::bigint`,
  )
  return { records, detached }
}
