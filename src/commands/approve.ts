/** `carryover approve` and `carryover cancel`: release a checked import, or give it up. */

import { describePlan } from '../imports/check/contract.ts'
import { approveImport, cancelImport, findImport, type ImportView } from '../imports/contract.ts'
import { type ConnectionOptions, inConnection } from './connection.ts'
import { exits } from './exit.ts'
import { untilRest } from './follow.ts'
import {
  describeBalance,
  describeFile,
  describeNext,
  describePlanOf,
  readLabels,
  summaryOf,
} from './import-report.ts'
import type { Output } from './output.ts'

export async function runApprove(id: string, options: ConnectionOptions, output: Output): Promise<number> {
  return inConnection(options, output, async (connection) => {
    const params = { id }
    const checked = await connection.call(findImport, { params })
    const isWaiting = checked.status === 'waiting_for_approval'
    const plan = isWaiting ? await connection.call(describePlan, { params }) : null
    if (plan) {
      output.say(describeFile(checked, output))
      output.say(describePlanOf(checked, plan, await readLabels(connection, output), output))
    }
    await connection.work()
    await connection.call(approveImport, { params, body: plan ? { planHash: plan.hash } : {} })
    const view = await untilRest(connection, id, output)
    if (output.isJson) output.tell(summaryOf(view))
    output.say(describeBalance(view, output))
    if (view.reason) output.note(view.reason)
    if (view.status === 'completed')
      output.say(['', output.paint('green', output.words('completedHead', { label: view.label }))])
    output.say(describeNext(connection, view, output, ['undo', 'findings']))
    return exitOf(view)
  })
}

function exitOf({ status }: ImportView): number {
  if (status === 'completed') return exits.done
  if (status === 'cancelled') return exits.interrupted
  return status === 'failed' ? exits.findings : exits.refused
}

export async function runCancel(id: string, options: ConnectionOptions, output: Output): Promise<number> {
  return inConnection(options, output, async (connection) => {
    await connection.call(cancelImport, { params: { id } })
    // Work under way stops by itself within a moment; without a worker nobody would tell it to.
    await connection.work()
    const view = await untilRest(connection, id, output)
    if (output.isJson) output.tell(summaryOf(view))
    if (view.status === 'cancelled') output.say(output.words('isCancelled', { id }))
    return view.status === 'cancelled' ? exits.done : exits.refused
  })
}
