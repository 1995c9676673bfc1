/**
 * What imports keep about a person, told and erased. A file that brought a person is erased whole (its key is
 * destroyed; hash, counts and the balance stay); an import that is not loaded yet and shows the person is cancelled.
 */
import type { Kinds } from '../kinds/kinds.ts'
import type { FileId } from '../platform/blobs.ts'
import { run, sql } from '../platform/database.ts'
import type { Platform } from '../platform/platform.ts'
import { declareRefusals } from '../platform/refusal.ts'
import type { Work } from '../platform/work.ts'
import { setRun } from './imports.store.ts'
import {
  blankChanges,
  blankFindings,
  blankPlans,
  blankSamples,
  findTouchedSources,
  isStaged,
  listOpenImports,
  type OpenImport,
  readChanges,
  sourcesOfImport,
  type TouchedSource,
} from './personal-data.store.ts'
import type { ImportId } from './run.ts'
import { dropStagingSql } from './staging.store.ts'

export const refuseErasure = declareRefusals({
  'import.must_rest': {
    status: 409,
    en: 'The import {label} is being worked on. Wait until it rests, or cancel it, and ask again.',
    cs: 'Na importu {label} se právě pracuje. Počkejte, až skončí, nebo jej zrušte, a zkuste to znovu.',
  },
})

type Subject = {
  readonly records: readonly { readonly kind: string; readonly id: string }[]
  readonly emails: readonly string[]
  readonly phones: readonly string[]
  readonly titles: readonly string[]
}

export function importPersonalData(platform: Platform, kinds: Kinds) {
  const tables = kinds.all.map(({ name, table }) => ({ kind: name, table }))
  const find = (work: Work, subject: Subject) => findTouchedSources(work, placesOf(subject), tables)
  return {
    name: 'imports',
    collect: async (work: Work, subject: Subject) => ({
      files: (await find(work, subject)).map(({ label, fileName, rows }) => ({
        import: label,
        file: fileName,
        rows,
      })),
      changes: await readChanges(work, placesOf(subject)),
      open: (await openWith(work, subject)).map(({ label }) => label),
    }),
    erase: async (work: Work, subject: Subject) => {
      const open = await openWith(work, subject)
      const sources = await find(work, subject)
      let findings = 0
      for (const source of sources) findings += await blankFindings(work, source)
      const changes = await blankChanges(work, placesOf(subject))
      for (const { id } of open) await cancelImport(work, id)
      await blankPlans(work, [...sources.map(({ importId }) => importId), ...open.map(({ id }) => id)])
      const others = await Promise.all(open.map(({ id }) => sourcesOfImport(work, id)))
      const files = new Set([...sources, ...others.flat()].map(({ fileId }: TouchedSource) => fileId))
      for (const file of files) {
        await blankSamples(work, file)
        await platform.blobs.eraseFile(work, file as FileId, 'erased')
      }
      return { changes, findings, files: files.size, cancelled: open.length }
    },
  }
}

function placesOf({ records, emails, phones, titles }: Subject) {
  return {
    kinds: records.map(({ kind }) => kind),
    ids: records.map(({ id }) => id),
    words: [...emails, ...phones, ...titles].map((word) => word.toLowerCase()),
  }
}

/** Imports under way that show the person; one that is being worked on right now must rest first. */
async function openWith(work: Work, subject: Subject): Promise<OpenImport[]> {
  // A name alone says too little: others have it too.
  const words = [...subject.emails, ...subject.phones]
  if (words.length === 0) return []
  const found: OpenImport[] = []
  for (const open of await listOpenImports(work, words)) {
    if (open.status === 'checking' || open.status === 'in_progress')
      throw refuseErasure('import.must_rest', { label: open.label })
    if (open.hit || (await isStaged(work, open.id, words))) found.push(open)
  }
  return found
}

async function cancelImport(work: Work, id: ImportId): Promise<void> {
  await setRun(work, id, { status: 'cancelled' })
  await run(work.db, sql.raw(dropStagingSql(id)))
}
