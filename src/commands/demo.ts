/**
 * `carryover serve --demo`: an organisation with a person for each role, and `examples/clients.csv` taken through
 * the whole street by two of them, in a data folder of its own. Started again, it imports nothing twice.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DemoOrganisation } from '../accounts/accounts.ts'
import { ensureDemoOrganisation, openLocalScope } from '../accounts/accounts.ts'
import { roleLabels } from '../accounts/roles.ts'
import { tasks } from '../app.ts'
import { recordEvent } from '../history/history.ts'
import { describePlan } from '../imports/check/contract.ts'
import {
  approveImport,
  checkImport,
  createImport,
  findImport,
  type ImportView,
  listImports,
} from '../imports/contract.ts'
import { uploadFile } from '../imports/read/contract.ts'
import type { Config } from '../platform/config.ts'
import { openPostgresFolder } from '../platform/embedded-postgres-folder.ts'
import { openPlatform, type Platform } from '../platform/platform.ts'
import { type Connection, demoFolder } from './connection.ts'
import { exits } from './exit.ts'
import { requireFile } from './files.ts'
import { sendingLine, untilRest } from './follow.ts'
import {
  describeBalance,
  describeFile,
  describeFindings,
  describePlanOf,
  readLabels,
} from './import-report.ts'
import { type Installation, listenForStop, openInstallation } from './installation.ts'
import { uninterrupted } from './interrupt.ts'
import { openCaller } from './local-caller.ts'
import { type Output, table } from './output.ts'
import { findRunning } from './running.ts'
import { closeWhenStopped, configOf, describeAddress, type ListenOptions } from './serve.ts'

const example = fileURLToPath(new URL('../../examples/clients.csv', import.meta.url))
/** Whom the demonstration lets import, and whom approve. */
const importer = 'migration@demo.example'
const approver = 'manager@demo.example'

export async function runDemo(options: ListenOptions, output: Output): Promise<number> {
  const wanted = configOf(options)
  const config: Config = { ...wanted, dataDir: demoFolder(wanted) }
  const running = await findRunning(config.dataDir)
  if (running) return greetAgain(config, running.url, output)
  // The folder above is ours too: as root, the database's own user must be able to pass through it.
  if (config.dataDir !== wanted.dataDir) await openPostgresFolder(wanted.dataDir)
  const stop = listenForStop()
  const installation = await openInstallation(
    { config, hasWorker: true, mayMove: options.port === undefined },
    output,
  )
  const shown = show(installation, output)
  try {
    await Promise.race([shown, stop.asked])
  } catch (error) {
    await installation.close()
    throw error
  }
  // Stopped in the middle, what it still wanted fails with the installation, and is looked after by the next start.
  shown.catch(() => undefined)
  return closeWhenStopped(installation, stop, output)
}

async function show(installation: Installation, output: Output): Promise<void> {
  const demo = await ensureDemoOrganisation(installation.platform, { recordEvent })
  await showImport(installation, demo, output)
  output.say(describeAddress({ ...installation, setupLink: null }, output).slice(0, -2))
  output.say([...describeSignIns(demo, output), '', output.paint('dim', output.words('stopWith'))])
}

async function greetAgain(config: Config, url: string, output: Output): Promise<number> {
  const platform = await openPlatform(config, tasks)
  try {
    const demo = await ensureDemoOrganisation(platform, { recordEvent })
    const { words, paint } = output
    output.say(['', `${words('alreadyRunsAt')}  ${paint('bold', url)}`, ...describeSignIns(demo, output)])
  } finally {
    await platform.close()
  }
  return exits.done
}

/** The street by the API, as a browser would walk it: one person imports, another approves. */
async function showImport(installation: Installation, demo: DemoOrganisation, output: Output): Promise<void> {
  await asPerson(installation, demo, importer, output, async (connection) => {
    const known = await findEarlier(connection)
    const begun = known ?? (await begin(connection, output))
    const checked = await untilRest(connection, begun.id, output)
    if (known && checked.status !== 'waiting_for_approval') return
    const plan = await connection.call(describePlan, { params: { id: checked.id } })
    const labels = await readLabels(connection, output)
    output.say(describeFile(checked, output))
    output.say(describePlanOf(checked, plan, labels, output))
    output.say(await describeFindings(connection, checked, output))
    const loaded = await asPerson(installation, demo, approver, output, async (manager) => {
      const params = { id: checked.id }
      await manager.call(approveImport, { params, body: { planHash: plan.hash } })
      return untilRest(manager, checked.id, output)
    })
    output.say(describeBalance(loaded, output))
    const people = { importer: loaded.createdBy.name, approver: loaded.approval?.by.name ?? '' }
    output.say(['', `  ${output.words('demoPeople', people)}`])
  })
}

async function asPerson<T>(
  { platform, url }: { platform: Platform; url: string },
  demo: DemoOrganisation,
  email: string,
  output: Output,
  act: (connection: Connection) => Promise<T>,
): Promise<T> {
  const scope = await openLocalScope(platform, { as: email, org: demo.org })
  const caller = await openCaller(platform, scope, output.language, uninterrupted.signal)
  try {
    return await act({
      ...caller.client,
      web: url,
      hint: '',
      interrupt: uninterrupted,
      work: caller.work,
    })
  } finally {
    await caller.close()
  }
}

const givenUp: readonly ImportView['status'][] = ['incomplete', 'failed', 'cancelled']

/** The import of the very same file that an earlier start made; one that was given up does not count. */
async function findEarlier(connection: Connection): Promise<ImportView | null> {
  const sha256 = await hashOf(example)
  const { imports } = await connection.call(listImports, {
    query: { search: basename(example), limit: 200 },
  })
  for (const { id, status } of imports) {
    if (givenUp.includes(status)) continue
    const view = await connection.call(findImport, { params: { id } })
    if (view.sources[0]?.sha256 === sha256) return view
  }
  return null
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

async function begin(connection: Connection, output: Output): Promise<ImportView> {
  const name = basename(example)
  const total = await requireFile(example)
  const file = await connection.send(uploadFile, { query: { name } }, example, (bytes) =>
    output.live(sendingLine(name, bytes, total, output)),
  )
  const body = { kind: 'clients', fileId: file.id, settings: { rows: 'valid_only' as const } }
  const { id } = await connection.call(createImport, { body })
  return connection.call(checkImport, { params: { id } })
}

function describeSignIns(demo: DemoOrganisation, output: Output): string[] {
  const { words, language } = output
  const rows = demo.people.map(({ role, name, email }) => [
    roleLabels[role][language],
    name,
    email,
    demo.password,
  ])
  return [
    '',
    ...table(
      [{ title: words('role') }, { title: words('name') }, { title: 'e-mail' }, { title: words('password') }],
      rows,
      { indent: 0, width: output.width, heading: (text) => output.paint('dim', text) },
    ),
  ]
}
