/** Why an undo leaves a record as it is, in words. */
import type { Kinds } from '../../kinds/kinds.ts'
import { fillSentence, type Language, type Sentence } from '../../platform/refusal.ts'

const reasons: Readonly<Record<string, Sentence>> = {
  'undo.changed_since': { en: 'Changed since by {name} ({at}).', cs: 'Od té doby změněno: {name} ({at}).' },
  'undo.deleted_since': { en: 'Deleted since.', cs: 'Od té doby smazáno.' },
  'undo.referred_to': { en: 'Referred to by {kind}.', cs: 'Odkazuje na něj: {kind}.' },
}

export function undoReason(
  because: { readonly code: string; readonly params: Readonly<Record<string, string | number>> },
  kinds: Kinds,
  language: Language,
): string {
  const params = { ...because.params }
  const kind = kinds.all.find((candidate) => candidate.name === params['kind'])
  if (kind) params['kind'] = kind.labels[language]
  return fillSentence(reasons[because.code]?.[language] ?? because.code, params)
}
