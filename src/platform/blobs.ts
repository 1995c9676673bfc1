/**
 * Files at rest. Each is encrypted with a key of its own, in frames of 256 KiB (AES-256-GCM, random nonce,
 * bound to file and position), so a long upload can be continued and any part read without the rest.
 * The key lies sealed in the `files` row: erasing it makes the bytes unreadable wherever they were copied.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { mkdir, open, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { one, row, run, sql } from './database.ts'
import type { Id, OrgId } from './ids.ts'
import { declareRefusals } from './refusal.ts'
import { type MasterKey, seal, unseal } from './sealing.ts'
import type { Work } from './work.ts'

export type FileId = Id<'file'>
export type StoredFile = {
  readonly id: FileId
  readonly name: string
  readonly sha256: string | null
  readonly bytes: number
  readonly state: 'receiving' | 'kept' | 'erased' | 'refused'
}

/** The key of one file, unsealed; it never leaves the process. */
export type FileKey = { readonly org: OrgId; readonly id: FileId; readonly key: Buffer }

export const refuseBlob = declareRefusals({
  'file.not_found': {
    status: 404,
    en: 'There is no file {id}.',
    cs: 'Soubor {id} neexistuje.',
  },
  'file.erased': {
    status: 410,
    en: 'The file {name} has been erased; only its hash and its counts are kept.',
    cs: 'Soubor {name} byl vymazán; zůstal jen jeho otisk a počty.',
  },
  'storage.file_damaged': {
    status: 500,
    en: 'The stored file {name} is damaged or incomplete on disk. Upload it again.',
    cs: 'Uložený soubor {name} je na disku poškozený nebo neúplný. Nahrajte jej znovu.',
  },
  'storage.full': {
    status: 507,
    en: 'The disk of the server is full. Nothing was lost; free some space and try again.',
    cs: 'Disk serveru je plný. Nic se neztratilo; uvolněte místo a zkuste to znovu.',
  },
})

const frameBytes = 256 * 1024
const headerBytes = 4 + 12
const tagBytes = 16

export type Blobs = {
  /** Makes an empty file that is being received. */
  readonly createFile: (work: Work, name: string) => Promise<FileKey>
  readonly findFile: (work: Work, id: FileId) => Promise<StoredFile>
  readonly openKey: (work: Work, id: FileId) => Promise<FileKey>
  /** Appends to the end; resolves with the number of plain bytes appended when the input ends or breaks. */
  readonly append: (file: FileKey, input: AsyncIterable<Uint8Array>) => Promise<number>
  /** Plain bytes from an offset. */
  readonly read: (file: FileKey, from?: number) => AsyncGenerator<Uint8Array>
  /** Ends receiving: hash and size are kept with the row. */
  readonly keepFile: (work: Work, file: FileKey) => Promise<StoredFile>
  /** Destroys the key and the bytes; hash and size stay. */
  readonly eraseFile: (work: Work, id: FileId, state: 'erased' | 'refused') => Promise<void>
}

type FileRow = {
  id: FileId
  name: string
  sealed_key: Buffer | null
  sha256: string | null
  bytes: string
  state: StoredFile['state']
}

export function openBlobs(folder: string, master: MasterKey): Blobs {
  const pathOf = (org: OrgId, id: FileId): string => join(folder, org, `${id}.blob`)
  const find = async (work: Work, id: FileId): Promise<FileRow> => {
    const found = await row(
      work.db,
      sql<FileRow>`select id, name, sealed_key, sha256, bytes, state from files
        where org_id = ${work.org}::bigint and id = ${id}::bigint`,
    )
    if (!found) throw refuseBlob('file.not_found', { id })
    return found
  }
  return {
    createFile: async (work, name) => {
      const key = randomBytes(32)
      const { id } = await one(
        work.db,
        sql<{ id: FileId }>`insert into files (org_id, name, created_at, created_by)
          values (${work.org}::bigint, ${name}::text, ${work.now}::timestamptz, ${work.actor.person}::bigint) returning id`,
      )
      const sealed = seal(master, `file ${work.org} ${id}`, key)
      await run(
        work.db,
        sql`update files set sealed_key = ${sealed.bytes()}::bytea where org_id = ${work.org}::bigint and id = ${id}::bigint`,
      )
      return { org: work.org, id, key }
    },
    findFile: async (work, id) => toStoredFile(await find(work, id)),
    openKey: async (work, id) => {
      const found = await find(work, id)
      if (!found.sealed_key) throw refuseBlob('file.erased', { name: found.name })
      return { org: work.org, id, key: unseal(master, `file ${work.org} ${id}`, found.sealed_key) }
    },
    append: (file, input) => appendFrames(pathOf(file.org, file.id), file, input),
    read: (file, from = 0) => readFrames(pathOf(file.org, file.id), file, from),
    keepFile: async (work, file) => {
      const hash = createHash('sha256')
      let bytes = 0
      for await (const chunk of readFrames(pathOf(file.org, file.id), file, 0)) {
        hash.update(chunk)
        bytes += chunk.length
      }
      await run(
        work.db,
        sql`update files set sha256 = ${hash.digest('hex')}::text, bytes = ${bytes}::bigint, state = 'kept'
          where org_id = ${work.org}::bigint and id = ${file.id}::bigint and state = 'receiving'`,
      )
      return toStoredFile(await find(work, file.id))
    },
    eraseFile: async (work, id, state) => {
      await run(
        work.db,
        sql`update files set sealed_key = null, state = ${state}::text
          where org_id = ${work.org}::bigint and id = ${id}::bigint`,
      )
      await rm(pathOf(work.org, id), { force: true })
    },
  }
}

