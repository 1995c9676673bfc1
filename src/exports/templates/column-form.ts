/**
 * How the cells of a field look and what they take: formats that keep zeros, dates and times as cells of their
 * own, drop-downs from ranges of the sheet of lists. Pure.
 */
import type { FieldDeclaration } from '../../kinds/kinds.ts'
import { offeredOptions, type TemplateColumn } from '../../kinds/templates/template-plan.ts'
import { listName } from '../../kinds/templates/template-stamp.ts'
import type { Language } from '../../platform/refusal.ts'
import type { DraftCell, Rule } from '../../tabular/tabular.ts'
import { countryNames } from './country-names.ts'
import type { Setting } from './field-hint.ts'

const TEXT = '@'

const formats: Readonly<Record<Language, Partial<Record<FieldDeclaration['type'], string>>>> = {
  en: { date: 'yyyy\\-mm\\-dd', datetime: 'yyyy\\-mm\\-dd hh:mm', time: 'hh:mm' },
  cs: { date: 'd\\.m\\.yyyy', datetime: 'd\\.m\\.yyyy hh:mm', time: 'hh:mm' },
}
const numeric: ReadonlySet<FieldDeclaration['type']> = new Set(['integer', 'number', 'percent'])

/** Numbers stay numbers, days and times are cells of that sort; all else is text, and zeros in front survive. */
export function cellFormat(field: FieldDeclaration, language: Language): string {
  if (field.reference) return TEXT
  if (numeric.has(field.type)) return field.type === 'integer' ? '0' : 'General'
  // An amount may have its currency behind it; a number that is typed stays one.
  if (field.type === 'money') return 'General'
  return formats[language][field.type] ?? TEXT
}

/** An example in the form that a person would type. */
export function exampleCell(field: FieldDeclaration, value: string, setting: Setting): DraftCell['value'] {
  if (value === '') return null
  if (field.reference) return value
  if (field.type === 'boolean') return setting.words(value === 't' ? 'yes' : 'no')
  if (field.type === 'date') return serialDay(value)
  return numeric.has(field.type) || field.type === 'money' ? Number(value) : value
}

/** Days since 30 December 1899, as spreadsheets count from March 1900 on. */
function serialDay(day: string): number {
  return (Date.parse(`${day}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000
}

const widths: Partial<Record<FieldDeclaration['type'], number>> = {
  multiline: 36,
  email: 26,
  url: 26,
  tags: 22,
  choices: 24,
  phone: 19,
  country: 18,
  date: 13,
  datetime: 18,
  boolean: 11,
  integer: 12,
  number: 12,
  percent: 11,
  time: 10,
}

/** In characters; the header, on two lines at most, has to fit too. */
export function columnWidth(field: FieldDeclaration, header: string): number {
  const words = header.split(/\s+/).map(({ length }) => length)
  const forHeader = Math.max(Math.ceil(header.length / 2) + 6, Math.max(...words) + 3)
  return Math.min(44, Math.max(widths[field.type] ?? 18, forHeader))
}

/** Ranges with the choices of drop-downs, each list once. */
export type Lists = {
  /** The range for a column; null where nothing is to be chosen. */
  readonly rangeOf: (column: TemplateColumn, kind: string) => string | null
  /** By column of the sheet of lists. */
  readonly columns: readonly { readonly title: string; readonly values: readonly string[] }[]
}

export function gatherLists(setting: Setting, sheet: string): Lists {
  const columns: { title: string; values: readonly string[] }[] = []
  const places = new Map<string, number>()
  const place = (name: string, title: string, values: () => readonly string[]): string | null => {
    let at = places.get(name)
    if (at === undefined) {
      const offered = values()
      if (offered.length === 0) return null
      at = columns.push({ title, values: offered }) - 1
      places.set(name, at)
    }
    const letters = letterOf(at)
    return `'${sheet.replaceAll("'", "''")}'!$${letters}$2:$${letters}$${columns[at]!.values.length + 1}`
  }
  const { language, words } = setting
  return {
    columns,
    rangeOf: ({ field, group }, kind) => {
      const title = field.labels[language]
      if (field.type === 'boolean')
        return place('boolean', `${words('yes')}/${words('no')}`, () => [words('yes'), words('no')])
      if (field.type === 'country')
        return place('country', title, () => countryNames(language, setting.country.code))
      if (field.type !== 'enum') return null
      return place(listName(group?.kind.name ?? kind, field) ?? field.name, title, () =>
        offeredOptions(field).map(({ labels }) => labels[language]),
      )
    },
  }
}

function letterOf(column: number): string {
  const high = Math.floor(column / 26) - 1
  return `${high < 0 ? '' : String.fromCharCode(65 + high)}${String.fromCharCode(65 + (column % 26))}`
}

/**
 * What the cells take. Strict only where nothing else could be understood: of a list that the organisation
 * maintains, and of countries, other spellings are known too.
 */
export function allowOf(
  field: FieldDeclaration,
  list: string | null,
): { readonly allow: Rule['allow']; readonly isStrict: boolean } {
  if (list !== null)
    return {
      allow: { type: 'list', range: list },
      isStrict: field.type === 'boolean' || (field.type === 'enum' && !field.codeList),
    }
  if (field.reference) return { allow: { type: 'any' }, isStrict: false }
  const { min, max, maxLength } = field
  switch (field.type) {
    case 'integer':
    case 'number': {
      const bounds = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }
      return { allow: { type: field.type === 'integer' ? 'whole' : 'decimal', ...bounds }, isStrict: true }
    }
    case 'date':
      return { allow: { type: 'date' }, isStrict: false }
    case 'text':
    case 'multiline':
    case 'email':
    case 'url':
      return maxLength === undefined
        ? { allow: { type: 'any' }, isStrict: false }
        : { allow: { type: 'length', max: maxLength }, isStrict: true }
    default:
      return { allow: { type: 'any' }, isStrict: false }
  }
}
