/** The sheet that says how to fill the template in, and what each of its columns takes. Pure. */
import {
  capitalised,
  headersOf,
  type TemplateColumn,
  type TemplatePlan,
} from '../../kinds/templates/template-plan.ts'
import type { DraftCell, DraftSheet, Look } from '../../tabular/tabular.ts'
import { exampleCell } from './column-form.ts'
import { exampleOf } from './example-values.ts'
import { hintOf, numberIn, type Setting } from './field-hint.ts'
import { inks } from './template-inks.ts'

const looks = {
  title: { bold: true, size: 20, colour: inks.text },
  lead: { colour: inks.soft, wrap: true, top: true },
  heading: { bold: true, size: 13, colour: inks.accent },
  number: { bold: true, colour: inks.accent, align: 'right', top: true },
  body: { colour: inks.text, wrap: true, top: true },
  head: { bold: true, fill: inks.header, colour: inks.text, line: inks.line },
  cell: { colour: inks.text, wrap: true, top: true, line: inks.line },
  soft: { colour: inks.soft, wrap: true, top: true, line: inks.line },
  required: { bold: true, colour: inks.accent, wrap: true, top: true, line: inks.line },
} as const satisfies Record<string, Look>

/** Width of each column in characters: number, name, required, hint, example. */
const widths = [5, 34, 12, 70, 30] as const
/** Points that a line of text takes. */
const lineHeight = 15.5

export function drawInstructions(
  setting: Setting,
  plan: TemplatePlan,
  names: readonly string[],
  made: { readonly organisation: string; readonly at: Date; readonly timeZone: string },
): DraftSheet {
  const { words, language } = setting
  const page = openPage()
  const kind = plan.kind.labels[language]
  page.line({ value: words('templateOf', { kind }), look: looks.title }, 30)
  const date = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'cs', {
    dateStyle: 'long',
    timeZone: made.timeZone,
  }).format(made.at)
  page.paragraph(words('madeFor', { organisation: made.organisation, date }), looks.lead)
  page.blank()
  page.heading(words('howTo'))
  for (const [index, step] of stepsOf(setting, plan, names).entries()) page.item(`${index + 1}.`, step)
  page.blank()
  page.heading(words('whatHappens'))
  for (const key of ['happensKnown', 'happensCheck', 'happensLabel'] as const) page.item('•', words(key))
  page.blank()
  page.heading(words('limits'))
  page.item('•', words('limitText'))
  for (const text of rowLimits(setting, plan, names)) page.item('•', text)
  for (const [at, sheet] of plan.sheets.entries()) {
    page.blank()
    page.heading(words('columns', { sheet: names[at]! }))
    page.table(tableHead(setting), sheetTable(setting, sheet))
  }
  return {
    name: words('instructions'),
    tab: inks.faint,
    columns: widths.map((width) => ({ width })),
    hasGrid: false,
    ...page.drawn(),
  }
}

function stepsOf({ words, language }: Setting, plan: TemplatePlan, names: readonly string[]): string[] {
  const [first, ...others] = plan.sheets
  const children = plan.kind.children ?? []
  const groups = first!.columns.flatMap(({ group }) => (group ? [group.kind] : []))
  const child = groups[0]
  return [
    words('stepSheet', { sheet: names[0]!, one: plan.kind.one[language] }),
    ...(child
      ? [words('stepGroups', { count: children[0]!.groups, child: capitalised(child.one[language]) })]
      : others.map((sheet, at) =>
          words('stepSecond', {
            sheet: names[at + 1]!,
            one: sheet.kind.one[language],
            column: headersOf(sheet.columns, language)[0]!,
          }),
        )),
    words('stepRequired'),
    words('stepHints'),
    words('stepExamples', { mark: words('exampleMark') }),
    words('stepKeep'),
    words('stepUpload'),
  ]
}

function rowLimits(setting: Setting, { sheets }: TemplatePlan, names: readonly string[]): string[] {
  const { words } = setting
  const limited = sheets.flatMap(({ kind }, at) =>
    kind.limits?.rows === undefined
      ? []
      : [words('limitRows', { count: numberIn(setting, kind.limits.rows), sheet: names[at]! })],
  )
  return limited.length > 0 ? limited : [words('noRowLimit')]
}

