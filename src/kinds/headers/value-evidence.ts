/**
 * What the values of a column say about a field: they confirm it, contradict it, or say nothing. A column of
 * e-mail addresses is no telephone whatever its header says.
 */
import { scoreValues } from '../values/score-values.ts'
import type { EnumOption, ValueTypeName } from '../values/value.ts'
import { compileConvert } from '../values/value-types.ts'

export type WeighedField = { readonly type: ValueTypeName; readonly options?: readonly EnumOption[] }

export type Evidence = {
  readonly verdict: 'confirmed' | 'contradicted' | 'silent'
  /** Share of the samples that look like the type, 0 to 1. */
  readonly share: number
}

/** Types whose values are seen at a glance; the others fit nearly anything. */
const TELLING: ReadonlySet<ValueTypeName> = new Set<ValueTypeName>([
  'email',
  'phone',
  'url',
  'date',
  'datetime',
  'country',
  'time',
])
const STRICT: ReadonlySet<ValueTypeName> = new Set<ValueTypeName>([
  ...TELLING,
  'integer',
  'number',
  'money',
  'boolean',
  'percent',
])
/** What a name or a note hardly ever consists of. */
const ALIEN_TO_TEXT: readonly ValueTypeName[] = ['email', 'url']

const FEWEST = 2
const CONFIRMED = 0.85
const CONTRADICTED = 0.4

/** Weighs the samples of one column against fields, computing each score once. */
export function weighValues(samples: readonly string[]): (field: WeighedField) => Evidence {
  const filled = samples.filter((sample) => sample.trim() !== '')
  const shares = new Map<ValueTypeName, number>()
  const shareOf = (type: ValueTypeName): number => {
    let share = shares.get(type)
    if (share === undefined) {
      share = scoreValues(type, filled)
      shares.set(type, share)
    }
    return share
  }
  return ({ type, options }) => {
    if (filled.length < FEWEST) return { verdict: 'silent', share: 0 }
    if (options !== undefined && options.length > 0)
      return judgeShare(shareOfOptions(filled, options, type === 'choices' ? type : 'enum'), true)
    if (STRICT.has(type)) return judgeShare(shareOf(type), TELLING.has(type))
    const isAlien = ALIEN_TO_TEXT.some((alien) => shareOf(alien) >= 0.9)
    return { verdict: isAlien ? 'contradicted' : 'silent', share: shareOf(type) }
  }
}

function judgeShare(share: number, isTelling: boolean): Evidence {
  if (share < CONTRADICTED) return { verdict: 'contradicted', share }
  return { verdict: isTelling && share >= CONFIRMED ? 'confirmed' : 'silent', share }
}

function shareOfOptions(
  samples: readonly string[],
  options: readonly EnumOption[],
  type: 'enum' | 'choices',
): number {
  const convert = compileConvert(type, { options }, {})
  return samples.filter((sample) => typeof convert(sample) === 'string').length / samples.length
}
