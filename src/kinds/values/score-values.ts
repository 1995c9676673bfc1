/**
 * How much values look like a type, for finding the field that a column belongs to. Looks at shapes only and needs
 * no settled format, so it is a hint: what a cell becomes is decided by conversion alone.
 */

import { cleanLines } from './clean-text.ts'
import { compileEmail, compileUrl } from './convert-address.ts'
import { isBooleanWord } from './convert-boolean.ts'
import { splitMoney } from './convert-money.ts'
import { withoutPercentSign } from './convert-number.ts'
import { countryOf } from './countries.ts'
import { currenciesOf } from './currencies.ts'
import { compileNullWords } from './null-words.ts'
import type { ValueTypeName } from './value.ts'

const isNull = compileNullWords('country', {})
const readEmail = compileEmail({}, {})
const readUrl = compileUrl({}, {})

/** Mean over the samples that are not blank, from 0 to 1; 0 when all are blank. */
export function scoreValues(type: ValueTypeName, samples: Iterable<string>): number {
  const scoreValue = SCORES[type]
  let sum = 0
  let count = 0
  for (const sample of samples) {
    const text = cleanLines(sample)
    if (typeof text !== 'string') {
      count++
    } else if (text !== '' && !isNull(text)) {
      count++
      sum += scoreValue(text)
    }
  }
  return count === 0 ? 0 : sum / count
}

const SCORES: Readonly<Record<ValueTypeName, (text: string) => number>> = {
  text: (text) => (text.includes('\n') ? 0 : 1),
  multiline: () => 1,
  integer: (text) => (/^[+-]?\d{1,3}(?:[.,' ’]\d{3})+$|^[+-]?\d{1,15}$/.test(text) ? 1 : 0),
  number: (text) => (NUMBER.test(text) ? 1 : 0),
  boolean: (text) => (isBooleanWord(text) ? 1 : 0),
  date: scoreDate,
  datetime: (text) => (/\d[T ,]+\d{1,2}[:.]\d{2}/.test(text) ? scoreDate(text) : scoreDate(text) * 0.6),
  country: (text) => (countryOf(text) === undefined ? 0 : 1),
  phone: scorePhone,
  email: (text) => (typeof readEmail(text) === 'string' ? 1 : text.includes('@') ? 0.5 : 0),
  url: (text) => (text.includes('@') || typeof readUrl(text) !== 'string' ? 0 : 1),
  money: scoreMoney,
  enum: (text) => (text.length <= 40 && !text.includes('\n') && !text.includes('@') ? 0.5 : 0),
  tags: scoreSeveral,
  choices: scoreSeveral,
  percent: (text) => (NUMBER.test(withoutPercentSign(text)) ? (text.includes('%') ? 1 : 0.5) : 0),
  time: (text) => (TIME.test(text) ? 1 : 0),
  file: (text) => (FILE.test(text) ? 1 : 0),
}

function scoreSeveral(text: string): number {
  return text.length > 200 || text.includes('@') ? 0 : /[,;|]/.test(text) ? 0.8 : 0.4
}

const TIME = /^\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m\.?)?$/i
const FILE = /^(?:https?:\/\/\S+\/|\\\\|[a-z]:[\\/])?\S[^?*"<>|]*\.[a-z0-9]{2,5}$/i

const NUMBER = /^\(?[+-]?(?:\d{1,3}(?:[.,' ’]\d{3})+|\d+)(?:[.,]\d+)?-?\)?$/
const DATE =
  /^(?:\p{L}{2,10}[.,]+ *)?(?:\d{4}([./ -]) ?\d{1,2}\1 ?\d{1,2}|\d{1,2}([./ -]) ?\d{1,2}\2 ?(?:\d{4}|\d{2})|\d{1,2}\.?[ -]\p{L}{3,10}\.?,?[ -]\d{2,4}|\p{L}{3,10}\.? \d{1,2},? \d{4})\.?(?:[T, ].*)?$/u

function scoreDate(text: string): number {
  return DATE.test(text) ? 1 : 0
}

/** Digits in the way of a telephone: a code or a bracket is a better sign than bare digits. */
function scorePhone(text: string): number {
  if (DATE.test(text) || !/^[+(\d][\d\s()/.\-–]*(?:(?:ext|kl|linka|x|dw)\.? *\d+)?$/iu.test(text)) return 0
  const digits = text.replace(/\D/g, '').length
  if (digits < 6 || digits > 15) return 0
  if (/^(?:\+|00)/.test(text)) return 1
  return /[ ()/-]/.test(text) && !NUMBER.test(text) ? 0.9 : digits >= 9 ? 0.6 : 0.2
}

function scoreMoney(text: string): number {
  const parts = splitMoney(text)
  if (parts === null || !NUMBER.test(parts.amount)) return 0
  if (parts.sign === '') return /[.,]\d{2}$/.test(parts.amount) ? 0.8 : 0.5
  return currenciesOf(parts.sign).length > 0 ? 1 : 0
}
