/**
 * What the street needs from outside, handed in by the composition root: platform and kinds.
 * Plus small things that every stage asks of a run.
 */
import type { Kinds } from '../kinds/kinds.ts'
import { type FileKey, refuseBlob } from '../platform/blobs.ts'
import type { Platform } from '../platform/platform.ts'
import type { Work } from '../platform/work.ts'
import type { ByteSource } from '../tabular/tabular.ts'
import { findPolicy, limitTexts } from './policies/policies.ts'

export type ImportEngine = {
  readonly platform: Platform
  readonly kinds: Kinds
}

/** The bytes of a stored file as `tabular` reads them; a file that ends early on disk is refused as damaged. */
export function blobSource(engine: ImportEngine, file: FileKey, name: string, size: number): ByteSource {
  return { name, size, open: (from = 0) => wholeBytes(engine, file, name, size, from) }
}

async function* wholeBytes(
  engine: ImportEngine,
  file: FileKey,
  name: string,
  size: number,
  from: number,
): AsyncGenerator<Uint8Array> {
  let at = from
  for await (const chunk of engine.platform.blobs.read(file, from)) {
    at += chunk.length
    yield chunk
  }
  // Each part of the file is sealed, but parts that are gone leave no trace in the others.
  if (at < size) throw refuseBlob('storage.file_damaged', { name })
}

/** The kinds as the organisation has them: its own fields, its lists, and no longer texts than it lets in. */
export async function kindsOf(engine: ImportEngine, work: Work): Promise<Kinds> {
  return limitTexts(await engine.kinds.of(work), await findPolicy(work))
}
