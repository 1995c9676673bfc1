/**
 * The parts of an OOXML package: which is the workbook, which are its sheets, strings and number formats.
 * Hides relationships, content types and the writers that leave them out.
 */

import { refuseArchive } from '../archive-refusals.ts'
import { type ZipArchive, type ZipEntry } from '../archive-zip.ts'
import { builtInFormat, GENERAL, type NumberFormat, parseFormat } from './number-formats.ts'
import type { DateSystem } from './serial-dates.ts'
import { isTrue } from './sheet-scanner.ts'
import type { SheetState } from './workbook.ts'
import { walkXml } from './xml-cursor.ts'
import { xmlTexts } from './xml-text.ts'

export type SheetPart = {
  readonly name: string
  readonly state: SheetState
  /** Null: a chart or dialog, or a part that the package does not hold. */
  readonly entry: ZipEntry | null
  readonly isRecovered: boolean
}

export type WorkbookParts = {
  readonly isMacro: boolean
  readonly dateSystem: DateSystem
  readonly sheets: readonly SheetPart[]
  readonly strings: ZipEntry | null
  readonly formats: readonly NumberFormat[]
}

type Relation = { readonly type: string; readonly target: string }

const MAX_SHEETS = 10_000
const MAX_STYLES = 1_000_000

export async function readParts(zip: ZipArchive): Promise<WorkbookParts> {
  const types = await contentTypes(zip)
  const path = await workbookPath(zip)
  const entry = zip.find(path)
  if (entry === undefined)
    throw refuseArchive('file.damaged', { name: zip.name, what: 'it has no workbook in it' })
  if (path.endsWith('.bin'))
    throw refuseArchive('file.workbook_unsupported', { name: zip.name, what: 'a binary workbook (XLSB)' })
  const relations = await relationsOf(zip, path)
  const { dateSystem, sheets } = await readWorkbook(zip, entry)
  const parts = findSheets(zip, path, sheets, relations)
  const ofType = (type: string, usual: string): ZipEntry | undefined => {
    const relation = [...relations.values()].find((other) => other.type === type)
    return (relation && zip.find(relation.target)) ?? zip.find(`${folderOf(path)}${usual}`)
  }
  const styles = ofType('styles', 'styles.xml')
  return {
    isMacro: /macroEnabled/i.test(types.get(path.toLowerCase()) ?? ''),
    dateSystem,
    sheets: parts,
    strings: ofType('sharedStrings', 'sharedStrings.xml') ?? null,
    formats: styles === undefined ? [] : await readFormats(zip, styles),
  }
}

type NamedSheet = { readonly name: string; readonly state: SheetState; readonly id: string | null }

/**
 * The part of each sheet. A sheet whose part is missing gets the part that nobody names, if there is one for
 * each such sheet; otherwise the file is damaged, because a sheet that is gone is not an empty one.
 */
function findSheets(
  zip: ZipArchive,
  path: string,
  sheets: readonly NamedSheet[],
  relations: ReadonlyMap<string, Relation>,
): SheetPart[] {
  const targets = sheets.map(({ id }, index) => {
    const relation = id === null ? undefined : relations.get(id)
    if (relation !== undefined && !WITH_CELLS.has(relation.type)) return null
    return relation?.target ?? `${folderOf(path)}worksheets/sheet${index + 1}.xml`
  })
  const found = targets.map((target) => (target === null ? null : (zip.find(target) ?? 'missing')))
  const missing = found.filter((entry) => entry === 'missing').length
  const spare = missing === 0 ? [] : zip.entries.filter((entry) => isSpareSheet(entry, found))
  if (missing > 0 && missing !== spare.length)
    throw refuseArchive('file.damaged', { name: zip.name, what: `${missing} of its sheets are missing` })
  return sheets.map(({ name, state }, index) => {
    const entry = found[index]!
    if (entry !== 'missing') return { name, state, entry, isRecovered: false }
    return { name, state, entry: spare.shift()!, isRecovered: true }
  })
}

const WITH_CELLS: ReadonlySet<string> = new Set(['worksheet', 'xlMacrosheet', 'xlIntlMacrosheet'])

function isSpareSheet(entry: ZipEntry, found: readonly (ZipEntry | 'missing' | null)[]): boolean {
  return /(?:^|\/)worksheets\/[^/]+\.xml$/i.test(entry.name) && !found.includes(entry)
}

