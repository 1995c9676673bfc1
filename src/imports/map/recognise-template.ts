/**
 * A filled template needs no mapping: its stamp says which column fills which field. Compares the stamp with the
 * fields as they are now and says what has changed since; what is still there is imported. Pure.
 */
import type { FieldDeclaration, KindDeclaration, Kinds } from '../../kinds/kinds.ts'
import {
  headersOf,
  keyOfHeader,
  offeredOptions,
  planTemplate,
  type TemplateColumn,
} from '../../kinds/templates/template-plan.ts'
import { listName, type StampedSheet, type TemplateStamp } from '../../kinds/templates/template-stamp.ts'
import type { ColumnHint, Finding } from '../../tabular/tabular.ts'
import type { ColumnFacts, OrganisationDefaults } from '../run.ts'
import type { ColumnMapping, Mapping } from './contract.ts'
import { formatFor, toContract } from './suggest.ts'
import { templateFindings } from './template-findings.ts'

export type TemplateFit = { readonly mapping: Mapping; readonly findings: readonly Finding[] }

export type FitInput = {
  readonly kinds: Kinds
  readonly kind: KindDeclaration
  readonly stamp: TemplateStamp
  readonly sheet: StampedSheet
  /** Of the organisation that imports. */
  readonly mark: string
  readonly columns: readonly ColumnFacts[]
  readonly hints: readonly ColumnHint[]
  readonly defaults: OrganisationDefaults
}

type Code = keyof typeof templateFindings
/** What each column of the stamp fills today; null: nothing any more. */
type Place = {
  readonly stamped: StampedSheet['columns'][number]
  readonly today: TemplateColumn | null
  readonly header: string
}

export function fitTemplate(input: FitInput): TemplateFit {
  const { stamp, sheet, columns, hints, defaults } = input
  const places = placesOf(input)
  const byHeader = new Map(places.map((place) => [keyOfHeader(place.stamped.header), place]))
  const mapped = columns.flatMap((facts, column): ColumnMapping[] => {
    const place = byHeader.get(keyOfHeader(facts.header))
    if (!place?.today) return []
    const { today, stamped } = place
    const { format } = formatFor(today.field, facts, hints[column], defaults)
    const valueMap = renamedOptions(stamp, stamped.list, today.field)
    return [
      {
        column,
        header: facts.header,
        field: today.path,
        ...(Object.keys(format).length > 0 ? { format: toContract(format) } : {}),
        ...(today.lookup ? { lookup: stamped.lookup ?? today.lookup } : {}),
        ...(valueMap ? { valueMap } : {}),
      },
    ]
  })
  const examples = mapped.find(({ field }) => field === sheet.example.path)
  return {
    mapping: {
      columns: onceEach(mapped),
      constants: [],
      ...(examples
        ? { leaveOut: { column: examples.column, header: examples.header, texts: [...sheet.example.texts] } }
        : {}),
    },
    findings: changesOf(input, places),
  }
}

/** Of two columns for one field, as copying a column gives them, the first. */
function onceEach(columns: readonly ColumnMapping[]): ColumnMapping[] {
  const seen = new Set<string>()
  return columns.filter(({ field }) => !seen.has(field) && seen.add(field))
}

function placesOf({ kinds, kind, stamp, sheet, mark }: FitInput): Place[] {
  const today = columnsToday(kinds, kind, stamp)
  const headers = new Map(
    headersOf(today, stamp.language).map((header, at) => [today[at]!.path, { header, column: today[at]! }]),
  )
  const isOurs = stamp.organisation.mark === mark
  return sheet.columns.map((stamped) => {
    const found = headers.get(stamped.path)
    // A key of another house may mean anything here, unless it bears the same name.
    const isKnown =
      found !== undefined &&
      (isOurs ||
        found.column.field.custom === undefined ||
        keyOfHeader(found.header) === keyOfHeader(stamped.header))
    return isKnown
      ? { stamped, today: found.column, header: found.header }
      : { stamped, today: null, header: stamped.header }
  })
}

/** As many groups as the template has, though one made today may have fewer. */
function columnsToday(kinds: Kinds, kind: KindDeclaration, stamp: TemplateStamp): readonly TemplateColumn[] {
  const shape = stamp.kind === kind.name ? stamp.shape : 'two-tables'
  const { sheets } = planTemplate(kinds, kinds.get(stamp.kind), shape)
  return sheets.find((sheet) => sheet.kind.name === kind.name)?.columns ?? []
}

