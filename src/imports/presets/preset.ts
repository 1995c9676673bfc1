/**
 * A preset: what is known of the exports of one system, as a mapping that waits for its file. Pure: from the columns
 * of a file to the mapping of each kind that its rows become. What a preset does not know stays, as text.
 */
import type { ValueFormat } from '../../kinds/values/value.ts'
import type { ColumnMapping, Mapping } from '../map/contract.ts'
import { toContract } from '../map/suggest.ts'
import type { ColumnFacts } from '../run.ts'

export type PresetColumns = {
  /** Headers that such a column has; the first that a file fills is the first served. */
  readonly headers: readonly string[]
  /** Fields that the columns fill, one each. */
  readonly fields: readonly string[]
  readonly format?: ValueFormat
  readonly lookup?: string
  readonly createOptions?: true
}

export type PresetSource = {
  readonly kind: string
  readonly columns: readonly PresetColumns[]
  readonly constants?: Mapping['constants']
  /** Without a column for one of these the file has nothing of this kind. */
  readonly needs: readonly string[]
  /** Field of which each different value is one record. */
  readonly distinct?: string
  /** Field that keeps what has no other; a source without it takes from the rows only what it names. */
  readonly rest?: string
}

export type Preset = {
  readonly name: string
  readonly labels: { readonly en: string; readonly cs: string }
  /** Headers that together are the mark of such a file; one line of them is enough. */
  readonly marks: readonly (readonly string[])[]
  /** What the file is about stands first. */
  readonly sources: readonly PresetSource[]
}

/** Headers with the same field, in words: `column('First Name, Given Name', 'firstName')`. */
export function column(
  headers: string,
  fields: string,
  more: Omit<PresetColumns, 'headers' | 'fields'> = {},
): PresetColumns {
  const words = (list: string): string[] => list.split(',').map((word) => word.trim())
  return { headers: words(headers), fields: words(fields), ...more }
}

/** The companies that a file of people names: one client for each name. */
export function companiesNamedIn(headers: string): PresetSource {
  return { kind: 'clients', columns: [column(headers, 'name')], needs: ['name'], distinct: 'name' }
}

/** How sure it is that a file is of this preset: how many headers of a mark it has; 0 when no mark is whole. */
export function likenessOf({ marks }: Preset, columns: readonly string[]): number {
  const there = new Set(columns.map(keyOf))
  const whole = marks.filter((mark) => mark.every((header) => there.has(keyOf(header))))
  return Math.max(0, ...whole.map((mark) => mark.length))
}

/** Null where the file has nothing for this kind. */
export function mapByPreset(source: PresetSource, columns: readonly ColumnFacts[]): Mapping | null {
  const assigned = source.columns.flatMap((of) => assign(of, columns))
  const filled = new Set(assigned.map(({ field }) => field))
  if (source.needs.some((field) => !filled.has(field))) return null
  const taken = new Set(assigned.map((of) => of.column))
  const rest = columns
    .map(({ header }, at) => ({ column: at, header }))
    .filter(({ column: at }) => !taken.has(at))
  return {
    columns: assigned,
    constants: source.constants ?? [],
    ...(source.distinct ? { distinct: source.distinct } : {}),
    ...(source.rest ? { gather: { field: source.rest, columns: rest, unreadable: true } } : {}),
  }
}

/** Columns that hold something come before those that are only there. */
function assign(of: PresetColumns, columns: readonly ColumnFacts[]): ColumnMapping[] {
  const found = of.headers.flatMap((header) => {
    const at = columns.findIndex((facts) => keyOf(facts.header) === keyOf(header))
    return at < 0 ? [] : [at]
  })
  const served = [...new Set(found)].toSorted(
    (a, b) => Number(columns[b]!.filled > 0) - Number(columns[a]!.filled > 0),
  )
  return served.slice(0, of.fields.length).map((at, nth) => ({
    column: at,
    header: columns[at]!.header,
    field: of.fields[nth]!,
    ...(of.format ? { format: toContract(of.format) } : {}),
    ...(of.lookup ? { lookup: of.lookup } : {}),
    ...(of.createOptions ? { createOptions: true } : {}),
  }))
}

function keyOf(header: string): string {
  return header.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase()
}
