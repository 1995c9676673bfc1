/**
 * What a column of a file would be as a field of the organisation's own, from its header and real values. Only a
 * type that every value fits is proposed, and identifiers stay text: leading zeros and long numbers are not amounts.
 */
import { inferFormat } from '../values/infer-format.ts'
import { scoreValues } from '../values/score-values.ts'
import type { ValueTypeName } from '../values/value.ts'
import type { CustomFieldType } from './contract.ts'

export type FieldProposal = {
  readonly label: string
  readonly type: CustomFieldType
  /** Of a selection: the values that the column holds. */
  readonly options: readonly string[]
  /** Of money: the currency that all values name. */
  readonly currency: string | null
}

export type ProposedColumn = {
  readonly header: string
  /** Different values, in the order met. */
  readonly samples: readonly string[]
  /** How many cells of the rows that were looked at hold a value. */
  readonly filled: number
}

const LONGEST_LINE = 255
const MOST_OPTIONS = 12
const LONGEST_OPTION = 40
/** A list repeats itself: each option stands in so many cells on the average. */
const LEAST_REPEATED = 3
const SURELY_PHONES = 0.85

export function proposeField({ header, samples, filled }: ProposedColumn): FieldProposal {
  const values = samples.map((sample) => sample.trim()).filter((sample) => sample !== '')
  const label = header.replace(/\s+/g, ' ').trim().slice(0, 100)
  const found = values.length === 0 ? { type: 'text' as const } : typeOf(values, filled)
  return { label, options: [], currency: null, ...found }
}

type Found = Pick<FieldProposal, 'type'> & Partial<FieldProposal>

function typeOf(values: readonly string[], filled: number): Found {
  if (values.some((value) => value.includes('\n') || value.length > LONGEST_LINE))
    return { type: 'multiline' }
  return (
    amountOf(values) ??
    momentOf(values) ??
    numberOf(values) ??
    addressOf(values) ??
    selectionOf(values, filled) ?? { type: 'text' }
  )
}

/** Values that say by a sign what they are: per cents and money. */
function amountOf(values: readonly string[]): Found | null {
  if (values.every((value) => /^%|%$/.test(value)) && fits('percent', values)) return { type: 'percent' }
  const { format } = inferFormat('money', values)
  return format.currency && fits('money', values) ? { type: 'money', currency: format.currency } : null
}

function momentOf(values: readonly string[]): Found | null {
  if (values.every((value) => /:|[ap]\.?m\.?$/i.test(value)) && fits('time', values)) return { type: 'time' }
  // A bare number can be read as a day, too; only what looks like one counts.
  if (scoreValues('date', values) < 1 || !fits('datetime', values)) return null
  return fits('date', values) && scoreValues('datetime', values) < 1 ? { type: 'date' } : { type: 'datetime' }
}

function numberOf(values: readonly string[]): Found | null {
  if (values.every((value) => /^[01]$/.test(value)) && values.length === 2) return { type: 'boolean' }
  if (values.some((value) => /^[+-]?0\d|\d{16}/.test(value))) return null
  if (values.every((value) => value.startsWith('+')) && scoreValues('phone', values) >= SURELY_PHONES)
    return { type: 'phone' }
  if (fits('integer', values)) return { type: 'integer' }
  return fits('number', values) ? { type: 'number' } : null
}

function addressOf(values: readonly string[]): Found | null {
  if (fits('boolean', values)) return { type: 'boolean' }
  if (fits('email', values)) return { type: 'email' }
  const isUrl = scoreValues('url', values) === 1
  if (isUrl && values.every((value) => /^(?:https?:\/\/|www\.)/i.test(value)) && fits('url', values))
    return { type: 'url' }
  if (scoreValues('phone', values) >= SURELY_PHONES) return { type: 'phone' }
  if (values.length > 1 && fits('country', values)) return { type: 'country' }
  return scoreValues('file', values) === 1 && fits('file', values) ? { type: 'file' } : null
}

function selectionOf(values: readonly string[], filled: number): Found | null {
  const several = new Set(
    values
      .flatMap((value) => value.split(/[;|]/))
      .map((word) => word.trim())
      .filter((word) => word !== ''),
  )
  const isSeveral = values.filter((value) => /[;|]/.test(value)).length >= values.length * 0.3
  if (isSeveral && isList([...several], filled)) return { type: 'choices', options: [...several] }
  return !isSeveral && isList(values, filled) ? { type: 'enum', options: values } : null
}

function isList(words: readonly string[], filled: number): boolean {
  const areShort = words.every((word) => word.length <= LONGEST_OPTION)
  return areShort && words.length <= MOST_OPTIONS && filled >= words.length * LEAST_REPEATED
}

function fits(type: ValueTypeName, values: readonly string[]): boolean {
  return inferFormat(type, values).problems === 0
}
