/** Before a field gets another type: how many of its values would fit, with examples of those that would not. */
import type { Work } from '../../platform/work.ts'
import type { Kinds } from '../kind.ts'
import { checkField } from './check-field.ts'
import type { FieldChange } from './contract.ts'
import type { TypePreview } from './convert-values.ts'
import { findField, knownLists } from './custom-fields.ts'
import { previewType, settingsOf } from './retype-field.ts'

export async function previewFieldType(
  work: Work,
  kinds: Kinds,
  id: string,
  change: Pick<FieldChange, 'type' | 'list' | 'currency'>,
): Promise<TypePreview> {
  const { before, kind, others } = await findField(work, kinds, id)
  const after = settingsOf(change, before)
  checkField(after, { kind, others, lists: await knownLists(work, kinds, after.list) })
  return previewType(work, kinds, kind, before, after)
}
