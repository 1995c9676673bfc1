/** The File step over HTTP: files on their way in, what they hold, and a source as it is read. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { apiRoot } from '../../platform/contract.ts'
import type { Api } from '../../platform/http.ts'
import { inWork, type Work } from '../../platform/work.ts'
import type { ImportEngine } from '../engine.ts'
import { findSameFile } from '../imports.store.ts'
import * as contract from './contract.ts'
import { findingsOfReading, previewRows } from './look-at-source.ts'
import { toReadOptions } from './options.ts'
import { listContents, readFile } from './read-file.ts'
import { findReceived, receiveWhole } from './receive.ts'
import { openTusServer } from './tus-store.ts'

export function mountReading(api: Api, engine: ImportEngine): void {
  mountUploads(api, engine)
  api.mount(contract.findUploadedFile, (work, { params }) => viewFile(engine, work, params.id))
  api.mount(contract.readFile, (work, { params, body }, { signal }) =>
    readFile(engine, work, {
      id: params.id,
      options: toReadOptions(body.options),
      limit: body.limit,
      signal,
    }),
  )
  api.mount(contract.listContents, (work, { params }, { signal }) =>
    listContents(engine, work, params.id, signal),
  )
  api.mount(contract.previewRows, (work, { params, query }, { signal }) =>
    previewRows(engine, work, { ...params, ...query, signal }),
  )
  api.mount(contract.listReadingFindings, (work, { params }, { signal }) =>
    findingsOfReading(engine, work, { ...params, signal }),
  )
}

async function viewFile(engine: ImportEngine, work: Work, id: string) {
  const file = await findReceived(engine.platform, work, id)
  return {
    id: file.id,
    name: file.name,
    bytes: file.bytes,
    sha256: file.sha256 ?? '',
    sameFileAs: await findSameFile(work, file.sha256, null),
  }
}

function mountUploads(api: Api, engine: ImportEngine): void {
  const uploads = `${apiRoot}/uploads`
  // The body of an upload is not read by the framework: it streams through the scanner into the encrypted file.
  for (const type of ['application/offset+octet-stream', 'application/octet-stream', 'text/csv'])
    api.fastify.addContentTypeParser(type, (_request, _payload, done) => done(null))
  api.mountRaw(contract.uploadFile, async ({ scope, input, request, reply }) => {
    passRest(request, reply)
    const body = request.raw.iterator({ destroyOnReturn: false })
    const file = await receiveWhole(engine.platform, scope, input.query.name, body)
    return reply
      .status(201)
      .send(await inWork(engine.platform, scope, (work) => viewFile(engine, work, file.id)))
  })
  api.mountProtocol(uploads, 'imports.create', async (scope, request, reply) => {
    passRest(request, reply)
    reply.hijack()
    await openTusServer(engine.platform, scope, uploads).handle(request.raw, reply.raw)
  })
}

/**
 * An upload that is refused half way is answered at once. What its sender is still sending is then let pass,
 * so that the answer arrives, and the connection can be used again.
 */
function passRest(request: FastifyRequest, reply: FastifyReply): void {
  reply.raw.once('finish', () => request.raw.resume())
}
