/** Files that a command names. */
import { stat } from 'node:fs/promises'
import { refuseCommand } from './refusals.ts'

/** The size of a file that is there; anything else is wrong usage. */
export async function requireFile(path: string): Promise<number> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') throw refuseCommand('command.no_file', { path })
    throw refuseCommand('command.file_closed', { path, reason: error.code ?? error.message })
  })
  if (!found.isFile()) throw refuseCommand('command.not_a_file', { path })
  return found.size
}
