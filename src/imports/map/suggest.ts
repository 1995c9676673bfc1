/**
 * From columns to a first mapping: suggestions where they are sure, formats from the values of the whole
 * column, defaults of the organisation where the values leave a format open. Pure.
 */
import { type Suggestion, suggestColumns } from '../../kinds/headers/suggest-columns.ts'
import type { FieldDeclaration, KindDeclaration, Kinds } from '../../kinds/kinds.ts'
import { inferFormat, type Unsettled } from '../../kinds/values/infer-format.ts'
import type { ValueFormat } from '../../kinds/values/value.ts'
import { type ColumnHint, undoFormulaGuard } from '../../tabular/tabular.ts'
import type { ColumnFacts, OrganisationDefaults, RunSource } from '../run.ts'
import type { ColumnMapping, Mapping } from './contract.ts'
import { findField, writeFieldPath } from './field-path.ts'
import { groupsOf, numberColumns } from './numbered-headers.ts'

/** Suggestions for a source's own fields and, where headers are numbered, for those of its children. */
export function suggestFor(
  kinds: Kinds,
  kind: KindDeclaration,
  columns: readonly ColumnFacts[],
): readonly Suggestion[] {
  const numbered = numberColumns(kinds, kind, columns)
  const suggestions = suggestFields(
    kind.fields,
    columns.map((facts, at) => (numbered[at] ? { ...facts, header: '', samples: [] } : facts)),
  )
  for (const { child, group, places } of groupsOf(numbered)) {
    const found = suggestFields(
      child.fields.filter(({ name }) => name !== child.into.name),
      places.map(({ column, rest }) => ({ ...columns[column]!, header: rest })),
    )
    for (const [at, { column }] of places.entries()) {
      const one = found[at]!
      const path = (field: string): string => writeFieldPath({ child: child.kind.name, group, field })
      suggestions[column] = {
        ...one,
        field: one.field === null ? null : path(one.field),
        alternatives: one.alternatives.map((of) => ({ ...of, field: path(of.field) })),
      }
    }
  }
  return suggestions
}

function suggestFields(fields: readonly FieldDeclaration[], columns: readonly ColumnFacts[]): Suggestion[] {
  return suggestColumns(
    columns.map((column) => ({ name: column.header, samples: bareSamples(column) })),
    fields.map((field) => ({
      name: field.name,
      type: field.type,
      labels: field.labels,
      ...(field.synonyms ? { synonyms: [...field.synonyms] } : {}),
      ...(field.required ? { required: true } : {}),
      ...(field.options ? { options: field.options } : {}),
    })),
  )
}

export function suggestMapping(
  kinds: Kinds,
  kind: KindDeclaration,
  columns: readonly ColumnFacts[],
  hints: readonly ColumnHint[],
  defaults: OrganisationDefaults,
): Mapping {
  const assigned = suggestFor(kinds, kind, columns).flatMap((suggestion, column): ColumnMapping[] => {
    if (suggestion.field === null) return []
    const { field } = findField(kinds, kind, suggestion.field)
    const facts = columns[column]!
    const { format } = formatFor(field, facts, hints[column], defaults)
    return [
      {
        column,
        header: facts.header,
        field: suggestion.field,
        ...(Object.keys(format).length > 0 ? { format: toContract(format) } : {}),
      },
    ]
  })
  return { columns: assigned, constants: [] }
}

/** As the contract writes it: its lists are not read-only. */
export function toContract(format: ValueFormat): NonNullable<ColumnMapping['format']> {
  return { ...format, ...(format.nullWords ? { nullWords: [...format.nullWords] } : {}) } as NonNullable<
    ColumnMapping['format']
  >
}

/** As the mapping will read them: `'-5 EUR'` of an export is an amount. */
function bareSamples({ samples }: ColumnFacts): string[] {
  return samples.map(undoFormulaGuard)
}