async function contentTypes(zip: ZipArchive): Promise<Map<string, string>> {
  const types = new Map<string, string>()
  const entry = zip.find('[Content_Types].xml')
  if (entry === undefined) return types
  await walkXml(xmlTexts(zip.open(entry)), zip.name, {
    open(cursor) {
      if (cursor.name !== 'Override') return
      const part = cursor.attribute('PartName') ?? ''
      types.set(part.replace(/^\/+/, '').toLowerCase(), cursor.attribute('ContentType') ?? '')
    },
  })
  return types
}

async function workbookPath(zip: ZipArchive): Promise<string> {
  const relations = await relationsOf(zip, '')
  const office = [...relations.values()].find((relation) => relation.type === 'officeDocument')
  if (office !== undefined && zip.find(office.target) !== undefined) return office.target
  const usual = zip.entries.find((entry) => /(?:^|\/)workbook\d*\.(?:xml|bin)$/i.test(entry.name))
  return usual?.name ?? 'xl/workbook.xml'
}

/** The relationships of a part by their id; '' is the package itself. */
async function relationsOf(zip: ZipArchive, path: string): Promise<Map<string, Relation>> {
  const relations = new Map<string, Relation>()
  const folder = folderOf(path)
  const entry = zip.find(`${folder}_rels/${path.slice(folder.length)}.rels`)
  if (entry === undefined) return relations
  await walkXml(xmlTexts(zip.open(entry)), zip.name, {
    open(cursor) {
      const id = cursor.name === 'Relationship' ? cursor.attribute('Id') : null
      if (id === null || cursor.attribute('TargetMode') === 'External') return
      const type = (cursor.attribute('Type') ?? '').replace(/^.*\//, '')
      relations.set(id, { type, target: resolvePath(folder, cursor.attribute('Target') ?? '') })
    },
  })
  return relations
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}

function resolvePath(folder: string, target: string): string {
  const plain = target.replaceAll('\\', '/')
  const parts: string[] = []
  for (const part of (plain.startsWith('/') ? plain : folder + plain).split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}

async function readWorkbook(zip: ZipArchive, entry: ZipEntry) {
  const sheets: { name: string; state: SheetState; id: string | null }[] = []
  let dateSystem: DateSystem = 1900
  await walkXml(xmlTexts(zip.open(entry)), zip.name, {
    open(cursor) {
      if (cursor.name === 'workbookPr' && isTrue(cursor.attribute('date1904'))) dateSystem = 1904
      if (cursor.name !== 'sheet' || sheets.length >= MAX_SHEETS) return
      const state = cursor.attribute('state')
      sheets.push({
        name: cursor.attribute('name') ?? `Sheet${sheets.length + 1}`,
        state: state === 'hidden' ? 'hidden' : state === 'veryHidden' ? 'very-hidden' : 'visible',
        id: cursor.attribute('id'),
      })
    },
  })
  return { dateSystem: dateSystem as DateSystem, sheets }
}

/** The number format of each cell style. */
async function readFormats(zip: ZipArchive, entry: ZipEntry): Promise<NumberFormat[]> {
  const custom = new Map<number, NumberFormat>()
  const ids: number[] = []
  let isInStyles = false
  await walkXml(xmlTexts(zip.open(entry)), zip.name, {
    open(cursor) {
      const { name } = cursor
      if (name === 'numFmt') {
        const code = cursor.attribute('formatCode')
        if (code !== null) custom.set(Number(cursor.attribute('numFmtId')), parseFormat(code.slice(0, 1000)))
      } else if (name === 'cellXfs') isInStyles = true
      else if (name === 'xf' && isInStyles && ids.length < MAX_STYLES)
        ids.push(Number(cursor.attribute('numFmtId') ?? 0))
    },
    close(name) {
      if (name === 'cellXfs') isInStyles = false
    },
  })
  const builtIn = new Map<number, NumberFormat>()
  return ids.map((id) => {
    const known = custom.get(id) ?? builtIn.get(id)
    if (known !== undefined) return known
    const format = Number.isInteger(id) ? builtInFormat(id) : GENERAL
    builtIn.set(id, format)
    return format
  })
}
