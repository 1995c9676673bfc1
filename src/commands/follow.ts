/**
 * Waits until an import rests, telling how far it is. Ctrl-C cancels what can be cancelled and waits for that;
 * a server that is away for a moment is waited for.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { cancelImport, findImport, type ImportStatus, type ImportView } from '../imports/contract.ts'
import type { Client } from './client.ts'
import type { Connection } from './connection.ts'
import { AnsweredRefusal } from './exit.ts'
import { bytesText, type Output } from './output.ts'

const running: readonly ImportStatus[] = ['checking', 'in_progress']
const firstLookMs = 40
const lastLookMs = 400
const patienceMs = 30_000

export async function untilRest(
  connection: Pick<Connection, 'call' | 'interrupt'>,
  id: string,
  output: Output,
): Promise<ImportView> {
  const held = connection.interrupt.hold()
  let isStopping = false
  let wait = firstLookMs
  let awaySince: number | null = null
  try {
    for (;;) {
      const view = await look(connection, id).catch((error: unknown) => {
        awaySince ??= Date.now()
        if (!isPassing(error) || Date.now() - awaySince > patienceMs) throw error
        return null
      })
      if (view !== null) {
        awaySince = null
        if (!running.includes(view.status)) return view
        if (held.isAsked() && !isStopping) {
          isStopping = true
          output.note(output.words((await cancel(connection, view)) ? 'stopping' : 'cannotStop'))
        }
        output.live(progressLine(view, output))
      }
      await sleep(wait)
      wait = Math.min(wait * 1.5, lastLookMs)
    }
  } finally {
    held.release()
    output.endLive()
  }
}

function look(client: Pick<Client, 'call'>, id: string): Promise<ImportView> {
  return client.call(findImport, { params: { id } })
}

/** Away for the moment, not a "no". */
function isPassing(error: unknown): boolean {
  if (error instanceof AnsweredRefusal) return error.problem.status === 503
  return (error as { code?: unknown } | null)?.code === 'command.server_away'
}

/** Whether it can be stopped: an undo, or a load that has committed meanwhile, goes on to its end. */
async function cancel(client: Pick<Client, 'call'>, view: ImportView): Promise<boolean> {
  try {
    await client.call(cancelImport, { params: { id: view.id } })
    return true
  } catch (error) {
    if (error instanceof AnsweredRefusal) return false
    throw error
  }
}

const barWidth = 24

function progressLine(view: ImportView, output: Output): string {
  const { words, number } = output
  const progress = view.progress
  const file = view.sources[0]?.fileName ?? ''
  if (!progress) return `${file}  ${words('queued')}`
  const parts = [`${file}  ${words(progress.stage)}`]
  if (progress.total) {
    const share = Math.min(1, progress.done / progress.total)
    const full = Math.round(share * barWidth)
    parts.push(
      `${'━'.repeat(full)}${'╌'.repeat(barWidth - full)} ${Math.floor(share * 100)} %`,
      `${number(progress.done)} / ${number(progress.total)}`,
    )
  }
  if (progress.rowsPerSecond) parts.push(words('perSecond', { rows: number(progress.rowsPerSecond) }))
  if (progress.secondsLeft) parts.push(words('secondsLeft', { seconds: progress.secondsLeft }))
  return parts.join('  ')
}

/** The line while a file is sent. */
export function sendingLine(name: string, bytes: number, total: number, output: Output): string {
  const share = total === 0 ? 100 : Math.floor((bytes / total) * 100)
  return `${name}  ${output.words('sending')}  ${share} %  ${bytesText(bytes, output.language)}`
}
