/** Why an undo leaves a record as it is, in words. */
import type { Kinds } from '../../kinds/kinds.ts'
import { fillSentence, type Language, type Sentence } from '../../platform/refusal.ts'
import type { Because } from './outcomes.store.ts'

const reasons: Readonly<Record<string, Sentence>> = {
  'undo.changed_since': { en: 'Changed since by {name} ({at}).', cs: 'Od té doby změněno: {name} ({at}).' },
  'undo.deleted_since': { en: 'Deleted since.', cs: 'Od té doby smazáno.' },
  'undo.may_sign_in': {
    en: 'Invited since; whoever may sign in or could is not taken away with an import. Deactivate the person instead.',
    cs: 'Od té doby pozvaný uživatel; kdo se může nebo mohl přihlásit, s importem nezmizí. Deaktivujte ho.',
  },
  'undo.other_type': {
    en: 'Of another type since, so that the former value is left out: {fields}.',
    cs: 'Od té doby jiný typ pole, předchozí hodnota se proto nevrací: {fields}.',
  },
  'undo.in_bin': {
    en: 'Deleted since by {name} ({at}); it lies in the bin.',
    cs: 'Od té doby smazáno: {name} ({at}); leží v koši.',
  },
  'undo.merged_since': {
    en: 'Merged into another record since by {name} ({at}); it lies in the bin.',
    cs: 'Od té doby sloučeno do jiného záznamu: {name} ({at}); leží v koši.',
  },
  'undo.referred_to': { en: 'Referred to by {kinds}.', cs: 'Odkazují na něj: {kinds}.' },
}

export function undoReason(because: Because, kinds: Kinds, language: Language): string {
  const params: Record<string, string | number> = { ...because.params }
  if (because.by) params['kinds'] = because.by.map((of) => written(of, kinds, language)).join(', ')
  return fillSentence(reasons[because.code]?.[language] ?? because.code, params)
}

/** "3 × Contact persons"; without a number where several records are told about at once. */
function written(
  { kind, count }: { readonly kind: string; readonly count: number },
  kinds: Kinds,
  language: Language,
): string {
  const label = kinds.all.find((of) => of.name === kind)?.labels[language] ?? kind
  return count > 0 ? `${new Intl.NumberFormat(language).format(count)} × ${label}` : label
}