function tableHead({ words }: Setting): string[] {
  return ['', words('column'), words('isRequired'), words('whatToWrite'), words('example')]
}

type TableRow = {
  readonly name: string
  readonly isRequired: boolean
  readonly hint: string
  readonly example: DraftCell['value']
}

/** Groups of columns that differ only by their number stand once. */
function sheetTable(
  setting: Setting,
  sheet: TemplatePlan['sheets'][number],
): (TableRow & { required: string })[] {
  const { words, language } = setting
  const headers = headersOf(sheet.columns, language)
  const most = Math.max(0, ...sheet.columns.map(({ group }) => group?.number ?? 0))
  return sheet.columns.flatMap((column, at) => {
    if ((column.group?.number ?? 1) > 1) return []
    const name = column.group ? groupName(setting, column, most) : headers[at]!
    const isRequired = column.field.required === true && column.group === null
    return [
      {
        name,
        isRequired,
        required: isRequired ? words('required') : words('optional'),
        hint: hintOf(setting, column, sheet.columns),
        example: exampleText(setting, sheet, column),
      },
    ]
  })
}

function groupName({ words, language }: Setting, { field, group }: TemplateColumn, count: number): string {
  const one = group!.kind.one[language]
  return words('groupColumns', {
    one: capitalised(one),
    count,
    field: field.labels[language],
  })
}

/** As one types it; a day as the hint writes days. */
function exampleText(
  setting: Setting,
  { kind }: TemplatePlan['sheets'][number],
  { field, group }: TemplateColumn,
): string {
  const of = group?.kind ?? kind
  const value = exampleOf(of, field, 0, setting.language) || exampleOf(of, field, 1, setting.language)
  if (value === '' || field.type !== 'date') return String(exampleCell(field, value, setting) ?? '')
  const [year, month, day] = value.split('-')
  return setting.language === 'cs' ? `${Number(day)}.${Number(month)}.${year}` : value
}

/** A page that grows line by line, its rows as high as their text needs. */
function openPage() {
  const rows: DraftCell[][] = []
  const heights = new Map<number, number>()
  const merged: { row: number; from: number; to: number }[] = []
  const empty: DraftCell = { value: null }
  const textWidth = widths[1] + widths[2] + widths[3]
  const add = (cells: DraftCell[], height: number): void => {
    heights.set(rows.length, height)
    rows.push(cells)
  }
  const across = (cells: DraftCell[], text: string): void => {
    merged.push({ row: rows.length, from: 1, to: 3 })
    add(cells, linesOf(text, textWidth) * lineHeight + 3)
  }
  return {
    line: (cell: DraftCell, height: number): void => add([empty, cell], height),
    blank: (): void => add([], 10),
    heading: (text: string): void => add([empty, { value: text, look: looks.heading }], 24),
    paragraph: (text: string, look: Look): void => across([empty, { value: text, look }], text),
    item: (mark: string, text: string): void =>
      across(
        [
          { value: mark, look: looks.number },
          { value: text, look: looks.body },
        ],
        text,
      ),
    table: (head: readonly string[], body: readonly (TableRow & { required: string })[]): void => {
      add(
        head.map((value, at) => (at === 0 ? empty : { value, look: looks.head })),
        20,
      )
      for (const { name, isRequired, required, hint, example } of body) {
        const lines = Math.max(
          linesOf(name, widths[1]),
          linesOf(hint, widths[3]),
          linesOf(String(example ?? ''), widths[4]),
        )
        add(
          [
            empty,
            { value: name, look: isRequired ? looks.required : looks.cell },
            { value: required, look: isRequired ? looks.required : looks.soft },
            { value: hint, look: looks.soft },
            { value: example, look: { ...looks.soft, format: '@' } },
          ],
          lines * lineHeight + 5,
        )
      }
    },
    drawn: () => ({ rows, heights, merged }),
  }
}

function linesOf(text: string, width: number): number {
  return Math.max(1, Math.ceil((text.length * 0.86) / width))
}
