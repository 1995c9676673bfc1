/**
 * From one cell, or a constant, to canonical text or what is wrong with it: compiled once for a column and
 * called for every row.
 */
import type { FieldDeclaration } from '../../kinds/kinds.ts'
import { rulesOf } from '../../kinds/parse.ts'
import type { ConversionProblem, Convert, Converted, ValueFormat } from '../../kinds/values/value.ts'
import { compileConvert } from '../../kinds/values/value-types.ts'
import { fillSentence } from '../../platform/refusal.ts'
import { type Finding, type Row, undoFormulaGuard } from '../../tabular/tabular.ts'
import { findingDeclaration } from '../findings.ts'
import { refuseImport } from '../refusals.ts'
import type { ColumnMapping } from './contract.ts'

/** A field that the import fills, with where its value comes from. */
export type MappedField = {
  readonly field: FieldDeclaration
  /** Column of the source, or null for a constant. */
  readonly column: number | null
  readonly blank: 'keep' | 'clear' | 'default'
  /** For a reference: the attribute by which it is looked up. */
  readonly lookup: string | null
  /** Of a child: filled with the record that it belongs to; nothing is staged for it. */
  readonly isParent?: true
  /** A word that is no option yet becomes one. */
  readonly createsOptions?: true
}

export type CellReader = {
  readonly of: MappedField
  /** The value of a row; what stands for a blank included. */
  readonly read: (row: Row) => Converted
  /** Whether the row says anything here itself. */
  readonly isFilled: (row: Row) => boolean
}

export function converterOf(field: FieldDeclaration, format: ValueFormat, createsOptions = false): Convert {
  return field.reference
    ? compileConvert('text', {}, format)
    : compileConvert(
        field.type,
        createsOptions ? { ...rulesOf(field), createsOptions } : rulesOf(field),
        format,
      )
}

/** The text of a cell as the mapping sees it: our own formula guard undone, then the value map. */
export function compileCell(column: ColumnMapping): (cell: string) => string | null {
  const valueMap =
    column.valueMap && Object.keys(column.valueMap).length > 0
      ? new Map(Object.entries(column.valueMap))
      : null
  return (cell) => {
    const text = cell.charCodeAt(0) === 39 ? undoFormulaGuard(cell) : cell
    if (valueMap === null) return text
    const mapped = valueMap.get(text.trim())
    return mapped === undefined ? text : mapped
  }
}

export function columnReader(field: FieldDeclaration, column: ColumnMapping): CellReader {
  const format = toFormat(column.format)
  const createsOptions = column.createOptions === true && field.codeList !== undefined
  const convert = compileCellConvert(column, converterOf(field, format, createsOptions))
  const at = column.column
  const blank = column.blank ?? 'keep'
  const fallback = blank === 'default' && column.default ? constantOf(field, column.default, format) : null
  return {
    of: {
      field,
      column: at,
      blank,
      lookup: lookupOf(field, column.lookup),
      ...(createsOptions ? { createsOptions } : {}),
    },
    read: (row) => {
      const cell = row.cells[at]
      if (cell === undefined || cell === '') return fallback
      const converted = convert(cell)
      return converted === null ? fallback : converted
    },
    isFilled: (row) => {
      const cell = row.cells[at]
      return cell !== undefined && cell !== '' && convert(cell) !== null
    },
  }
}

/** From the cell as it stands in the file to canonical text; a column without a value map takes the short way. */
function compileCellConvert(column: ColumnMapping, convert: Convert): Convert {
  if (Object.keys(column.valueMap ?? {}).length === 0)
    return (cell) => convert(cell.charCodeAt(0) === 39 ? undoFormulaGuard(cell) : cell)
  const cellText = compileCell(column)
  return (cell) => {
    const text = cellText(cell)
    return text === null ? null : convert(text)
  }
}

export function constantReader(field: FieldDeclaration, value: string): CellReader {
  // Written by a person or a program for this import, not by an old system: in international form.
  const canonical = constantOf(field, value, { decimal: '.', dateOrder: 'ymd' })
  return {
    of: { field, column: null, blank: 'keep', lookup: lookupOf(field, undefined) },
    read: () => canonical,
    isFilled: () => false,
  }
}

function constantOf(field: FieldDeclaration, value: string, format: ValueFormat): string | null {
  const converted = converterOf(field, format)(value)
  if (converted === null || typeof converted === 'string') return converted
  const problem = fillSentence(findingDeclaration(converted.code).en, { value, ...converted.params })
  throw refuseImport('mapping.bad_constant', { field: field.name, problem })
}

function lookupOf(field: FieldDeclaration, chosen: string | undefined): string | null {
  if (!field.reference) return null
  return chosen && field.reference.by.includes(chosen) ? chosen : field.reference.by[0]!
}

/** Zod gives optional keys as `undefined`; a format has them or has them not. */
function toFormat(format: ColumnMapping['format']): ValueFormat {
  return Object.fromEntries(
    Object.entries(format ?? {}).filter(([, value]) => value !== undefined),
  ) as ValueFormat
}

export function problemFinding(
  row: Row,
  of: MappedField,
  problem: Pick<ConversionProblem, 'params'> & { readonly code: string },
): Finding {
  return {
    source: row.source,
    row: row.row,
    line: row.line,
    column: of.column,
    field: of.field.name,
    code: problem.code,
    severity: findingDeclaration(problem.code).severity,
    value: of.column === null ? null : (row.cells[of.column] ?? null),
    params: problem.params,
  }
}
