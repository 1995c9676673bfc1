/** Looking at a source of an import as it is read: rows around a place, and what reading it comes across. */
import type { z } from 'zod'
import type { Language } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { type ByteSource, type Finding, readRowBatches } from '../../tabular/tabular.ts'
import { blobSource, type ImportEngine } from '../engine.ts'
import { findingCauses } from '../finding-causes.ts'
import { findRun } from '../imports.store.ts'
import { refuseImport } from '../refusals.ts'
import type { RunSource } from '../run.ts'
import type { FirstRows, listReadingFindings } from './contract.ts'
import { readFirstRows } from './first-rows.ts'
import { bytesLookedAt, rowsLookedAt } from './inspect.ts'
import { interruptible } from './interruptible.ts'
import { viewReadingFinding } from './view-reading.ts'

type Place = { readonly id: string; readonly source: number; readonly signal?: AbortSignal }
type Found = z.output<typeof listReadingFindings.response>

const placesShown = 20

export async function previewRows(
  engine: ImportEngine,
  work: Work,
  input: Place & { readonly from: number; readonly limit: number },
): Promise<FirstRows> {
  const { of, bytes } = await openSource(engine, work, input)
  return readFirstRows(bytes, of.reading, input, work.actor.language)
}

export async function findingsOfReading(engine: ImportEngine, work: Work, input: Place): Promise<Found> {
  const { of, bytes } = await openSource(engine, work, input)
  const groups = new Map<string, Finding[]>()
  const counts = new Map<string, number>()
  const add = (findings: readonly Finding[]): void => {
    for (const finding of findings) {
      const group = groups.get(finding.code) ?? []
      if (group.length === 0) groups.set(finding.code, group)
      if (group.length < placesShown) group.push(finding)
      counts.set(finding.code, (counts.get(finding.code) ?? 0) + 1)
    }
  }
  add(of.reading.findings.map((finding) => ({ ...finding, source: input.source })))
  let rows = 0
  let isWhole = false
  for await (const batch of readRowBatches(bytes, of.reading, { source: input.source, isPeek: true })) {
    add(batch.findings)
    rows += batch.rows.length
    isWhole = batch.totals !== null
    if (rows >= rowsLookedAt || batch.bytesRead >= bytesLookedAt) break
  }
  const { language } = work.actor
  return {
    rows,
    isWhole,
    groups: [...groups].map(([code, findings]) => ({
      code,
      severity: findings[0]!.severity,
      count: counts.get(code)!,
      title: titleOf(code, language),
      places: findings.map((finding) => viewReadingFinding(finding, of.reading.columns, language)),
    })),
  }
}

function titleOf(code: string, language: Language): string {
  const cause = findingCauses[code]?.[language] ?? code
  return cause.charAt(0).toUpperCase() + cause.slice(1)
}

async function openSource(
  engine: ImportEngine,
  work: Work,
  { id, source, signal }: Place,
): Promise<{ of: RunSource; bytes: ByteSource }> {
  const run = await findRun(work, id)
  const of = run.sources.find((candidate) => candidate.source === source)
  if (!of) throw refuseImport('import.not_found', { id: `${id} / ${source}` })
  const key = await engine.platform.blobs.openKey(work, of.file.id)
  const bytes = interruptible(blobSource(engine, key, of.file.name, of.file.bytes), signal)
  return { of, bytes }
}
