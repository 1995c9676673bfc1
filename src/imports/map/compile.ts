/**
 * A mapping turned into the function that maps a row: for each mapped field one closure from the cell to
 * canonical text or a finding. Nothing is looked up by name while rows run; the same row always gives the same.
 */
import type { KindDeclaration, Kinds } from '../../kinds/kinds.ts'
import type { Finding, Row } from '../../tabular/tabular.ts'
import type { ImportSettings } from '../contract.ts'
import type { MappedRecord } from '../record.ts'
import {
  type CellReader,
  columnReader,
  constantReader,
  type MappedField,
  problemFinding,
} from './cell-readers.ts'
import { type ChildMapper, compileChildren } from './compile-children.ts'
import type { Mapping } from './contract.ts'
import { findField, parseFieldPath } from './field-path.ts'
import { gatherCells } from './gather-cells.ts'
import { readRecord } from './read-record.ts'
import { findingOf } from './recognise-template.ts'
import { compileRequired } from './required.ts'

export type { MappedField } from './cell-readers.ts'

export type RowMapper = {
  readonly fields: readonly MappedField[]
  readonly map: (row: Row) => MappedRecord
  /** What is said of a row that is left out: an example of the template, a row without the value that it is about. */
  readonly leftOut: ((row: Row) => Finding | null) | null
  /** Kinds of children that the mapping fills. */
  readonly children: readonly ChildMapper[]
}

export function compileMapping(
  kinds: Kinds,
  kind: KindDeclaration,
  mapping: Mapping,
  settings: Pick<ImportSettings, 'existing'>,
): RowMapper {
  const isOwn = ({ field }: { readonly field: string }): boolean => parseFieldPath(field).child === null
  const own = [
    ...mapping.columns
      .filter(isOwn)
      .map((column) => columnReader(findField(kinds, kind, column.field).field, column)),
    ...mapping.constants
      .filter(isOwn)
      .map((constant) => constantReader(findField(kinds, kind, constant.field).field, constant.value)),
  ]
  const gathering = compileGathering(kinds, kind, mapping, own)
  const readers = gathering?.readers ?? own
  const fields = readers.map((reader) => reader.of)
  const required = compileRequired(kind, fields, settings)
  return {
    fields,
    map: (row) => {
      gathering?.begin()
      const { values, findings } = readRecord(row, readers, required)
      return { row, values, findings: gathering ? [...findings, ...gathering.findings(row)] : findings }
    },
    leftOut: compileLeftOut(mapping, readers),
    children: compileChildren(kinds, kind, mapping, settings),
  }
}

function compileGathering(kinds: Kinds, kind: KindDeclaration, mapping: Mapping, own: readonly CellReader[]) {
  const { gather, columns } = mapping
  if (!gather) return null
  return gatherCells(findField(kinds, kind, gather.field).field, { gather, columns }, own)
}

function compileLeftOut(
  { leaveOut, distinct }: Mapping,
  readers: readonly CellReader[],
): RowMapper['leftOut'] {
  const texts = new Set(leaveOut?.texts.map((text) => text.trim()))
  const value = readers.find(({ of }) => of.field.name === distinct)
  if (!leaveOut && !value) return null
  return (row) => {
    const isExample = leaveOut && texts.has((row.cells[leaveOut.column] ?? '').trim())
    if (isExample)
      return { ...findingOf('row.is_example', {}), source: row.source, row: row.row, line: row.line }
    if (!value || value.read(row) !== null) return null
    return problemFinding(row, value.of, {
      code: 'row.without_value',
      params: { fields: value.of.field.name },
    })
  }
}
