/**
 * A mapping turned into the function that maps a row: for each mapped field one closure from the cell to
 * canonical text or a finding. Nothing is looked up by name while rows run; the same row always gives the same.
 */

import { type FieldDeclaration, fieldOf, type KindDeclaration } from '../../kinds/kinds.ts'
import { rulesOf } from '../../kinds/parse.ts'
import type { ConversionProblem, Convert, ValueFormat } from '../../kinds/values/value.ts'
import { compileConvert } from '../../kinds/values/value-types.ts'
import { fillSentence } from '../../platform/refusal.ts'
import { type Finding, type Row, undoFormulaGuard } from '../../tabular/tabular.ts'
import type { ImportSettings } from '../contract.ts'
import { findingDeclaration } from '../findings.ts'
import type { MappedRecord } from '../record.ts'
import { refuseImport } from '../refusals.ts'
import type { ColumnMapping, Mapping } from './contract.ts'

/** A field that the import fills, with where its value comes from. */
export type MappedField = {
  readonly field: FieldDeclaration
  /** Column of the source, or null for a constant. */
  readonly column: number | null
  readonly blank: 'keep' | 'clear' | 'default'
  /** For a reference: the attribute by which it is looked up. */
  readonly lookup: string | null
}

export type RowMapper = {
  readonly fields: readonly MappedField[]
  readonly map: (row: Row) => MappedRecord
}

type CellReader = { readonly read: (row: Row) => string | null | ConversionProblem; readonly of: MappedField }

export function compileMapping(kind: KindDeclaration, mapping: Mapping, settings: ImportSettings): RowMapper {
  const readers = [
    ...mapping.columns.map((column) => columnReader(kind, column)),
    ...mapping.constants.map((constant) => constantReader(kind, constant.field, constant.value)),
  ]
  const fields = readers.map((reader) => reader.of)
  const required = compileRequired(kind, fields, settings)
  return {
    fields,
    map: (row) => {
      const values = new Array<string | null>(readers.length)
      let findings: Finding[] | null = null
      for (let at = 0; at < readers.length; at += 1) {
        const reader = readers[at]!
        const read = reader.read(row)
        if (read === null || typeof read === 'string') values[at] = read
        else {
          values[at] = null
          findings = add(findings, cellFinding(row, reader.of, read.code, read.params))
        }
      }
      for (const missingOf of required) {
        const missing = missingOf(values)
        if (missing !== null && !findings?.some((finding) => finding.field === missing.field.name))
          findings = add(findings, cellFinding(row, missing, 'value.required', {}))
      }
      return { row, values, findings: findings ?? noFindings }
    },
  }
}

const noFindings: readonly Finding[] = []

function add(findings: Finding[] | null, finding: Finding): Finding[] {
  if (findings === null) return [finding]
  findings.push(finding)
  return findings
}

export function converterOf(field: FieldDeclaration, format: ValueFormat): Convert {
  return field.reference
    ? compileConvert('text', {}, format)
    : compileConvert(field.type, rulesOf(field), format)
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

function columnReader(kind: KindDeclaration, column: ColumnMapping): CellReader {
  const field = findField(kind, column.field)
  const format = toFormat(column.format)
  const convert = compileCellConvert(column, converterOf(field, format))
  const at = column.column
  const blank = column.blank ?? 'keep'
  const fallback = blank === 'default' && column.default ? constantOf(field, column.default, format) : null
  const of: MappedField = { field, column: at, blank, lookup: lookupOf(field, column.lookup) }
  return {
    of,
    read: (row) => {
      const cell = row.cells[at]
      if (cell === undefined || cell === '') return fallback
      const converted = convert(cell)
      return converted === null ? fallback : converted
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

function constantReader(kind: KindDeclaration, name: string, value: string): CellReader {
  const field = findField(kind, name)
  // Written by a person or a program for this import, not by an old system: in international form.
  const canonical = constantOf(field, value, { decimal: '.', dateOrder: 'ymd' })
  return {
    of: { field, column: null, blank: 'keep', lookup: lookupOf(field, undefined) },
    read: () => canonical,
  }
}

function constantOf(field: FieldDeclaration, value: string, format: ValueFormat): string | null {
  const converted = converterOf(field, format)(value)
  if (converted === null || typeof converted === 'string') return converted
  const problem = fillSentence(findingDeclaration(converted.code).en, { value, ...converted.params })
  throw refuseImport('mapping.bad_constant', { field: field.name, problem })
}

function findField(kind: KindDeclaration, name: string): FieldDeclaration {
  if (!kind.fields.some((field) => field.name === name))
    throw refuseImport('mapping.unknown_field', { field: name })
  return fieldOf(kind, name)
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

/** What a row lacks, told at the column where it should stand; null when nothing. */
type MissingOf = (values: readonly (string | null)[]) => MappedField | null

/**
 * Checks for blanks that make a record impossible, also of fields that no column fills. Where rows may update,
 * a blank keeps what is there: whether it matters is known only when it is known which rows create.
 */
function compileRequired(
  kind: KindDeclaration,
  fields: readonly MappedField[],
  settings: ImportSettings,
): MissingOf[] {
  return kind.fields.flatMap((field): MissingOf[] => {
    const at = fields.findIndex((mapped) => mapped.field.name === field.name)
    const mapped = at < 0 ? null : fields[at]!
    if (settings.existing !== 'create' && mapped?.blank !== 'clear') return []
    if (field.required && mapped) return [(values) => (values[at] === null ? mapped : null)]
    if (!field.requiredIf) return []
    const { field: other, values: wanted } = field.requiredIf
    const otherAt = fields.findIndex((candidate) => candidate.field.name === other)
    if (otherAt < 0) return []
    const missing: MappedField = mapped ?? {
      field,
      column: fields[otherAt]!.column,
      blank: 'keep',
      lookup: null,
    }
    return [
      (values) =>
        (mapped === null || values[at] === null) && wanted.includes(values[otherAt] ?? '') ? missing : null,
    ]
  })
}

function cellFinding(row: Row, of: MappedField, code: string, params: Finding['params']): Finding {
  return {
    source: row.source,
    row: row.row,
    line: row.line,
    column: of.column,
    field: of.field.name,
    code,
    severity: findingDeclaration(code).severity,
    value: of.column === null ? null : (row.cells[of.column] ?? null),
    params,
  }
}
