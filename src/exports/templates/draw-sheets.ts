/** The sheets to fill in: header, examples, formats, drop-downs, hints. From the plan to drafted sheets; pure. */
import {
  headersOf,
  isRequired,
  markedHeaders,
  type TemplateColumn,
  type TemplatePlan,
} from '../../kinds/templates/template-plan.ts'
import type { StampedSheet } from '../../kinds/templates/template-stamp.ts'
import {
  columnLetters,
  type DraftCell,
  type DraftSheet,
  type Look,
  type Rule,
} from '../../tabular/tabular.ts'
import { allowOf, cellFormat, columnWidth, exampleCell, type Lists } from './column-form.ts'
import { exampleOf } from './example-values.ts'
import { hintOf, type Setting } from './field-hint.ts'
import { inks } from './template-inks.ts'

/** Of the column with the names, in characters. */
const titleWidth = 36

export type DrawnSheet = DraftSheet & Pick<StampedSheet, 'example'>

type Table = {
  readonly setting: Setting
  readonly plan: TemplatePlan
  readonly at: number
  readonly name: string
  readonly names: readonly string[]
  readonly lists: Lists
}

/** Names of the sheets, as the organisation calls the kinds; Excel takes 31 characters and no `[]:*?/\`. */
export function sheetNames({ sheets }: TemplatePlan, language: Setting['language']): string[] {
  const taken = new Set<string>()
  return sheets.map(({ kind }) => {
    const label = kind.labels[language].replace(/[[\]:*?/\\]/g, ' ').slice(0, 28)
    let name = label
    for (let copy = 2; taken.has(name.toLowerCase()); copy += 1) name = `${label} ${copy}`
    taken.add(name.toLowerCase())
    return name
  })
}

export function drawSheet(table: Table): DrawnSheet {
  const { setting, plan, at, name } = table
  const { kind, columns } = plan.sheets[at]!
  const headers = headersOf(columns, setting.language)
  const marked = markedHeaders(columns, setting.language)
  const tints = tintsOf(columns)
  const header = columns.map(
    (column, index): DraftCell => ({
      value: marked[index]!,
      look: headerLook(isRequired(column), tints[index]!),
      note: hintOf(setting, column, columns),
    }),
  )
  const examples = ([0, 1] as const).map((row) => exampleRow(table, row))
  const titleAt = columns.findIndex(({ path }) => path === kind.title)
  return {
    name,
    tab: at === 0 ? inks.accent : inks.teal,
    columns: columns.map(({ field }, index) => ({
      width: index === titleAt ? titleWidth : columnWidth(field, headers[index]!),
      look: {
        format: cellFormat(field, setting.language),
        ...(field.type === 'multiline' ? { wrap: true } : {}),
      },
    })),
    rows: [header, ...examples],
    heights: new Map([
      [0, 36],
      [1, 19],
      [2, 19],
    ]),
    frozen: { rows: 1, columns: Math.max(0, titleAt) === 0 ? 1 : 0 },
    rules: columns.map((column, index) => ruleOf(table, column, index, headers[index]!)),
    isLandscape: true,
    example: {
      path: kind.title,
      texts: examples.map((row) => String(row[Math.max(0, titleAt)]?.value ?? '')),
    },
  }
}

/** Sections and groups of columns take turns in colour, so that one sees where the next begins. */
function tintsOf(columns: readonly TemplateColumn[]): string[] {
  let turn = 0
  let last: string | null = null
  return columns.map(({ field, group }) => {
    const part = group
      ? `${group.kind.name} ${group.number} ${field.custom !== undefined}`
      : field.section.name
    if (last !== null && part !== last) turn = 1 - turn
    last = part
    return turn === 0 ? inks.header : inks.headerOther
  })
}

function headerLook(isBlue: boolean, tint: string): Look {
  const common = { bold: true, wrap: true, line: inks.line } as const
  return isBlue
    ? { ...common, fill: inks.accent, colour: inks.onAccent }
    : { ...common, fill: tint, colour: inks.text }
}

/** The record's name begins with a mark, by which it is known as an example. */
function exampleRow({ setting, plan, at }: Table, row: 0 | 1): DraftCell[] {
  const { kind, columns } = plan.sheets[at]!
  const first = plan.sheets[0]!
  const bare = groupsWithoutExample(setting, columns)
  return columns.map(({ field, group, path }): DraftCell => {
    const of = group?.kind ?? kind
    // The first example shows two groups, the second one; the others stay blank.
    const isShown = group === null || (group.number <= 2 - row && !bare.has(group.kind.name))
    const look = {
      italic: true,
      colour: inks.faint,
      fill: inks.exampleFill,
      line: inks.line,
      format: cellFormat(field, setting.language),
    }
    const isParent = at > 0 && field.reference?.kind === first.kind.name
    // Whose first and last name stand there needs no name in full.
    const isNamedTwice = group !== null && field.name === of.title && !field.required
    const value = isParent
      ? titleExample(setting, first.kind, row)
      : path === kind.title
        ? titleExample(setting, kind, row)
        : isShown && !isNamedTwice
          ? exampleCell(
              field,
              exampleOf(of, field, group ? groupRow(group.number, row) : row, setting.language),
              setting,
            )
          : null
    return { value, look }
  })
}

/** Kinds of groups of which an example would lack what they require, as the name of a price list. */
function groupsWithoutExample(setting: Setting, columns: readonly TemplateColumn[]): ReadonlySet<string> {
  const lacking = columns.filter(
    ({ field, group }) =>
      group !== null && field.required && exampleOf(group.kind, field, 0, setting.language) === '',
  )
  return new Set(lacking.map(({ group }) => group!.kind.name))
}

function groupRow(number: number, row: 0 | 1): 0 | 1 {
  return ((number - 1 + row) % 2) as 0 | 1
}

function titleExample(setting: Setting, kind: TemplatePlan['kind'], row: 0 | 1): string {
  const title = kind.fields.find(({ name }) => name === kind.title)!
  return `${setting.words('exampleMark')} – ${exampleOf(kind, title, row, setting.language)}`
}

function ruleOf(
  { setting, plan, at, names, lists }: Table,
  column: TemplateColumn,
  index: number,
  header: string,
): Rule {
  const { words } = setting
  const { kind, columns } = plan.sheets[at]!
  const { field } = column
  const hint = hintOf(setting, column, columns)
  const parent =
    at > 0 && field.reference?.kind === plan.sheets[0]!.kind.name ? parentRange(plan, names) : null
  const list = parent ?? lists.rangeOf(column, kind.name)
  const { allow, isStrict } = allowOf(field, list)
  return {
    column: index,
    from: 2,
    allow,
    isStrict: isStrict && parent === null,
    title: header,
    prompt: hint,
    error: list === null ? words('doesNotFit', { hint }) : words(isStrict ? 'notInList' : 'maybeInList'),
  }
}

/** The names on the first sheet, so that a contact person's client can be chosen. */
function parentRange({ sheets }: TemplatePlan, names: readonly string[]): string | null {
  const first = sheets[0]!
  const at = first.columns.findIndex(({ path }) => path === first.kind.title)
  if (at < 0) return null
  const letters = columnLetters(at)
  return `'${names[0]!.replaceAll("'", "''")}'!$${letters}$2:$${letters}$10000`
}