/** A comma inside of an option divides nothing. */
function valueSamples(field: FieldDeclaration, facts: ColumnFacts): string[] {
  const samples = bareSamples(facts)
  if (field.type !== 'choices' || !field.options) return samples
  const words = new Set(field.options.flatMap(({ value, labels }) => [value, labels.en, labels.cs]))
  return samples.filter((sample) => !words.has(sample.trim()))
}

/** The format of a column for a field, and the question that its values leave open. */
export function formatFor(
  field: FieldDeclaration,
  facts: ColumnFacts,
  hint: ColumnHint | undefined,
  defaults: OrganisationDefaults,
): { readonly format: ValueFormat; readonly unsettled: Unsettled | null } {
  const inferred = inferFormat(field.type, valueSamples(field, facts))
  let format: ValueFormat = inferred.format
  let unsettled = inferred.unsettled[0] ?? null
  // The reader has looked at other parts of the file too: where the samples leave it open, it may know.
  if (unsettled === 'dateOrder' && hint?.dateOrder && hint.dateOrder !== 'unsettled') {
    format = { ...format, dateOrder: hint.dateOrder }
    unsettled = null
  }
  if (unsettled === 'decimal' && hint?.decimalMark) {
    format = { ...format, decimal: hint.decimalMark }
    unsettled = null
  }
  if (field.type === 'phone' && defaults.country && !format.defaultCountry)
    format = { ...format, defaultCountry: defaults.country }
  const currency = field.currency ?? defaults.currency
  if (field.type === 'money' && currency && !format.currency && !inferred.hasSeveralCurrencies)
    format = { ...format, currency }
  if (field.type === 'datetime' && defaults.timeZone && !format.timeZone)
    format = { ...format, timeZone: defaults.timeZone }
  return { format, unsettled }
}

/** A column that was assigned by hand, without a format, is read as its values are, like one that was suggested. */
export function settleFormats(
  kinds: Kinds,
  kind: KindDeclaration,
  mapping: Mapping,
  source: Pick<RunSource, 'columns' | 'reading'>,
  defaults: OrganisationDefaults,
): Mapping {
  const columns = mapping.columns.map((column): ColumnMapping => {
    const facts = source.columns[column.column]
    if (column.format !== undefined || !facts) return column
    const { field } = findField(kinds, kind, column.field)
    const { format } = formatFor(field, facts, source.reading.hints[column.column], defaults)
    return Object.keys(format).length > 0 ? { ...column, format: toContract(format) } : column
  })
  return { ...mapping, columns }
}

/** A mapping as exported names its columns by header; here they get their places in this file. */
export function placeColumns(
  mapping: Partial<Mapping>,
  columns: readonly ColumnFacts[],
): { mapping: Mapping; missing: string[] } {
  const missing: string[] = []
  const placed = (mapping.columns ?? []).flatMap((column): ColumnMapping[] => {
    const at =
      columns[column.column]?.header === column.header
        ? column.column
        : columns.findIndex((facts) => facts.header === column.header)
    if (at < 0) {
      missing.push(column.header)
      return []
    }
    return [{ ...column, column: at }]
  })
  const { leaveOut, gather, distinct } = mapping
  const examples = leaveOut ? columns.findIndex(({ header }) => header === leaveOut.header) : -1
  return {
    mapping: {
      columns: placed,
      constants: mapping.constants ?? [],
      ...(leaveOut && examples >= 0 ? { leaveOut: { ...leaveOut, column: examples } } : {}),
      ...(gather ? { gather: { ...gather, columns: placeGathered(gather.columns, columns) } } : {}),
      ...(distinct ? { distinct } : {}),
    },
    missing,
  }
}

function placeGathered(
  gathered: NonNullable<Mapping['gather']>['columns'],
  columns: readonly ColumnFacts[],
): NonNullable<Mapping['gather']>['columns'] {
  return gathered.flatMap(({ column, header }) => {
    const at = columns[column]?.header === header ? column : columns.findIndex((of) => of.header === header)
    return at < 0 ? [] : [{ column: at, header }]
  })
}
