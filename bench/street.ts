/** The street as a browser walks it, over HTTP, with the time that each part of it took, in seconds. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { clientHeaders } from './clients-file.ts'
import type { Program } from './installation.ts'
import { median } from './report.ts'

type Import = {
  readonly id: string
  readonly status: string
  readonly reason: string | null
  readonly counts: Readonly<Record<string, number>> | null
  readonly balanced: boolean | null
  readonly undo: { readonly reversed: number } | null
  readonly sources: readonly { readonly mapping: { readonly columns: readonly unknown[] } }[]
}

export type LoadedImport = {
  readonly id: string
  readonly seconds: {
    readonly receive: number
    readonly create: number
    readonly check: number
    readonly load: number
  }
  readonly created: number
}

async function call<T>(program: Program, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${program.address}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${program.token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path} gave ${answer.status}: ${text}`)
  return JSON.parse(text) as T
}

async function timed<T>(act: () => Promise<T>): Promise<[T, number]> {
  const start = performance.now()
  const result = await act()
  return [result, (performance.now() - start) / 1000]
}

async function untilRest(program: Program, id: string, wanted: string): Promise<Import> {
  for (;;) {
    const seen = await call<Import>(program, 'GET', `/imports/${id}`)
    if (seen.status === wanted) return seen
    if (seen.status !== 'checking' && seen.status !== 'in_progress')
      throw new Error(`The import is ${seen.status}, not ${wanted}: ${seen.reason}`)
    await sleep(50)
  }
}

/** Receives the file, lets every row be checked, and approves. */
export async function importFile(
  program: Program,
  path: string,
  columns: number = clientHeaders.length,
): Promise<LoadedImport> {
  const [file, receive] = await timed(() => sendFile(program, path))
  const [made, create] = await timed(() =>
    call<Import>(program, 'POST', '/imports', {
      kind: 'clients',
      fileId: file.id,
      settings: { rows: 'valid_only' },
    }),
  )
  const mapped = made.sources[0]!.mapping.columns.length
  if (mapped !== columns) throw new Error(`${mapped} of ${columns} columns are mapped.`)
  const [, check] = await timed(async () => {
    await call(program, 'POST', `/imports/${made.id}/check`, {})
    await untilRest(program, made.id, 'waiting_for_approval')
  })
  const [loaded, load] = await timed(async () => {
    await call(program, 'POST', `/imports/${made.id}/approve`, {})
    return untilRest(program, made.id, 'completed')
  })
  if (!loaded.balanced) throw new Error('The import does not balance.')
  return { id: made.id, seconds: { receive, create, check, load }, created: loaded.counts!['created']! }
}

async function sendFile(program: Program, path: string): Promise<{ id: string }> {
  const { size } = await stat(path)
  const answer = await fetch(`${program.address}/api/v1/files?name=${basename(path)}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${program.token}`,
      'content-type': 'application/octet-stream',
      'content-length': String(size),
    },
    body: ReadableStream.from(createReadStream(path, { highWaterMark: 256 * 1024 })),
    duplex: 'half',
  })
  if (!answer.ok) throw new Error(`The file was not received: ${await answer.text()}`)
  return (await answer.json()) as { id: string }
}

/** Undoes an import; every record that it created must go. */
export async function undoImport(program: Program, loaded: LoadedImport): Promise<number> {
  const [undone, seconds] = await timed(async () => {
    await call(program, 'POST', `/imports/${loaded.id}/undo`, {})
    return untilRest(program, loaded.id, 'undone')
  })
  if (undone.undo?.reversed !== loaded.created)
    throw new Error(`The undo reversed ${undone.undo?.reversed} records of ${loaded.created}.`)
  return seconds
}

/** Pages of 100 checked rows at the beginning and at the end of an import that waits for approval. */
export async function comparePages(
  program: Program,
  path: string,
  rows: number,
): Promise<{ first: number; last: number }> {
  const file = await sendFile(program, path)
  const { id } = await call<Import>(program, 'POST', '/imports', {
    kind: 'clients',
    fileId: file.id,
    settings: { rows: 'valid_only' },
  })
  await call(program, 'POST', `/imports/${id}/check`, {})
  await untilRest(program, id, 'waiting_for_approval')
  const first: number[] = []
  const last: number[] = []
  for (let round = 0; round < 60; round += 1) {
    for (const [times, from] of [
      [first, 1],
      [last, rows - 99],
    ] as const) {
      const [page, seconds] = await timed(() =>
        call<{ rows: unknown[] }>(program, 'GET', `/imports/${id}/sources/0/rows?from=${from}&limit=100`),
      )
      if (page.rows.length !== 100) throw new Error(`A page has ${page.rows.length} rows.`)
      // The first ones warm up.
      if (round >= 10) times.push(seconds)
    }
  }
  await call(program, 'POST', `/imports/${id}/cancel`, {})
  return { first: median(first), last: median(last) }
}
