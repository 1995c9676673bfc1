/**
 * A workbook looked at as a filled template: its stamp, wherever the sheet that carries it has gone, and the sheets
 * to fill in, under whatever names they came back. Other files cost nothing.
 */
import { keyOfHeader } from '../../kinds/templates/template-plan.ts'
import {
  readStamp,
  type StampedSheet,
  stampSheet,
  type TemplateStamp,
} from '../../kinds/templates/template-stamp.ts'
import { type ByteSource, type Reading, type ReadOptions, readCells } from '../../tabular/tabular.ts'
import { type Inspection, inspectFile } from './inspect.ts'

export type TemplateFile = {
  readonly stamp: TemplateStamp
  /** Sheet of the workbook for each of the stamp's; null where it is gone. */
  readonly sheets: readonly (string | null)[]
}

export async function openTemplate(bytes: ByteSource, reading: Reading): Promise<TemplateFile | null> {
  const named = reading.sheet?.sheets.filter(({ name }) => name.toLowerCase().includes(stampSheet)) ?? []
  for (const { name } of named) {
    const stamp = readStamp(await cellsOf(bytes, name))
    if (stamp) return { stamp, sheets: placeSheets(stamp, reading) }
  }
  return null
}

/** A stamp is small; whatever else bears its name is looked at no further. */
const mostCells = 1000

async function cellsOf(bytes: ByteSource, sheet: string): Promise<string[]> {
  const cells: string[] = []
  for await (const batch of (await readCells(bytes, { sheet })) ?? []) {
    for (const { value } of batch) if (value !== null) cells.push(String(value))
    if (cells.length > mostCells) return []
  }
  return cells
}

/** By name; else by a name that has it in it, as some programs add words; else by place among those that are left. */
function placeSheets({ sheets }: TemplateStamp, { sheet }: Reading): (string | null)[] {
  const there = sheet?.sheets.filter(({ state }) => state === 'visible').map(({ name }) => name) ?? []
  const taken = new Set<string>()
  const take = (name: string | undefined): string | null => {
    if (name !== undefined) taken.add(name)
    return name ?? null
  }
  const named = sheets.map((of) => take(there.find((name) => name === of.name)))
  return sheets.map((of, at) => {
    if (named[at] !== null) return named[at]!
    const free = there.filter((name) => !taken.has(name))
    // The first sheet holds the instructions.
    return take(
      free.find((name) => name.includes(of.name)) ?? there.slice(1).filter((name) => !taken.has(name))[0],
    )
  })
}

export type TemplateSource = {
  readonly sheet: StampedSheet
  /** How the sheet is chosen. */
  readonly options: ReadOptions
}

/** The sheet to read for a kind. */
export function templateSource({ stamp, sheets }: TemplateFile, kind: string): TemplateSource | null {
  const at = stamp.sheets.findIndex((sheet) => sheet.kind === kind)
  const name = sheets[at]
  return at < 0 || name == null ? null : { sheet: stamp.sheets[at]!, options: { sheet: name } }
}

/** The sheet as it is read; where detection did not see its header, it is looked for by the stamp's words. */
export async function inspectTemplate(
  bytes: ByteSource,
  { sheet, options }: TemplateSource,
): Promise<Inspection & { readonly chosen: ReadOptions }> {
  const inspected = await inspectFile(bytes, options)
  if (knownHeaders(sheet, inspected) * 2 >= inspected.columns.length) return { ...inspected, chosen: options }
  const chosen = { ...options, headerRow: 1 }
  const again = await inspectFile(bytes, chosen)
  return knownHeaders(sheet, again) > knownHeaders(sheet, inspected)
    ? { ...again, chosen }
    : { ...inspected, chosen: options }
}

function knownHeaders({ columns }: StampedSheet, found: Inspection): number {
  const known = new Set(columns.map(({ header }) => keyOfHeader(header)))
  return found.columns.filter(({ header }) => known.has(keyOfHeader(header))).length
}
