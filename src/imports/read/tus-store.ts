/** Resumable uploads (tus 1.0): the protocol is the library's, where the bytes go is `receive.ts`. */
import { Readable } from 'node:stream'
import { DataStore, ERRORS, Server, Upload } from '@tus/server'
import type { FileId } from '../../platform/blobs.ts'
import type { Platform } from '../../platform/platform.ts'
import { type Language, Refusal } from '../../platform/refusal.ts'
import { inWork, type WorkScope } from '../../platform/work.ts'
import { beginUpload, receiveBytes, removeUpload } from './receive.ts'
import { findUpload } from './uploads.store.ts'

class EncryptedStore extends DataStore {
  readonly #platform: Platform
  readonly #scope: WorkScope

  constructor(platform: Platform, scope: WorkScope) {
    super()
    this.extensions = ['creation', 'creation-with-upload', 'termination']
    this.#platform = platform
    this.#scope = scope
  }

  override async create(upload: Upload): Promise<Upload> {
    const metadata = upload.metadata ?? {}
    const name = (metadata['filename'] ?? metadata['name'] ?? 'file').slice(0, 255)
    upload.id = await beginUpload(this.#platform, this.#scope, {
      name,
      totalBytes: upload.size ?? null,
      metadata,
    })
    if (upload.size === 0)
      await receiveBytes(this.#platform, this.#scope, upload.id as FileId, Readable.from([]))
    return upload
  }

  override async write(stream: Readable, id: string): Promise<number> {
    return asTusError(this.#scope.actor.language, () =>
      receiveBytes(this.#platform, this.#scope, id as FileId, stream),
    )
  }

  override async getUpload(id: string): Promise<Upload> {
    const found = /^\d{1,18}$/.test(id)
      ? await inWork(this.#platform, this.#scope, (work) => findUpload(work, id))
      : null
    if (!found || found.refused) throw ERRORS.FILE_NOT_FOUND
    const size = found.totalBytes === null ? {} : { size: found.totalBytes }
    return new Upload({ id, offset: found.receivedBytes, metadata: found.metadata, ...size })
  }

  override async remove(id: string): Promise<void> {
    await asTusError(this.#scope.actor.language, () =>
      removeUpload(this.#platform, this.#scope, id as FileId),
    )
  }
}

/** The library answers errors that carry a status and a body; a refusal brings its own. */
async function asTusError<T>(language: Language, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const body = JSON.stringify({ code: error.code, detail: error.sentence(language), params: error.params })
    throw Object.assign(new Error(error.code), { status_code: error.status, body })
  }
}

const maximumBytes = 64 * 1024 ** 3

export function openTusServer(platform: Platform, scope: WorkScope, path: string): Server {
  return new Server({
    path,
    datastore: new EncryptedStore(platform, scope),
    maxSize: maximumBytes,
    relativeLocation: true,
    // By itself the library takes an id that occurs anywhere in the path (the 1 of v1) for no id at all.
    getFileIdFromRequest: (_, last) => (last !== undefined && /^\d{1,18}$/.test(last) ? last : undefined),
  })
}
