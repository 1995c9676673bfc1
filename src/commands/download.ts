/** A file that the API answers with, to a file or to stdout. A named file is there whole, or not at all. */
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { extname } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Output } from './output.ts'
import { refuseCommand } from './refusals.ts'

/** The format that was asked for, else by the name of the output, else CSV. A workbook does not go to a screen. */
export function chooseFormat<F extends string>(
  given: F | undefined,
  path: string | undefined,
  known: readonly F[],
): F {
  const named = known.find((format) => path !== undefined && extname(path).toLowerCase() === `.${format}`)
  const format = given ?? named ?? known[0]!
  if (format === 'xlsx' && path === undefined && process.stdout.isTTY)
    throw refuseCommand('command.binary_to_terminal')
  return format
}

export async function writeDownload(
  url: string,
  answer: Readable,
  path: string | undefined,
  output: Output,
): Promise<void> {
  if (path === undefined || path === '-') {
    await pipeline(answer, process.stdout, { end: false }).catch((error: unknown) => {
      // Who reads has seen enough.
      if ((error as NodeJS.ErrnoException).code === 'EPIPE' || process.stdout.destroyed) return
      throw translate(error, url, '-')
    })
    return
  }
  const part = `${path}.part-${process.pid}`
  try {
    await pipeline(answer, createWriteStream(part))
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true })
    throw translate(error, url, path)
  }
  output.note(output.words('written', { path }))
}

const unwritable: readonly string[] = ['ENOENT', 'EACCES', 'EISDIR', 'ENOTDIR', 'EROFS', 'ENOSPC', 'EPERM']

function translate(error: unknown, url: string, path: string): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (unwritable.includes(code)) return refuseCommand('command.cannot_write', { path, reason: code })
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE')
    return refuseCommand('command.answer_cut', { url })
  return error
}
