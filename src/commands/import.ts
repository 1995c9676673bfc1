/**
 * `carryover import`: every file through the whole street by the API, each an import of its own or, with a kind
 * for each, all as one. Nothing is loaded that was not approved; what a dry run has checked is cancelled again.
 */
import { once } from 'node:events'
import { basename } from 'node:path'
import { createInterface } from 'node:readline/promises'
import type { z } from 'zod'
import { describePlan } from '../imports/check/contract.ts'
import {
  approveImport,
  cancelImport,
  checkImport,
  createImport,
  type ImportView,
} from '../imports/contract.ts'
import { type Connection, type ConnectionOptions, inConnection } from './connection.ts'
import { AnsweredRefusal, complaintOf, exits, worstOf } from './exit.ts'
import { requireFile } from './files.ts'
import { untilRest } from './follow.ts'
import { type ImportOptions, type ImportRules, readRules } from './import-options.ts'
import {
  describeBalance,
  describeFile,
  describeFindings,
  describeNext,
  describePlanOf,
  type Labels,
  readLabels,
  summaryOf,
} from './import-report.ts'
import { groupFiles, sendFile, sendSources, type Together } from './import-sources.ts'
import type { Output } from './output.ts'

type Ended = { readonly exit: number; readonly json: object }
type Context = {
  readonly connection: Connection
  readonly output: Output
  readonly options: ImportOptions
  readonly rules: ImportRules
  readonly labels: Labels
}

export async function runImport(
  files: readonly string[],
  options: ImportOptions & ConnectionOptions,
  output: Output,
): Promise<number> {
  const rules = await readRules(options)
  const groups = groupFiles(files, options)
  for (const file of files) await requireFile(file)
  return inConnection(options, output, async (connection) => {
    await connection.work()
    const labels = await readLabels(connection, output)
    const context: Context = { connection, output, options, rules, labels }
    const ended: Ended[] = []
    for (const [at, together] of groups.entries()) {
      if (at > 0) output.say('')
      const one = await importOne(together, context)
      ended.push(one)
      if (one.exit === exits.interrupted) break
    }
    if (output.isJson)
      output.tell(ended.length === 1 ? ended[0]!.json : { imports: ended.map(({ json }) => json) })
    return worstOf(ended.map(({ exit }) => exit))
  })
}

/** One import of several that is refused does not keep the others out. */
async function importOne(together: Together, context: Context): Promise<Ended> {
  const { output } = context
  try {
    return await walk(await begin(together, context), context)
  } catch (error) {
    if (context.connection.interrupt.signal.aborted) throw error
    const { code, sentence, exit } = await complaintOf(error, output.language)
    const file = together.files.map((path) => basename(path)).join(', ')
    output.note(`${file}: ${sentence}`)
    return { exit, json: { file, error: { code, sentence } } }
  }
}

async function walk(begun: ImportView, context: Context): Promise<Ended> {
  const { connection, output, options } = context
  output.say(describeFile(begun, output))
  if (output.isJson && begun.sameFileAs.length > 0) noteSameFile(begun, output)
  const checked = await check(begun, context)
  const isReady = checked.status === 'waiting_for_approval'
  const errors = checked.findingGroups.some(({ severity }) => severity === 'error')
  const plan = isReady ? await connection.call(describePlan, { params: { id: checked.id } }) : null
  if (plan) output.say(describePlanOf(checked, plan, context.labels, output))
  else if (checked.reason) output.say(['', `  ${output.paint('red', checked.reason)}`])
  output.say(await describeFindings(connection, checked, output))
  if (options.dryRun) return endDryRun(checked, errors, context)
  if (!plan) return endFailed(checked, context)
  if (!(await isReleased(checked, context))) return endWaiting(checked, context)
  return endLoaded(await release(checked, plan.hash, context), context)
}

async function begin(together: Together, context: Context): Promise<ImportView> {
  const { connection, output } = context
  const body = await bodyOf(together, context)
  const view = await connection.call(createImport, { body })
  output.endLive()
  return view
}

async function bodyOf(
  together: Together,
  { connection, output, options, rules }: Context,
): Promise<z.input<typeof createImport.body>> {
  const { settings, mapping } = rules
  if (options.preset !== undefined)
    return {
      preset: options.preset,
      fileId: await sendFile(together.files[0]!, connection, output),
      settings,
    }
  const sources = await sendSources(together, connection, output)
  if (sources.length !== 1) return { sources, settings }
  return { ...sources[0]!, settings, ...(mapping ? { mapping } : {}) }
}

