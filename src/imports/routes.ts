/** Imports over HTTP. Every handler is one operation; files and events stream. */
import { PassThrough } from 'node:stream'
import type { z } from 'zod'
import { requirePermission } from '../accounts/accounts.ts'
import { listKinds } from '../kinds/contract.ts'
import { describeKind } from '../kinds/kinds.ts'
import type { Api } from '../platform/http.ts'
import { toProblem } from '../platform/problem.ts'
import { inWork } from '../platform/work.ts'
import * as checkContract from './check/contract.ts'
import * as contract from './contract.ts'
import * as deletions from './deletions.ts'
import type { ImportEngine } from './engine.ts'
import { streamFindings } from './findings-file.ts'
import { listRuns } from './imports.store.ts'
import * as imports from './imports.ts'
import * as loadContract from './load/contract.ts'
import * as look from './look.ts'
import { listDuplicates } from './look-duplicates.ts'
import * as lookPlan from './look-plan.ts'
import * as mapContract from './map/contract.ts'
import { proposeColumnField } from './map/propose-column-field.ts'
import * as policyContract from './policies/contract.ts'
import * as policies from './policies/policies.ts'
import { listPresets } from './presets/contract.ts'
import { presets } from './presets/presets.ts'
import { toReadOptions } from './read/options.ts'
import { mountReading } from './read/routes.ts'
import * as sources from './sources.ts'
import { resting } from './status.ts'
import * as undoContract from './undo/contract.ts'
import { viewImport, viewSummaries } from './view.ts'

export function mountImports(api: Api, engine: ImportEngine): void {
  mountReading(api, engine)
  mountChanges(api, engine)
  mountLooks(api, engine)
  mountRules(api, engine)
  mountStreams(api, engine)
  api.mount(listPresets, async () => ({
    presets: presets.map(({ name, labels, sources: of }) => ({
      name,
      labels,
      kinds: of.map(({ kind }) => kind),
    })),
  }))
  api.mount(listKinds, async (work) => ({ kinds: (await engine.kinds.of(work)).all.map(describeKind) }))
}

function mountChanges(api: Api, engine: ImportEngine): void {
  api.mount(contract.createImport, async (work, { body }) => {
    const id = await imports.createImport(engine, work, {
      sources: toSources(body),
      settings: body.settings && definedOnly(body.settings),
    })
    return viewImport(engine, work, id)
  })
  api.mount(contract.addSource, async (work, { params, body }) => {
    await sources.addSource(engine, work, params.id, toSource(body))
    return viewImport(engine, work, params.id)
  })
  api.mount(contract.removeSource, async (work, { params }) => {
    await sources.dropSource(work, params.id, params.source)
    return viewImport(engine, work, params.id)
  })
  api.mount(contract.replaceFile, async (work, { params, body }) => {
    const { fileId, reading } = body
    await sources.replaceFile(engine, work, params.id, params.source, {
      fileId,
      reading: reading && toReadOptions(reading),
    })
    return viewImport(engine, work, params.id)
  })
  api.mount(contract.changeReading, async (work, { params, body }, { signal }) => {
    await sources.changeReading(engine, work, params.id, params.source, toReadOptions(body), signal)
    return viewImport(engine, work, params.id)
  })
  api.mount(contract.saveMapping, async (work, { params, body }) => {
    await sources.saveMapping(engine, work, params.id, params.source, body)
    return viewImport(engine, work, params.id)
  })
  api.mount(contract.changeSettings, async (work, { params, body }) => {
    await imports.changeSettings(engine, work, params.id, definedOnly(body))
    return viewImport(engine, work, params.id)
  })
  api.mount(contract.checkImport, async (work, { params }) => {
    await imports.checkImport(engine, work, params.id)
    return viewImport(engine, work, params.id)
  })
  api.mount(contract.approveImport, async (work, { params, body }) => {
    await imports.approveImport(work, params.id, body.planHash)
    return viewImport(engine, work, params.id)
  })
  api.mount(contract.cancelImport, async (work, { params }) => {
    await imports.cancelImport(work, params.id)
    return viewImport(engine, work, params.id)
  })
  api.mount(contract.undoImport, async (work, { params }) => {
    await imports.undoImport(engine, work, params.id)
    return viewImport(engine, work, params.id)
  })
}

function toSources(body: z.output<typeof contract.createImport.body>): imports.CreateImport['sources'] {
  if ('sources' in body) return body.sources.map(toSource)
  if ('kind' in body) return [toSource(body)]
  return { preset: body.preset, fileId: body.fileId, reading: body.reading && toReadOptions(body.reading) }
}

