/**
 * Children in numbered columns (`contacts[2].email`): for each kind of them a function from a row to the records
 * that its groups hold. A group in which the row says nothing is no record; a constant alone makes none.
 */
import type { FieldDeclaration, KindDeclaration, Kinds } from '../../kinds/kinds.ts'
import type { Finding, Row } from '../../tabular/tabular.ts'
import type { ImportSettings } from '../contract.ts'
import { type CellReader, columnReader, constantReader, type MappedField } from './cell-readers.ts'
import type { Mapping } from './contract.ts'
import { type FoundField, findField } from './field-path.ts'
import { readRecord } from './read-record.ts'
import { compileRequired } from './required.ts'

export type MappedChild = {
  /** Which of the row's groups, from 1. */
  readonly group: number
  readonly values: readonly (string | null)[]
  readonly findings: readonly Finding[]
}

export type ChildGroup = {
  readonly group: number
  /** Field → column of the source. */
  readonly columns: ReadonlyMap<string, number>
}

export type ChildMapper = {
  readonly kind: KindDeclaration
  /** Field of the child that names the record it belongs to. */
  readonly into: FieldDeclaration
  readonly fields: readonly MappedField[]
  readonly groups: readonly ChildGroup[]
  readonly map: (row: Row) => readonly MappedChild[]
}

type Filled = { readonly found: FoundField; readonly reader: CellReader }

export function compileChildren(
  kinds: Kinds,
  kind: KindDeclaration,
  mapping: Mapping,
  settings: Pick<ImportSettings, 'existing'>,
): readonly ChildMapper[] {
  const columns = mapping.columns.map((column): Filled => {
    const found = findField(kinds, kind, column.field)
    return { found, reader: columnReader(found.field, column) }
  })
  const constants = mapping.constants.map((constant): Filled => {
    const found = findField(kinds, kind, constant.field)
    return { found, reader: constantReader(found.field, constant.value) }
  })
  const filled = [...columns, ...constants]
  const names = new Set(columns.flatMap(({ found }) => (found.child ? [found.child.kind.name] : [])))
  return [...names].map((name) =>
    compileChild(
      filled.filter(({ found }) => found.child?.kind.name === name),
      settings,
    ),
  )
}

function compileChild(filled: readonly Filled[], settings: Pick<ImportSettings, 'existing'>): ChildMapper {
  const { kind, into } = filled[0]!.found.child!
  const fields = [...new Map(filled.map(({ found, reader }) => [found.field.name, reader.of])).values()]
  const numbers = [...new Set(filled.flatMap(({ found }) => found.path.group ?? []))].sort((a, b) => a - b)
  const groups = numbers.map((group) => compileGroup(group, filled, fields, kind, settings))
  return {
    kind,
    into,
    fields,
    groups: groups.map(({ group, columns }) => ({ group, columns })),
    map: (row) => {
      const records: MappedChild[] = []
      for (const of of groups) {
        if (!of.readers.some((reader) => reader?.isFilled(row))) continue
        records.push({ group: of.group, ...readRecord(row, of.readers, of.required) })
      }
      return records
    },
  }
}

function compileGroup(
  group: number,
  filled: readonly Filled[],
  fields: readonly MappedField[],
  kind: KindDeclaration,
  settings: Pick<ImportSettings, 'existing'>,
) {
  const readers = fields.map(({ field }) => {
    const own = filled.filter(({ found }) => found.field === field)
    const of =
      own.find(({ found }) => found.path.group === group) ??
      own.find(({ found }) => found.path.group === null)
    return of?.reader ?? null
  })
  const columns = new Map(
    readers.flatMap((reader) =>
      reader?.of.column == null ? [] : [[reader.of.field.name, reader.of.column]],
    ),
  )
  const mapped = readers.map((reader, at): MappedField => reader?.of ?? { ...fields[at]!, column: null })
  return { group, readers, columns, required: compileRequired(kind, mapped, settings) }
}