function noteSameFile(view: ImportView, output: Output): void {
  output.note(output.words('sameFile', { imports: view.sameFileAs.map(({ label }) => label).join(', ') }))
}

async function check(begun: ImportView, { connection, output, options }: Context): Promise<ImportView> {
  const params = { id: begun.id }
  try {
    await connection.call(checkImport, { params })
  } catch (error) {
    if (options.dryRun) await connection.call(cancelImport, { params })
    else if (error instanceof AnsweredRefusal && error.problem.code === 'import.incomplete')
      output.note(output.words('incompleteHint'))
    throw error
  }
  return untilRest(connection, begun.id, output)
}

async function endDryRun(checked: ImportView, hasErrors: boolean, context: Context): Promise<Ended> {
  const { connection, output } = context
  output.say(describeBalance(checked, output))
  if (checked.may.cancel) await connection.call(cancelImport, { params: { id: checked.id } })
  output.say(['', output.words('dryRun')])
  const exit = checked.counts === null ? exits.refused : hasErrors ? exits.findings : exits.done
  return { exit, json: { ...summaryOf(checked), dryRun: true } }
}

function endFailed(checked: ImportView, { connection, output, rules }: Context): Ended {
  const { words } = output
  // A cancelled one has said so, and what it would have loaded is of no use to anybody.
  if (checked.status !== 'cancelled') {
    output.say(describeBalance(checked, output))
    output.say(['', output.paint('bold', words('nothingWritten'))])
    const isAllOrNothing = rules.settings.rows !== 'valid_only' && (checked.counts?.loaded ?? 0) > 0
    if (isAllOrNothing) output.say(words('loadedOnly'))
  }
  output.say(describeNext(connection, checked, output, ['findings']))
  return { exit: exitOf(checked), json: summaryOf(checked) }
}

/** How an import ended that was not loaded. Without counts, the file itself was refused. */
function exitOf(view: ImportView): number {
  if (view.status === 'cancelled') return exits.interrupted
  return view.counts === null ? exits.refused : exits.findings
}

/** Whether it may be loaded now: told by `--yes`, or asked of a person who may say so. */
async function isReleased(checked: ImportView, { output, options }: Context): Promise<boolean> {
  if (!checked.may.approve) {
    output.note(output.words('mayNotApprove'))
    return false
  }
  if (options.yes) return true
  const isSomebodyThere = process.stdin.isTTY && process.stdout.isTTY && !output.isJson
  if (!isSomebodyThere) return false
  output.say(describeBalance(checked, output))
  output.say('')
  const asking = createInterface({ input: process.stdin, output: process.stderr })
  try {
    // Ctrl-C and the end of the input close it without an answer.
    const closed = once(asking, 'close').then(() => '')
    const answer = await Promise.race([asking.question(output.words('question')), closed])
    return /^\s*(?:y|yes|a|ano)\s*$/i.test(answer)
  } finally {
    asking.close()
  }
}

function endWaiting(checked: ImportView, { connection, output }: Context): Ended {
  output.note(output.words('waiting', { command: `carryover approve ${checked.id}${connection.hint}` }))
  return { exit: exits.refused, json: summaryOf(checked) }
}

/**
 * Approves the plan that was shown. Records that moved before it was loaded make another plan: `--yes` stands for
 * that one too, a person reads it first.
 */
async function release(
  checked: ImportView,
  planHash: string,
  { connection, output, options }: Context,
): Promise<ImportView> {
  const params = { id: checked.id }
  await connection.call(approveImport, { params, body: { planHash } })
  let view = await untilRest(connection, checked.id, output)
  for (let round = 1; options.yes && round < 3 && view.status === 'waiting_for_approval'; round++) {
    await connection.call(approveImport, { params, body: {} })
    view = await untilRest(connection, checked.id, output)
  }
  return view
}

function endLoaded(view: ImportView, context: Context): Ended {
  const { connection, output } = context
  if (view.status === 'waiting_for_approval') {
    if (view.reason) output.note(view.reason)
    return endWaiting(view, context)
  }
  if (view.status !== 'completed') {
    if (view.reason) output.note(view.reason)
    return endFailed(view, context)
  }
  output.say(describeBalance(view, output))
  output.say(['', output.paint('green', output.words('completedHead', { label: view.label }))])
  output.say(describeNext(connection, view, output, ['undo', 'findings']))
  return { exit: exits.done, json: summaryOf(view) }
}
