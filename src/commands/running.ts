/** The running web interface of a data folder, which leaves its address there: DATA/serve.json. */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export type Running = { readonly url: string; readonly pid: number }

const fileName = 'serve.json'

/** The interface that runs with this data folder and answers, or null. */
export async function findRunning(dataDir: string): Promise<Running | null> {
  const known = await readRecord(dataDir)
  if (known === null || !isAlive(known.pid)) return null
  return (await answers(known.url)) ? known : null
}

export async function recordRunning(dataDir: string, running: Running): Promise<void> {
  await writeFile(join(dataDir, fileName), `${JSON.stringify(running)}\n`, { mode: 0o600 })
}

export async function forgetRunning(dataDir: string, pid: number): Promise<void> {
  const known = await readRecord(dataDir)
  if (known?.pid === pid) await rm(join(dataDir, fileName), { force: true })
}

async function readRecord(dataDir: string): Promise<Running | null> {
  const text = await readFile(join(dataDir, fileName), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'EACCES' || error.code === 'ENOTDIR') return null
    throw error
  })
  if (text === null) return null
  try {
    const { url, pid } = JSON.parse(text) as Partial<Running>
    return typeof url === 'string' && URL.canParse(url) && Number.isInteger(pid) ? { url, pid: pid! } : null
  } catch (error) {
    // Cut short by a crash while it was written: nobody runs by it.
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(3000) })
    return answer.ok && ((await answer.json()) as { status?: unknown }).status === 'ok'
  } catch {
    // Whatever it is that listens there, or nothing: it is not our interface.
    return false
  }
}
