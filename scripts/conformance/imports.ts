/**
 * Contact exports of CRMs and address books, imported by the preset that their headers propose into a store of their
 * own: every row becomes a record, and every filled cell stands in it or in its note. Nothing may be lost.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ensureDemoOrganisation, openLocalScope } from '../../src/accounts/accounts.ts'
import { buildApp, openLocalCaller, startWorker, tasks } from '../../src/app.ts'
import { recordEvent } from '../../src/history/history.ts'
import type { FindingView, ImportView } from '../../src/imports/contract.ts'
import { readConfig } from '../../src/platform/config.ts'
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts'
import { openPlatform } from '../../src/platform/platform.ts'
import { fileSource } from '../../src/tabular/tabular.ts'
import { readTable } from './read-table.ts'
import { brief, judgeAll, type Suite, shareOfDefined } from './suite.ts'

const suite = 'platforms/imports'
/** Where files of these systems lie; what else an address book writes has no preset. */
const known = /^(?:hubspot|salesforce|pipedrive)\/|^addressbook\/.*(?:google|gmail|outlook)/

export const importSuites: readonly Suite[] = [
  { name: suite, needs: 'platforms/manifest.json', run: (dir) => runImports(join(dir, 'platforms')) },
]

type Call = <T>(method: string, path: string, body?: unknown) => Promise<T>

async function runImports(folder: string) {
  const entries = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as { file: string }[]
  const files = entries.map(({ file }) => file).filter((file) => known.test(file))
  const { call, close } = await openProgram()
  try {
    const verdicts = await judgeAll(
      files,
      (file) => file,
      (file) => judge(call, join(folder, file)),
    )
    const value = shareOfDefined(suite, verdicts)
    return { suite, ...verdicts, scores: [{ name: 'nothing lost', value, target: 1 }] }
  } finally {
    await close()
  }
}

/** The program on loopback with an empty store, gone again afterwards. */
async function openProgram(): Promise<{ call: Call; close: () => Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'carryover-conformance-'))
  const server = await startEmbeddedPostgres({ dataDir })
  const platform = await openPlatform(readConfig({ dataDir }), tasks)
  await ensureDemoOrganisation(platform, { recordEvent })
  const caller = openLocalCaller(await openLocalScope(platform))
  const api = await buildApp(platform, caller)
  const address = await api.fastify.listen({ host: '127.0.0.1', port: 0 })
  const stopWorker = await startWorker(platform)
  return {
    call: (method, path, body) => request(`${address}/api/v1${path}`, caller.token, method, body),
    close: async () => {
      await stopWorker()
      await api.fastify.close()
      await platform.close()
      await server.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function request<T>(url: string, token: string, method: string, body: unknown): Promise<T> {
  const isFile = body instanceof Uint8Array
  const type = isFile ? 'application/octet-stream' : 'application/json'
  const answer = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': type }) },
    ...(body === undefined ? {} : { body: isFile ? (body as never) : JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${method} ${url} gave ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as T
}

async function judge(call: Call, path: string): Promise<string | null> {
  const sent = await call<{ id: string }>('POST', '/files?name=export.csv', await readFile(path))
  const { parts } = await call<{ parts: { suggestedPreset: string | null }[] }>(
    'GET',
    `/files/${sent.id}/contents`,
  )
  const preset = parts[0]?.suggestedPreset
  if (!preset) return 'no preset is proposed'
  const { id } = await call<ImportView>('POST', '/imports', { preset, fileId: sent.id })
  await call('POST', `/imports/${id}/check`, {})
  const checked = await untilRest(call, id)
  if (checked.status !== 'waiting_for_approval')
    return `${preset}: ${checked.status}, ${checked.reason ?? checked.headline}`
  await call('POST', `/imports/${id}/approve`, {})
  const loaded = await untilRest(call, id)
  if (loaded.status !== 'completed' || !loaded.balanced) return `${preset}: ${loaded.status}`
  return findLost(call, path, loaded)
}

async function untilRest(call: Call, id: string): Promise<ImportView> {
  for (;;) {
    const view = await call<ImportView>('GET', `/imports/${id}`)
    if (view.status !== 'checking' && view.status !== 'in_progress') return view
    await sleep(20)
  }
}

/** The first cell that neither fills a field nor stands in the note of its record. */
async function findLost(call: Call, path: string, view: ImportView): Promise<string | null> {
  const { header, rows } = await readTable(await fileSource(path))
  const { kind, mapping } = view.sources[0]!
  const { records } = await call<{ records: { values: Record<string, string | null> }[] }>(
    'GET',
    `/${kind}?importId=${view.id}&sort=newest&limit=200`,
  )
  if (records.length !== rows.length) return `${records.length} records of ${rows.length} rows`
  const { findings } = await call<{ findings: FindingView[] }>(
    'GET',
    `/imports/${view.id}/findings?code=value.kept_as_text&limit=1000`,
  )
  const mapped = new Map(mapping.columns.map(({ column, field }) => [column, field]))
  const notes = records.map(({ values }) => values['note'] ?? '').join('\n')
  for (const [at, cells] of rows.entries())
    for (const [column, cell] of cells.entries()) {
      const isRefused = findings.some((of) => of.row === at + 1 && of.column === column)
      const field = mapped.get(column)
      if (cell.trim() === '') continue
      if (field && !isRefused && records.some(({ values }) => values[field] != null)) continue
      if (!notes.includes(`${header?.[column]}: ${cell.trim()}`))
        return `lost: ${brief(cell)} of row ${at + 1}`
    }
  return null
}
