/**
 * What the operating system knows about running processes: /proc on Linux, `ps` elsewhere.
 * A process is named by its number together with its start time, because numbers are used again.
 */
import { execFile } from 'node:child_process'
import { readdir, readFile, readlink } from 'node:fs/promises'
import { promisify } from 'node:util'

export type ProcessEntry = {
  readonly pid: number
  readonly parent: number
  /** Opaque; equal for the same process only. */
  readonly started: string
  /** The command line, arguments separated by blanks. */
  readonly command: string
}

const isLinux = process.platform === 'linux'

/** The living process of that number, or null; one that waits to be collected by its parent is not living. */
export async function readProcess(pid: number): Promise<ProcessEntry | null> {
  if (!Number.isSafeInteger(pid) || pid <= 0) return null
  return isLinux ? await readProcEntry(pid) : ((await readPs(['-p', String(pid)]))[0] ?? null)
}

export async function listProcesses(): Promise<readonly ProcessEntry[]> {
  if (!isLinux) return await readPs(['-ax'])
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const entries = await Promise.all(pids.map((pid) => readProcEntry(Number(pid))))
  return entries.filter((entry) => entry !== null)
}

/** The folder a process works in, where the system tells (Linux, and only with the right to look). */
export async function readWorkingFolder(pid: number): Promise<string | null> {
  if (!isLinux) return null
  try {
    return await readlink(`/proc/${pid}/cwd`)
  } catch (error) {
    return unlessGone(error)
  }
}

async function readProcEntry(pid: number): Promise<ProcessEntry | null> {
  try {
    const [stat, command] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
    ])
    // proc(5): the name in parentheses may hold anything, so count the fields from the last parenthesis.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z' || fields[0] === 'X') return null
    return {
      pid,
      parent: Number(fields[1]),
      started: fields[19] ?? '',
      command: command.replaceAll('\0', ' ').trim(),
    }
  } catch (error) {
    return unlessGone(error)
  }
}

function unlessGone(error: unknown): null {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(code)) return null
  throw error
}

const psLine = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(\w+\s+\w+\s+\d+\s+[\d:]+\s+\d+)\s+(.*)$/

async function readPs(selection: readonly string[]): Promise<ProcessEntry[]> {
  const columns = ['-o', 'pid=,ppid=,stat=,lstart=,command=']
  const output = await promisify(execFile)('ps', [...selection, ...columns], {
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
    maxBuffer: 64 * 1024 * 1024,
  }).catch((error: { code?: unknown; stdout?: string }) => {
    // `ps -p` ends with 1 when there is no such process.
    if (error.code === 1) return { stdout: error.stdout ?? '' }
    throw error
  })
  return parsePs(output.stdout)
}

export function parsePs(output: string): ProcessEntry[] {
  return output.split('\n').flatMap((line) => {
    const [, pid, parent, state, started, command] = psLine.exec(line) ?? []
    if (pid === undefined || state?.startsWith('Z')) return []
    return [{ pid: Number(pid), parent: Number(parent), started: started ?? '', command: command ?? '' }]
  })
}
