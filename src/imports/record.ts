/**
 * The spine of the street: what a record is at each stage. A stage takes the previous form and gives the
 * next; none writes behind itself. Going back is giving a stage a new input and computing what follows.
 */
import type { Finding, Row } from '../tabular/tabular.ts'

/** Canonical text by position of the mapped fields; null is a blank, or a value that could not be read. */
export type MappedRecord = {
  readonly row: Row
  readonly values: readonly (string | null)[]
  readonly findings: readonly Finding[]
}

export type RowAction = 'create' | 'update' | 'unchanged' | 'skip' | 'fail'

/** A mapped record with what will become of it. Lies in the staging table, one letter for the action. */
export type CheckedRecord = MappedRecord & { readonly action: RowAction }

export type LoadedRecord = {
  readonly source: number
  readonly row: number
  readonly kind: string
  readonly id: string
  readonly change: 'created' | 'updated' | 'joined'
  readonly before: unknown
}

export type UndoneRecord = {
  readonly kind: string
  readonly id: string
  readonly outcome: 'reversed' | 'kept' | 'blocked'
  readonly because?: string
}

/** How an action is written in staging tables: one byte instead of a word for each of a million rows. */
export const actionLetters = {
  create: 'c',
  update: 'u',
  unchanged: 'n',
  skip: 's',
  fail: 'f',
} as const satisfies Record<RowAction, string>

export function actionOf(letter: string): RowAction {
  const found = (Object.keys(actionLetters) as RowAction[]).find((action) => actionLetters[action] === letter)
  if (!found) throw new Error(`Unknown action letter ${letter}.`)
  return found
}
