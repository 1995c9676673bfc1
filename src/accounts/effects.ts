/**
 * What accounts cause outside of themselves. History and mail stand on higher floors, so they are handed in
 * by the composition root; both write in the transaction of the change they belong to.
 */
import type { Language, Sentence } from '../platform/refusal.ts'
import type { Work } from '../platform/work.ts'
import type { AccountEventName } from './events.ts'

export type FieldChange = {
  readonly field: string
  readonly before: string | null
  readonly after: string | null
}

type AccountEvent = {
  readonly kind: 'organisation' | 'people' | 'api_keys'
  readonly recordId: string
  readonly event: AccountEventName
  readonly params?: Readonly<Record<string, string | number | Sentence>>
  readonly changes?: readonly FieldChange[]
}

type AccountMail = {
  readonly to: string
  readonly language: Language
  readonly template: 'invitation' | 'password_reset'
  readonly params: Readonly<Record<string, string>>
}

export type RecordEvent = (work: Work, event: AccountEvent) => Promise<void>
export type SendMail = (work: Work, mail: AccountMail) => Promise<unknown>

export type Effects = { readonly recordEvent: RecordEvent; readonly sendMail: SendMail }

/** The fields that differ, as canonical text. */
export function changedFields(
  before: Readonly<Record<string, string | null>>,
  after: Readonly<Record<string, string | null>>,
): FieldChange[] {
  return Object.keys(after)
    .filter((field) => before[field] !== after[field])
    .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }))
}
