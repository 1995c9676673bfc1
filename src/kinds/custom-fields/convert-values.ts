/** The values of a custom field under another type: every one is read again, in batches, before one is changed. */
import { findOrganisation } from '../../accounts/accounts.ts'
import { fillSentence } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { displayMoney, displayValue } from '../display.ts'
import { valueFindings } from '../findings.ts'
import type { FieldDeclaration } from '../kind.ts'
import { rulesOf } from '../parse.ts'
import type { Convert, ValueFormat } from '../values/value.ts'
import { compileConvert } from '../values/value-types.ts'
import { type FieldPlace, type HeldValue, heldValues, replaceValues } from './field-values.store.ts'

export type TypePreview = {
  readonly values: number
  readonly unfit: number
  readonly examples: { value: string; problem: string }[]
}

type Reading = { readonly read: (canonical: string) => string | { readonly problem: string } }

/** What the present values would become; nothing is changed. */
export async function previewValues(
  work: Work,
  place: FieldPlace,
  from: FieldDeclaration,
  to: FieldDeclaration,
): Promise<TypePreview> {
  const { read } = await openReading(work, from, to)
  const examples: TypePreview['examples'] = []
  let values = 0
  let unfit = 0
  for await (const batch of heldValues(work, place))
    for (const { value } of batch) {
      values += 1
      const found = read(value)
      if (typeof found === 'string') continue
      unfit += 1
      if (examples.length < 3)
        examples.push({ value: displayValue(from, value, work.actor.language) ?? value, ...found })
    }
  return { values, unfit, examples }
}

/** Writes what the values become; called when all of them fit. */
export async function convertValues(
  work: Work,
  place: FieldPlace,
  from: FieldDeclaration,
  to: FieldDeclaration,
): Promise<void> {
  const { read } = await openReading(work, from, to)
  for await (const batch of heldValues(work, place)) {
    const changed = batch.flatMap(({ id, value }): HeldValue[] => {
      const found = read(value)
      if (typeof found !== 'string') throw new Error(`A value no longer fits the type ${to.type}.`)
      return found === value ? [] : [{ id, value: found }]
    })
    if (changed.length > 0) await replaceValues(work, place, changed)
  }
}

async function openReading(work: Work, from: FieldDeclaration, to: FieldDeclaration): Promise<Reading> {
  const { language } = work.actor
  const { country, currency, timeZone } = await findOrganisation(work)
  const format: ValueFormat = {
    defaultCountry: country,
    currency,
    timeZone,
    decimal: '.',
    dateOrder: 'ymd',
    nullWords: [],
  }
  // A pattern and a length are asked of what is written from now on, not of what is there.
  const { pattern: _pattern, maxLength: _maxLength, ...rules } = rulesOf(to)
  const convert: Convert = compileConvert(to.type, rules, format)
  const isPerson = Boolean(from.reference) !== Boolean(to.reference)
  const sentence = valueFindings['value.not_convertible'][language]
  return {
    read: (canonical) => {
      if (from.reference && to.reference) return canonical
      if (isPerson) return { problem: sentence }
      const text = plainText(from, to, canonical, language)
      const found = convert(text)
      if (typeof found === 'string') return found
      if (found === null) return { problem: sentence }
      return { problem: fillSentence(valueFindings[found.code][language], { value: text, ...found.params }) }
    },
  }
}

/** As the new type reads it best: a number has no sign of per cent or currency, text has what a person sees. */
function plainText(
  from: FieldDeclaration,
  to: FieldDeclaration,
  canonical: string,
  language: Work['actor']['language'],
): string {
  const isNumber = to.type === 'number' || to.type === 'integer' || to.type === 'percent'
  if (from.type === 'percent' && (isNumber || to.type === 'money')) return canonical
  if (from.type === 'money' && isNumber) return displayMoney(canonical).split(' ')[0]!
  return displayValue(from, canonical, language) ?? canonical
}
