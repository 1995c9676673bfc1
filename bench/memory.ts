/** Memory of processes while something runs: the resident set of a process and its children, sampled (Linux). */
import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** Runs `act` and gives the highest sum of resident memory of the process tree below `pid` meanwhile. */
export async function withPeakMemory<T>(
  pid: number,
  act: () => Promise<T>,
): Promise<{ readonly result: T; readonly peak: number }> {
  const ending = new AbortController()
  let peak = 0
  const sampling = (async (): Promise<void> => {
    while (!ending.signal.aborted) {
      peak = Math.max(peak, await residentOfTree(pid))
      await sleep(50, undefined, { signal: ending.signal }).catch(() => undefined)
    }
  })()
  try {
    return { result: await act(), peak }
  } finally {
    ending.abort()
    await sampling
  }
}

/** Megabytes of a process and all processes below it. */
async function residentOfTree(root: number): Promise<number> {
  const seen = await Promise.all(
    (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map((name) => readStatus(Number(name))),
  )
  const statuses = seen.filter((status) => status !== null)
  const tree = new Set([root])
  for (let grown = true; grown; ) {
    grown = false
    for (const { pid, parent } of statuses)
      if (tree.has(parent) && !tree.has(pid)) {
        tree.add(pid)
        grown = true
      }
  }
  return statuses.reduce((sum, status) => (tree.has(status.pid) ? sum + status.kilobytes : sum), 0) / 1024
}

async function readStatus(pid: number): Promise<{ pid: number; parent: number; kilobytes: number } | null> {
  // A process may end between listing and reading.
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => null)
  if (text === null) return null
  return {
    pid,
    parent: Number(/^PPid:\s+(\d+)/m.exec(text)?.[1] ?? 0),
    kilobytes: Number(/^VmRSS:\s+(\d+)/m.exec(text)?.[1] ?? 0),
  }
}
