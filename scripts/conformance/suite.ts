/** What a suite is and what it says of itself; every family of suites has its own file and gives these. */
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '../../src/platform/refusal.ts'
import { decisionFor } from './decisions.ts'

export type Difference = { readonly file: string; readonly what: string }

export type Score = {
  readonly name: string
  readonly value: number
  /** What DESIGN demands; null where nothing is demanded. */
  readonly target: number | null
  /** The target itself is not enough. */
  readonly isAbove?: boolean
}

export type SuiteResult = {
  readonly suite: string
  readonly files: number
  readonly right: number
  readonly scores: readonly Score[]
  /** Sorted by nothing but the order of the files. */
  readonly differences: readonly Difference[]
  /** Files that neither gave rows nor were refused: always a failure. */
  readonly crashes: readonly Difference[]
}

export type Suite = {
  readonly name: string
  /** Path below the data folder without which the suite is skipped. */
  readonly needs: string
  readonly run: (dir: string) => Promise<SuiteResult>
}

/** Processor time for one file: the clock on the wall would measure what else the machine does. */
const FILE_LIMIT_MS = 10_000
/** By the clock, for what hangs without working. */
const HANG_LIMIT_MS = 90_000

/** `null`: right. A text: what differs. Anything thrown that is no refusal is a crash, and so is taking too long. */
export type Judge<T> = (item: T) => Promise<string | null>

export type Verdicts = {
  files: number
  right: number
  readonly differences: Difference[]
  readonly crashes: Difference[]
}

export async function judgeAll<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  judge: Judge<T>,
): Promise<Verdicts> {
  const verdicts: Verdicts = { files: 0, right: 0, differences: [], crashes: [] }
  for (const item of items) {
    const file = nameOf(item)
    verdicts.files++
    const before = process.cpuUsage()
    try {
      const what = await within(HANG_LIMIT_MS, judge(item))
      const { user, system } = process.cpuUsage(before)
      const seconds = (user + system) / 1e6
      if (seconds * 1000 > FILE_LIMIT_MS)
        verdicts.crashes.push({ file, what: `took ${seconds.toFixed(1)} s of processor time` })
      else if (what === null) verdicts.right++
      else verdicts.differences.push({ file, what })
    } catch (error) {
      if (error instanceof Refusal) verdicts.differences.push({ file, what: refusalText(error) })
      else verdicts.crashes.push({ file, what: String(error) })
    }
  }
  return verdicts
}

export function refusalText({ code, message }: Refusal): string {
  return `refused, ${code}: ${message}`
}

/** The sentence of a refusal; anything else is thrown on. */
export function refusalOf(error: unknown): string {
  if (error instanceof Refusal) return refusalText(error)
  throw error
}

/** Share of the cases that have a defined right answer: those with a documented decision do not count. */
export function shareOfDefined(suite: string, { files, right, differences }: Verdicts): number {
  const decided = differences.filter(({ file }) => decisionFor(suite, file) !== null).length
  return files === decided ? 1 : right / (files - decided)
}

export async function exists(...parts: string[]): Promise<boolean> {
  return access(join(...parts)).then(
    () => true,
    () => false,
  )
}

/** A text short enough for one line of the report. */
export function brief(value: unknown, length = 70): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > length ? `${text.slice(0, length - 1)}…` : text
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms / 1000} s`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