/** Words that the template offered under another name than the list has now. */
function renamedOptions(
  stamp: TemplateStamp,
  list: string | null,
  field: FieldDeclaration,
): Record<string, string> | null {
  const renamed = (list === null ? [] : (stamp.lists[list] ?? [])).flatMap(([value, label]) => {
    const now = field.options?.find((option) => option.value === value)?.labels[stamp.language]
    return now !== undefined && now !== label ? [[label, now] as const] : []
  })
  return renamed.length > 0 ? Object.fromEntries(renamed) : null
}

function changesOf(input: FitInput, places: readonly Place[]): Finding[] {
  const { kinds, kind, stamp, sheet, mark } = input
  const found: Finding[] = []
  const tell = (code: Code, params: Finding['params']): void => {
    found.push(findingOf(code, params))
  }
  if (stamp.organisation.mark !== mark) {
    tell('template.other_organisation', { organisation: stamp.organisation.name })
  }
  const today = columnsToday(kinds, kind, stamp)
  const stamped = new Set(sheet.columns.map(({ path }) => path))
  const names = (columns: readonly TemplateColumn[]): string =>
    listed(columns.map(({ field }) => field.labels[stamp.language]))
  const added = today.filter(({ path }) => !stamped.has(path))
  const removed = places.filter((place) => place.today === null)
  const renamed = places.filter(
    (place) => place.today && keyOfHeader(place.header) !== keyOfHeader(place.stamped.header),
  )
  const retyped = places.flatMap((place) =>
    place.today && place.today.field.type !== place.stamped.type ? [place.today] : [],
  )
  if (added.length > 0) tell('template.fields_added', { fields: names(added) })
  if (removed.length > 0)
    tell('template.fields_removed', { fields: listed(removed.map((place) => bare(place.stamped.header))) })
  if (renamed.length > 0)
    tell('template.fields_renamed', {
      fields: listed(renamed.map((place) => `${bare(place.stamped.header)} → ${place.header}`)),
    })
  if (retyped.length > 0) tell('template.type_changed', { fields: names(retyped) })
  for (const params of changedLists(input, places)) tell('template.options_changed', params)
  const isOutdated = found.some(({ code }) => code !== 'template.other_organisation')
  const date = stamp.madeAt.slice(0, 10)
  return isOutdated ? [findingOf('template.outdated', { date }), ...found] : found
}

function changedLists({ kind, stamp }: FitInput, places: readonly Place[]): Finding['params'][] {
  const seen = new Set<string>()
  return places.flatMap(({ stamped, today }) => {
    const list = stamped.list
    if (list === null || !today || seen.has(list)) return []
    seen.add(list)
    if (list !== listName(today.group?.kind.name ?? kind.name, today.field)) return []
    const then = new Map(stamp.lists[list] ?? [])
    const now = new Map(
      offeredOptions(today.field).map(({ value, labels }) => [value, labels[stamp.language]]),
    )
    const added = [...now].flatMap(([value, label]) => (then.has(value) ? [] : [label]))
    const removed = [...then].flatMap(([value, label]) => (now.has(value) ? [] : [label]))
    const renamed = [...then].flatMap(([value, label]) =>
      now.has(value) && now.get(value) !== label ? [`${label} → ${now.get(value)}`] : [],
    )
    if (added.length + removed.length + renamed.length === 0) return []
    const field = today.field.labels[stamp.language]
    return [{ field, added: listed(added), removed: listed(removed), renamed: listed(renamed) }]
  })
}

const mostNamed = 12

function listed(names: readonly string[]): string {
  const different = [...new Set(names)]
  if (different.length === 0) return '–'
  const rest = different.length - mostNamed
  return `${different.slice(0, mostNamed).join(', ')}${rest > 0 ? ` … (+${rest})` : ''}`
}

function bare(header: string): string {
  return header.replace(/\s*\*\s*$/, '')
}

/** Of the source as a whole. */
export function findingOf(code: Code, params: Finding['params']): Finding {
  const { severity } = templateFindings[code]
  return { source: 0, row: 0, line: 0, column: null, field: null, code, severity, value: null, params }
}
