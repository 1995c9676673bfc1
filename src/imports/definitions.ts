/**
 * What the organisation's definitions of the fields that an import fills were when it was checked. Staged text is
 * canonical for those: where a type or an option has changed since, the plan no longer holds.
 */
import { createHash } from 'node:crypto'
import { type Part, stagedFields } from './part.ts'

export function fingerprintFields(parts: readonly Part[]): string {
  const fields = parts.map((part) => [
    part.kind.name,
    ...stagedFields(part).map(({ field }) => [
      field.name,
      field.type,
      field.currency ?? null,
      field.maxLength ?? null,
      field.pattern ?? null,
      field.required ?? false,
      field.reference ?? null,
      (field.options ?? []).map(({ value, labels, synonyms }) => [value, labels, synonyms ?? []]),
    ]),
  ])
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex').slice(0, 32)
}