function toSource(given: z.output<typeof contract.GivenSource>): sources.GivenSource {
  return {
    kind: given.kind,
    fileId: given.fileId,
    reading: given.reading && toReadOptions(given.reading),
    mapping: given.mapping && definedOnly(given.mapping),
  }
}

function mountRules(api: Api, engine: ImportEngine): void {
  api.mount(policyContract.findImportPolicy, (work) => policies.findPolicy(work))
  api.mount(policyContract.changeImportPolicy, async (work, { body }) =>
    policies.changePolicy(await engine.kinds.of(work), work, body),
  )
  api.mount(undoContract.listImportLabels, (work, { query }) => deletions.listLabels(engine, work, query))
  api.mount(undoContract.previewDeletion, (work, { params, query }) =>
    deletions.previewDeletion(engine, work, { id: params.id, kinds: query.kinds?.split(',') }),
  )
  api.mount(undoContract.deleteImportRecords, async (work, { params, body }) => {
    await deletions.deleteRecords(engine, work, { id: params.id, kinds: body.kinds })
    return { id: params.id, status: 'in_progress' as const }
  })
}

function mountLooks(api: Api, engine: ImportEngine): void {
  api.mount(contract.listImports, async (work, { query }) => {
    const before = /^\d{1,18}$/.test(query.cursor ?? '') ? query.cursor : undefined
    const found = await listRuns(work, { ...query, before })
    return {
      imports: await viewSummaries(work, found),
      next: found.length === query.limit ? (found.at(-1)?.id ?? null) : null,
    }
  })
  api.mount(contract.findImport, (work, { params }) => viewImport(engine, work, params.id))
  api.mount(mapContract.proposeColumnField, (work, { params }) => proposeColumnField(work, params))
  api.mount(mapContract.describeColumns, (work, { params }) => look.describeColumns(engine, work, params))
  api.mount(checkContract.describePlan, (work, { params }) => lookPlan.describePlan(engine, work, params.id))
  api.mount(checkContract.listFindings, (work, { params, query }) =>
    look.listFindings(engine, work, { ...params, ...query }),
  )
  api.mount(checkContract.listDuplicates, (work, { params, query }) =>
    listDuplicates(engine, work, { ...params, ...query }),
  )
  api.mount(checkContract.listRows, (work, { params, query }) =>
    look.listRows(engine, work, { ...params, ...query }),
  )
  api.mount(loadContract.listImportRecords, (work, { params, query }) =>
    lookPlan.listImportRecords(engine, work, { ...params, ...query }),
  )
  api.mount(undoContract.previewUndo, (work, { params, query }) =>
    lookPlan.previewUndo(engine, work, { ...params, ...query }),
  )
}

const contentTypes = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

function mountStreams(api: Api, engine: ImportEngine): void {
  api.mountRaw(checkContract.downloadFindings, async ({ scope, input, reply }) => {
    const { id, format } = input.params
    const run = await inWork(engine.platform, scope, (work) => imports.findRun(work, id))
    return reply
      .type(contentTypes[format])
      .header('content-disposition', `attachment; filename="findings-${run.number}.${format}"`)
      .send(await streamFindings(engine, scope, run, format))
  })
  api.mountRaw(contract.followImport, async ({ scope, input, request, reply }) => {
    const read = () =>
      inWork(engine.platform, scope, (work) => {
        requirePermission(work, 'imports.read')
        return viewImport(engine, work, input.params.id)
      })
    const first = await read()
    const stream = new PassThrough()
    void reply
      .headers({
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      .send(stream)
    let isOpen = true
    request.raw.on('close', () => {
      isOpen = false
    })
    await follow(stream, first, read, () => isOpen).catch((error: unknown) => {
      const problem = toProblem(error, scope.actor.language, engine.platform.log)
      stream.write(`event: problem\ndata: ${JSON.stringify(problem)}\n\n`)
    })
    stream.end()
    return reply
  })
}

const followMs = 300

/** Sends the import whenever it has moved, until it rests or nobody listens. */
async function follow(
  stream: PassThrough,
  first: contract.ImportView,
  read: () => Promise<contract.ImportView>,
  isOpen: () => boolean,
): Promise<void> {
  let view = first
  let sent = ''
  let quiet = 0
  while (isOpen()) {
    const text = JSON.stringify(view)
    quiet = text === sent ? quiet + 1 : 0
    if (text !== sent) stream.write(`event: import\ndata: ${text}\n\n`)
    else if (quiet % 50 === 49) stream.write(': still here\n\n')
    sent = text
    if (resting.includes(view.status)) return
    await new Promise((resolve) => setTimeout(resolve, followMs))
    view = await read()
  }
}

function definedOnly<T extends object>(body: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as never
}
