/**
 * Reading a file before an import rests on it: how it would be read, its first rows, and what it holds. Keeps
 * nothing, and begins while the file is still being received.
 */

import type { z } from 'zod'
import { findOrganisation } from '../../accounts/accounts.ts'
import { organisationMark } from '../../kinds/templates/template-stamp.ts'
import type { FileId } from '../../platform/blobs.ts'
import type { Work } from '../../platform/work.ts'
import {
  detectReading,
  listContents as listParts,
  type Reading,
  type ReadOptions,
} from '../../tabular/tabular.ts'
import { blobSource, type ImportEngine, kindsOf } from '../engine.ts'
import { recognisePreset } from '../presets/presets.ts'
import { refuseImport } from '../refusals.ts'
import { type Beginning, beginningBytes, readBeginning } from './beginning.ts'
import type { FilePart, FileReading, FilledTemplate } from './contract.ts'
import { readFirstRows } from './first-rows.ts'
import { interruptible } from './interruptible.ts'
import { viewOptions } from './options.ts'
import { findReceived } from './receive.ts'
import { suggestKind } from './suggest-kind.ts'
import { openTemplate, type TemplateFile } from './template-file.ts'
import { findUpload } from './uploads.store.ts'
import { readingSentence, viewReading } from './view-reading.ts'

type FileView = z.output<typeof FileReading>

export async function readFile(
  engine: ImportEngine,
  work: Work,
  input: {
    readonly id: string
    readonly options: ReadOptions
    readonly limit: number
    readonly signal?: AbortSignal
  },
): Promise<FileView> {
  const { blobs } = engine.platform
  const id = input.id as FileId
  const file = await blobs.findFile(work, id)
  const isReceived = file.state === 'kept'
  if (file.state === 'erased' || file.state === 'refused') await findReceived(engine.platform, work, id)
  const key = await blobs.openKey(work, id)
  const total = isReceived ? file.bytes : ((await findUpload(work, id))?.totalBytes ?? null)
  if (isReceived && file.bytes === 0) throw refuseImport('file.empty', { name: file.name })
  const found: Beginning = isReceived
    ? { waitsFor: null, seenBytes: file.bytes, bytes: blobSource(engine, key, file.name, file.bytes) }
    : await readBeginning(file.name, blobs.read(key), total)
  const { seenBytes, waitsFor } = found
  const nothing = { isReceived, seenBytes, waitsFor, reading: null, sentence: null, firstRows: null }
  if (found.waitsFor !== null) return nothing
  const bytes = interruptible(found.bytes, input.signal)
  const detected = await detectReading(bytes, input.options)
  const reading = isReceived ? detected : beforeTheEnd(detected, seenBytes, total)
  const wanted = { from: 1, limit: input.limit, source: 0 }
  const { language } = work.actor
  return {
    ...nothing,
    reading: viewReading(reading, input.options),
    sentence: readingSentence(reading, null, language),
    firstRows: await readFirstRows(bytes, reading, wanted, language),
  }
}

/** Of a file whose end is not there yet nothing is counted: its rows are estimated by the bytes that are. */
function beforeTheEnd(reading: Reading, seenBytes: number, total: number | null): Reading {
  // With its whole beginning there, detection knows by the size that more follows.
  if (seenBytes >= beginningBytes) return { ...reading, rowsCounted: false }
  const { rowsEstimated: rows } = reading
  const rowsEstimated = rows === null || total === null ? null : Math.round((rows * total) / seenBytes)
  return { ...reading, rowsEstimated, rowsCounted: false }
}

const columnsNamed = 12

/** Each sheet and table of a received file, with the kind that its columns look like. */
export async function listContents(engine: ImportEngine, work: Work, id: string, signal?: AbortSignal) {
  const file = await findReceived(engine.platform, work, id)
  if (file.bytes === 0) throw refuseImport('file.empty', { name: file.name })
  const key = await engine.platform.blobs.openKey(work, file.id)
  const kinds = await kindsOf(engine, work)
  const bytes = interruptible(blobSource(engine, key, file.name, file.bytes), signal)
  const { format, parts, blankSheets } = await listParts(bytes)
  const template = parts[0] ? await openTemplate(bytes, parts[0].reading) : null
  return {
    format,
    blankSheets: [...blankSheets],
    template: template && (await viewTemplate(work, template)),
    parts: parts.map((part) => ({
      ...viewPart(part, work.actor.language),
      suggestedKind: template
        ? kindOfSheet(template, part.reading)
        : suggestKind(kinds, part.reading, part.reading.sheet?.name ?? file.name),
      suggestedPreset: template ? null : (recognisePreset(part.reading.columns)?.name ?? null),
    })),
  }
}

async function viewTemplate(work: Work, { stamp }: TemplateFile): Promise<z.output<typeof FilledTemplate>> {
  const { kind, shape, language, madeAt, organisation } = stamp
  const { createdAt } = await findOrganisation(work)
  const isOurs = organisation.mark === organisationMark(work.org, createdAt)
  return { kind, shape, language, madeAt, organisation: organisation.name, isOurs }
}

/** Of a template, what its stamp says; its instructions and lists are no records. */
function kindOfSheet({ stamp, sheets }: TemplateFile, { sheet, table }: Reading): string | null {
  if (table > 1) return null
  return stamp.sheets[sheets.indexOf(sheet?.name ?? null)]?.kind ?? null
}

type Part = Awaited<ReturnType<typeof listParts>>['parts'][number]

function viewPart(
  { options, reading }: Part,
  language: Work['actor']['language'],
): Omit<z.output<typeof FilePart>, 'suggestedKind' | 'suggestedPreset'> {
  const { sheet } = reading
  const state = sheet?.sheets[sheet.index]?.state ?? 'visible'
  return {
    options: viewOptions(options),
    sheet: sheet ? { name: sheet.name, state } : null,
    table: reading.table,
    tables: reading.tables.length,
    columns: reading.columns.slice(0, columnsNamed),
    columnCount: reading.columns.length,
    rows: reading.rowsEstimated,
    isCounted: reading.rowsCounted === true,
    hiddenRows: sheet ? sheet.hiddenRows : 0,
    hiddenColumns: sheet ? sheet.hiddenColumns : 0,
    isFiltered: sheet ? sheet.isFiltered : false,
    sentence: readingSentence(reading, null, language),
  }
}
