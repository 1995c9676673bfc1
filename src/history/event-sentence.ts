/** A recorded event as the sentence that a person reads. */
import { fillSentence, type Language, type Sentence } from '../platform/refusal.ts'

/** An event whose module no longer declares it is told by its code: the record of it stays readable. */
export function tellEvent(
  sentence: Sentence | undefined,
  code: string,
  params: Readonly<Record<string, string | number | Sentence>>,
  language: Language,
): string {
  if (!sentence) return code
  const words = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'object' ? value[language] : value,
  ])
  return fillSentence(sentence[language], Object.fromEntries(words))
}
