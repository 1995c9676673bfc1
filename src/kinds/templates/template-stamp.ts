/**
 * What a template carries to be known again when it comes back filled: a very hidden sheet with a word in its first
 * cell and JSON below. Cells of a sheet are what every program keeps: re-saved by LibreOffice as .xlsx, .ods and .xls
 * and by SheetJS they are whole. Pure; cells in, cells out.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { FieldDeclaration } from '../kind.ts'
import { markedHeaders, offeredOptions, type TemplatePlan, templateShapes } from './template-plan.ts'

/** Programs that add words to the names of sheets leave this part of it. */
export const stampSheet = '_carryover'
const magic = 'carryover-template 1'
/** A cell of Excel's holds 32,767 characters. */
const pieceLength = 30_000

const StampedColumn = z.object({
  header: z.string(),
  path: z.string(),
  type: z.string(),
  required: z.boolean(),
  lookup: z.string().nullable(),
  /** Name in `lists` of what could be chosen. */
  list: z.string().nullable(),
})
export type StampedColumn = z.infer<typeof StampedColumn>

const StampedSheet = z.object({
  kind: z.string(),
  name: z.string(),
  columns: z.array(StampedColumn).max(5000),
  /** Rows whose cell in the column of this field holds one of the texts came with the template. */
  example: z.object({ path: z.string(), texts: z.array(z.string()).max(20) }),
})
export type StampedSheet = z.infer<typeof StampedSheet>

const TemplateStamp = z.object({
  /** `clients.one-table`. */
  template: z.string(),
  kind: z.string(),
  shape: z.enum(templateShapes),
  language: z.enum(['en', 'cs']),
  organisation: z.object({ mark: z.string(), name: z.string() }),
  madeAt: z.iso.datetime(),
  fieldsHash: z.string(),
  sheets: z.array(StampedSheet).max(50),
  /** Values and their labels, by the name of the list. */
  lists: z.record(z.string(), z.array(z.tuple([z.string(), z.string()]))),
})
export type TemplateStamp = z.infer<typeof TemplateStamp>

export type StampFacts = Pick<TemplateStamp, 'language' | 'organisation' | 'madeAt'> & {
  /** By sheet of the plan. */
  readonly sheets: readonly Pick<StampedSheet, 'name' | 'example'>[]
}

export function stampTemplate(plan: TemplatePlan, facts: StampFacts): TemplateStamp {
  const { language } = facts
  const lists: Record<string, [string, string][]> = {}
  const sheets = plan.sheets.map(({ kind, columns }, at): StampedSheet => {
    const headers = markedHeaders(columns, language)
    return {
      kind: kind.name,
      ...facts.sheets[at]!,
      columns: columns.map(({ path, field, lookup, group }, index) => {
        const list = listName(group?.kind.name ?? kind.name, field)
        if (list) lists[list] = offeredOptions(field).map(({ value, labels }) => [value, labels[language]])
        return {
          header: headers[index]!,
          path,
          type: field.type,
          required: field.required ?? false,
          lookup,
          list,
        }
      }),
    }
  })
  return {
    template: `${plan.kind.name}.${plan.shape}`,
    kind: plan.kind.name,
    shape: plan.shape,
    language,
    organisation: facts.organisation,
    madeAt: facts.madeAt,
    fieldsHash: hashOf({ sheets: sheets.map(({ kind, columns }) => ({ kind, columns })), lists }),
    sheets,
    lists,
  }
}

/** Fields that take their options from the same list share it. */
export function listName(kind: string, field: FieldDeclaration): string | null {
  if (field.type !== 'enum' && field.type !== 'choices') return null
  return field.codeList ?? `${kind}.${field.name}`
}

function hashOf(fields: unknown): string {
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex').slice(0, 16)
}

/** Tells organisations apart, those of other installations too, and says nothing of them. */
export function organisationMark(org: string, madeAt: Date): string {
  return createHash('sha256').update(`${org} ${madeAt.toISOString()}`).digest('hex').slice(0, 16)
}

/** The cells of the stamp's sheet, from the first down. */
export function writeStamp(stamp: TemplateStamp): string[] {
  const json = JSON.stringify(stamp)
  const pieces = Array.from({ length: Math.ceil(json.length / pieceLength) }, (_, at) =>
    json.slice(at * pieceLength, (at + 1) * pieceLength),
  )
  return [magic, ...pieces]
}

/** Null: the cells are no stamp, or one that somebody has changed. */
export function readStamp(cells: readonly string[]): TemplateStamp | null {
  const at = cells.findIndex((cell) => cell.trim() === magic)
  if (at < 0) return null
  let json: unknown
  try {
    json = JSON.parse(cells.slice(at + 1).join(''))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
  return TemplateStamp.safeParse(json).data ?? null
}
