/**
 * A mapping turned into the function that maps a row: for each mapped field one closure from the cell to
 * canonical text or a finding. Nothing is looked up by name while rows run; the same row always gives the same.
 */
import type { KindDeclaration, Kinds } from '../../kinds/kinds.ts'
import type { Finding, Row } from '../../tabular/tabular.ts'
import type { ImportSettings } from '../contract.ts'
import type { MappedRecord } from '../record.ts'
import { columnReader, constantReader, type MappedField } from './cell-readers.ts'
import { type ChildMapper, compileChildren } from './compile-children.ts'
import type { Mapping } from './contract.ts'
import { findField, parseFieldPath } from './field-path.ts'
import { readRecord } from './read-record.ts'
import { findingOf } from './recognise-template.ts'
import { compileRequired } from './required.ts'

export type { MappedField } from './cell-readers.ts'

export type RowMapper = {
  readonly fields: readonly MappedField[]
  readonly map: (row: Row) => MappedRecord
  /** What is said of a row that is an example of the template; null where there can be none. */
  readonly exampleOf: ((row: Row) => Finding | null) | null
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
  const readers = [
    ...mapping.columns
      .filter(isOwn)
      .map((column) => columnReader(findField(kinds, kind, column.field).field, column)),
    ...mapping.constants
      .filter(isOwn)
      .map((constant) => constantReader(findField(kinds, kind, constant.field).field, constant.value)),
  ]
  const fields = readers.map((reader) => reader.of)
  const required = compileRequired(kind, fields, settings)
  return {
    fields,
    map: (row) => {
      const { values, findings } = readRecord(row, readers, required)
      return { row, values, findings }
    },
    exampleOf: compileExamples(mapping),
    children: compileChildren(kinds, kind, mapping, settings),
  }
}

function compileExamples({ leaveOut }: Mapping): RowMapper['exampleOf'] {
  if (!leaveOut) return null
  const texts = new Set(leaveOut.texts.map((text) => text.trim()))
  return ({ source, row, line, cells }) =>
    texts.has((cells[leaveOut.column] ?? '').trim())
      ? { ...findingOf('row.is_example', {}), source, row, line }
      : null
}
