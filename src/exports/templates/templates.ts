/**
 * Templates to fill in, made for one organisation at one moment from its fields and lists. Hides how they are drawn;
 * promises that a filled one is recognised by its stamp (`kinds/templates/template-stamp.ts`).
 */
import { findOrganisation, requirePermission } from '../../accounts/accounts.ts'
import type { KindDeclaration, Kinds } from '../../kinds/kinds.ts'
import {
  headersOf,
  planTemplate,
  shapesOf,
  type TemplatePlan,
  type TemplateShape,
} from '../../kinds/templates/template-plan.ts'
import {
  organisationMark,
  stampSheet,
  stampTemplate,
  type TemplateStamp,
  writeStamp,
} from '../../kinds/templates/template-stamp.ts'
import { declareRefusals, type Language } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { type DraftSheet, writeCsvRows, writeWorkbook } from '../../tabular/tabular.ts'
import { gatherLists, type Lists } from './column-form.ts'
import type { TemplateView } from './contract.ts'
import { countryName } from './country-names.ts'
import { drawInstructions } from './draw-instructions.ts'
import { drawSheet, sheetNames } from './draw-sheets.ts'
import type { Setting } from './field-hint.ts'
import { templateWords } from './template-words.ts'

export const refuseTemplate = declareRefusals({
  'template.no_such_shape': {
    status: 422,
    en: 'There is no template of {kind} in this shape. There is: {shapes}.',
    cs: 'Šablona {kind} v tomto tvaru není. K dispozici je: {shapes}.',
  },
  'template.csv_of_one_table': {
    status: 422,
    en: 'A CSV file holds one table. Take XLSX, or the template of each kind by itself.',
    cs: 'Soubor CSV obsahuje jednu tabulku. Zvolte XLSX, nebo šablonu každého druhu zvlášť.',
  },
})

export type TemplateInput = {
  readonly kind: string
  readonly format: 'xlsx' | 'csv'
  readonly language?: Language | undefined
  readonly shape?: TemplateShape | undefined
}

export type TemplateFile = { readonly name: string; readonly bytes: Buffer }

/** `own`: the kinds as the organisation has them, with the limits that hold for it. */
export async function makeTemplate(work: Work, own: Kinds, input: TemplateInput): Promise<TemplateFile> {
  requirePermission(work, 'imports.create')
  const kind = own.get(input.kind)
  const shape = input.shape ?? shapesOf(kind)[0]!
  if (!shapesOf(kind).includes(shape))
    throw refuseTemplate('template.no_such_shape', { kind: kind.name, shapes: shapesOf(kind).join(', ') })
  const plan = planTemplate(own, kind, shape)
  const language = input.language ?? work.actor.language
  const name = `${templateWords(language)('fileName', { kind: fileWord(kind, language) })}.${input.format}`
  if (input.format === 'xlsx') return { name, bytes: await drawWorkbook(work, own, plan, language) }
  const [sheet, ...others] = plan.sheets
  if (others.length > 0) throw refuseTemplate('template.csv_of_one_table')
  // Old spreadsheets take a file without a mark for one of their own code page.
  const text = writeCsvRows([headersOf(sheet!.columns, language)], { recordEnd: '\r\n' })
  return { name, bytes: Buffer.from(`\ufeff${text}`) }
}

/** `kontaktni-osoby`: a name that every file system takes. */
function fileWord(kind: KindDeclaration, language: Language): string {
  const plain = kind.labels[language].normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || kind.name
}

async function drawWorkbook(
  work: Work,
  kinds: Kinds,
  plan: TemplatePlan,
  language: Language,
): Promise<Buffer> {
  const { name, country, currency, timeZone, createdAt } = await findOrganisation(work)
  const words = templateWords(language)
  const setting: Setting = {
    kinds,
    language,
    words,
    currency,
    inFile: new Set(plan.sheets.map(({ kind }) => kind.name)),
    country: { code: country, name: countryName(language, country) },
  }
  const names = sheetNames(plan, language)
  const lists = gatherLists(setting, words('lists'))
  const sheets = plan.sheets.map((_, at) => drawSheet({ setting, plan, at, name: names[at]!, names, lists }))
  const stamp = stampTemplate(plan, {
    language,
    organisation: { mark: organisationMark(work.org, createdAt), name },
    madeAt: work.now.toISOString(),
    sheets: sheets.map((sheet) => ({ name: sheet.name, example: sheet.example })),
  })
  return writeWorkbook({
    title: words('templateOf', { kind: plan.kind.labels[language] }),
    author: name,
    madeAt: work.now,
    sheets: [
      drawInstructions(setting, plan, names, { organisation: name, at: work.now, timeZone }),
      ...sheets,
      ...(lists.columns.length > 0 ? [drawLists(lists, words('lists'))] : []),
      drawStamp(stamp),
    ],
  })
}

function drawLists({ columns }: Lists, name: string): DraftSheet {
  const height = Math.max(...columns.map(({ values }) => values.length))
  return {
    name,
    state: 'hidden',
    columns: columns.map(() => ({ width: 24 })),
    rows: [
      columns.map(({ title }) => ({ value: title, look: { bold: true } })),
      ...Array.from({ length: height }, (_, row) =>
        columns.map(({ values }) => ({ value: values[row] ?? null, look: { format: '@' } })),
      ),
    ],
  }
}

function drawStamp(stamp: TemplateStamp): DraftSheet {
  return {
    name: stampSheet,
    state: 'very-hidden',
    columns: [{ width: 30 }],
    rows: writeStamp(stamp).map((value) => [{ value }]),
  }
}

export function listTemplates(work: Work, own: Kinds): readonly TemplateView[] {
  requirePermission(work, 'imports.create')
  return own.all.map((kind) => ({
    kind: kind.name,
    labels: { en: kind.labels.en, cs: kind.labels.cs },
    shapes: shapesOf(kind).map((shape) => viewShape(planTemplate(own, kind, shape))),
    customFields: kind.fields.filter(({ custom }) => custom !== undefined).length,
  }))
}

function viewShape({ shape, sheets }: TemplatePlan): TemplateView['shapes'][number] {
  const groups = sheets[0]!.columns.flatMap(({ group }) => (group ? [group] : []))
  const last = groups.at(-1)
  return {
    shape,
    sheets: sheets.map(({ kind, columns }) => ({
      kind: kind.name,
      labels: { en: kind.labels.en, cs: kind.labels.cs },
      columns: columns.length,
    })),
    groups: last
      ? { kind: last.kind.name, one: { en: last.kind.one.en, cs: last.kind.one.cs }, count: last.number }
      : null,
    formats: sheets.length === 1 ? ['xlsx', 'csv'] : ['xlsx'],
  }
}
