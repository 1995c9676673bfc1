/** The options of `carryover import`, from their words to what the API takes. */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { ImportSettings } from '../imports/contract.ts'
import { ColumnMapping, Mapping } from '../imports/map/contract.ts'
import { requireFile } from './files.ts'
import { refuseCommand } from './refusals.ts'

export type ImportOptions = {
  /** One for all files, or one for each. */
  readonly kind?: readonly string[]
  /** A ready mapping by its name: says what the rows become, too. */
  readonly preset?: string
  readonly mapping?: string
  readonly set?: readonly string[]
  readonly rows?: 'all-or-nothing' | 'valid-only'
  readonly existing?: 'create' | 'update' | 'upsert'
  readonly match?: string
  readonly dryRun?: boolean
  readonly yes?: boolean
}

export type ImportRules = {
  readonly settings: Partial<ImportSettings>
  readonly mapping: Partial<Mapping> | null
}

/** As exported; written by hand, a column needs no more than its header and its field. */
const MappingFile = z.strictObject({
  columns: z.array(ColumnMapping.extend({ column: z.number().int().min(0).default(0) })).optional(),
  constants: Mapping.shape.constants.optional(),
  settings: ImportSettings.partial().optional(),
})

export async function readRules(options: ImportOptions): Promise<ImportRules> {
  const file = options.mapping === undefined ? {} : await readMapping(options.mapping)
  const given = (options.set ?? []).map(readAssignment)
  const constants = [
    ...(file.constants ?? []).filter(({ field }) => !given.some((other) => other.field === field)),
    ...given,
  ]
  const match = options.match?.split(',').map((field) => field.trim())
  const settings: Partial<ImportSettings> = {
    ...definedOnly(file.settings ?? {}),
    ...(options.rows ? { rows: options.rows === 'valid-only' ? 'valid_only' : 'all_or_nothing' } : {}),
    ...(options.existing ? { existing: options.existing } : {}),
    ...(match ? { match } : {}),
  }
  const mapping = {
    ...(file.columns ? { columns: file.columns } : {}),
    ...(constants.length > 0 ? { constants } : {}),
  }
  return { settings, mapping: Object.keys(mapping).length > 0 ? mapping : null }
}

async function readMapping(path: string): Promise<z.output<typeof MappingFile>> {
  await requireFile(path)
  const text = await readFile(path, 'utf8')
  try {
    return MappingFile.parse(JSON.parse(text))
  } catch (error) {
    throw refuseCommand('command.bad_mapping', { path, problem: problemOf(error) })
  }
}

function problemOf(error: unknown): string {
  if (!(error instanceof z.ZodError)) return error instanceof Error ? error.message : String(error)
  const [first] = error.issues
  return first ? `${first.path.join('.')} ${first.message}`.trim() : error.message
}

function readAssignment(text: string): { field: string; value: string } {
  const at = text.indexOf('=')
  if (at < 1) throw refuseCommand('command.bad_option', { option: '--set', value: text, rule: 'FIELD=VALUE' })
  return { field: text.slice(0, at).trim(), value: text.slice(at + 1) }
}

function definedOnly<T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never
}
