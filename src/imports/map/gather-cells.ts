/**
 * Cells that have no field of their own, kept in one text of the record, each under its header; and cells that
 * their field cannot take, where the mapping says so. Hides that one reader looks at many columns of a row.
 */
import type { FieldDeclaration } from '../../kinds/kinds.ts'
import type { ConversionProblem } from '../../kinds/values/value.ts'
import { type Finding, type Row, undoFormulaGuard } from '../../tabular/tabular.ts'
import { type CellReader, converterOf, type MappedField, problemFinding } from './cell-readers.ts'
import type { Mapping } from './contract.ts'

export type Gathering = {
  /** The reader of the text stands last: it tells what those before it could not take. */
  readonly readers: readonly CellReader[]
  /** To be called before the readers read a row. */
  readonly begin: () => void
  /** What is to be said of the row that was read. */
  readonly findings: (row: Row) => Finding[]
}

type Kept = { readonly of: MappedField; readonly problem: ConversionProblem }

export function gatherCells(
  target: FieldDeclaration,
  { gather, columns }: Pick<Mapping, 'columns'> & { readonly gather: NonNullable<Mapping['gather']> },
  readers: readonly CellReader[],
): Gathering {
  const own = readers.find(({ of }) => of.field === target) ?? null
  const headers = new Map([...columns, ...gather.columns].map(({ column, header }) => [column, header]))
  const convert = converterOf(target, {})
  let kept: Kept[] = []
  const others = readers
    .filter((reader) => reader !== own)
    .map((reader) =>
      gather.unreadable && isOptional(reader.of) ? keeping(reader, (one) => kept.push(one)) : reader,
    )
  const lineOf = ({ cells }: Row, column: number): string[] => {
    const text = undoFormulaGuard(cells[column] ?? '').trim()
    return text === '' ? [] : [`${headers.get(column) ?? column + 1}: ${text}`]
  }
  const text: CellReader = {
    of: { field: target, column: own?.of.column ?? null, blank: own?.of.blank ?? 'keep', lookup: null },
    read: (row) => {
      const first = own?.read(row) ?? null
      if (first !== null && typeof first !== 'string') return first
      const lines = [
        ...gather.columns.flatMap(({ column }) => lineOf(row, column)),
        ...kept.flatMap(({ of }) => lineOf(row, of.column!)),
      ]
      return lines.length === 0 ? first : convert([...(first === null ? [] : [first]), ...lines].join('\n'))
    },
    isFilled: (row) =>
      (own?.isFilled(row) ?? false) || gather.columns.some(({ column }) => lineOf(row, column).length > 0),
  }
  return {
    readers: [...others, text],
    begin: () => {
      kept = []
    },
    findings: (row) =>
      kept.map(({ of, problem }) => ({
        ...problemFinding(row, of, { code: 'value.kept_as_text', params: { fields: target.name } }),
        params: { fields: target.name, problem: problem.code },
      })),
  }
}

/** Without these there is no record, or another one. */
function isOptional({ field, column, lookup }: MappedField): boolean {
  return column !== null && lookup === null && !field.required && !field.requiredIf && !field.unique
}

function keeping(reader: CellReader, keep: (one: Kept) => void): CellReader {
  return {
    ...reader,
    read: (row) => {
      const read = reader.read(row)
      if (read === null || typeof read === 'string') return read
      keep({ of: reader.of, problem: read })
      return null
    },
  }
}