function toStoredFile(found: FileRow): StoredFile {
  return {
    id: found.id,
    name: found.name,
    sha256: found.sha256,
    bytes: Number(found.bytes),
    state: found.state,
  }
}

function frameContext(file: FileKey, index: number): Buffer {
  return Buffer.from(`file ${file.org} ${file.id} frame ${index}`)
}

async function appendFrames(path: string, file: FileKey, input: AsyncIterable<Uint8Array>): Promise<number> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const handle = await open(path, 'a+', 0o600)
  let appended = 0
  try {
    const layout = await walkFrames(handle, (await handle.stat()).size)
    // A frame that a crash cut short was never acknowledged: it goes.
    await handle.truncate(layout.end)
    let index = layout.frames
    let pending: Uint8Array[] = []
    let pendingBytes = 0
    const flush = async (): Promise<void> => {
      if (pendingBytes === 0) return
      await handle.appendFile(sealFrame(file, index++, Buffer.concat(pending)))
      appended += pendingBytes
      pending = []
      pendingBytes = 0
    }
    try {
      for await (const chunk of input)
        for (let at = 0; at < chunk.length; ) {
          const part = chunk.subarray(at, at + frameBytes - pendingBytes)
          pending.push(part)
          pendingBytes += part.length
          at += part.length
          if (pendingBytes === frameBytes) await flush()
        }
    } finally {
      // What arrived before the connection broke is kept, so that the upload goes on from there.
      await flush()
      await handle.datasync()
    }
    return appended
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOSPC') throw refuseBlob('storage.full')
    throw cause
  } finally {
    await handle.close()
  }
}

function sealFrame(file: FileKey, index: number, plain: Buffer): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', file.key, nonce)
  cipher.setAAD(frameContext(file, index))
  const head = Buffer.allocUnsafe(headerBytes)
  head.writeUInt32BE(plain.length, 0)
  nonce.copy(head, 4)
  return Buffer.concat([head, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

type Handle = Awaited<ReturnType<typeof open>>

/** Counts whole frames by their headers; `end` is where the last whole one ends. */
async function walkFrames(handle: Handle, size: number): Promise<{ frames: number; end: number }> {
  const head = Buffer.alloc(4)
  let frames = 0
  let end = 0
  while (end + headerBytes + tagBytes <= size) {
    await handle.read(head, 0, 4, end)
    const next = end + headerBytes + head.readUInt32BE(0) + tagBytes
    if (next > size) break
    end = next
    frames += 1
  }
  return { frames, end }
}

/** Null for a file that has received no bytes yet. Anything else that keeps it from being opened is an outage. */
async function openIfThere(path: string): Promise<Handle | null> {
  try {
    return await open(path, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

async function* readFrames(path: string, file: FileKey, from: number): AsyncGenerator<Uint8Array> {
  const handle = await openIfThere(path)
  if (handle === null) return
  try {
    const size = (await handle.stat()).size
    const head = Buffer.alloc(headerBytes)
    let at = 0
    let plainAt = 0
    for (let index = 0; at + headerBytes + tagBytes <= size; index += 1) {
      await handle.read(head, 0, headerBytes, at)
      const length = head.readUInt32BE(0)
      const next = at + headerBytes + length + tagBytes
      if (next > size) throw refuseBlob('storage.file_damaged', { name: file.id })
      if (plainAt + length > from) {
        const sealed = Buffer.allocUnsafe(length + tagBytes)
        await handle.read(sealed, 0, sealed.length, at + headerBytes)
        const plain = openFrame(file, index, head, sealed, length)
        yield from > plainAt ? plain.subarray(from - plainAt) : plain
      }
      plainAt += length
      at = next
    }
  } finally {
    await handle.close()
  }
}

function openFrame(file: FileKey, index: number, head: Buffer, sealed: Buffer, length: number): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', file.key, head.subarray(4, headerBytes))
    decipher.setAAD(frameContext(file, index))
    decipher.setAuthTag(sealed.subarray(length))
    const plain = decipher.update(sealed.subarray(0, length))
    // Gives no more bytes; it throws unless all of them are authentic.
    decipher.final()
    return plain
  } catch (cause) {
    throw Object.assign(refuseBlob('storage.file_damaged', { name: file.id }), { cause })
  }
}
