/** Blanks that make a record impossible, found while rows are mapped. */
import type { KindDeclaration } from '../../kinds/kinds.ts'
import type { ImportSettings } from '../contract.ts'
import type { MappedField } from './cell-readers.ts'

/** What a row lacks, told at the column where it should stand; null when nothing. */
export type MissingOf = (values: readonly (string | null)[]) => MappedField | null

/**
 * Checks for blanks that make a record impossible, also of fields that no column fills. Where rows may update,
 * a blank keeps what is there: whether it matters is known only when it is known which rows create.
 */
export function compileRequired(
  kind: KindDeclaration,
  fields: readonly MappedField[],
  settings: Pick<ImportSettings, 'existing'>,
): MissingOf[] {
  return kind.fields.flatMap((field): MissingOf[] => {
    const at = fields.findIndex((mapped) => mapped.field.name === field.name)
    const mapped = at < 0 ? null : fields[at]!
    if (settings.existing !== 'create' && mapped?.blank !== 'clear') return []
    if (field.required && mapped) return [(values) => (values[at] === null ? mapped : null)]
    if (!field.requiredIf) return []
    const { field: other, values: wanted } = field.requiredIf
    const otherAt = fields.findIndex((candidate) => candidate.field.name === other)
    if (otherAt < 0) return []
    const missing: MappedField = mapped ?? {
      field,
      column: fields[otherAt]!.column,
      blank: 'keep',
      lookup: null,
    }
    return [
      (values) =>
        (mapped === null || values[at] === null) && wanted.includes(values[otherAt] ?? '') ? missing : null,
    ]
  })
}
