/**
 * What a cell looks like, for detection only: nothing is converted here. Cheap tests first, because
 * detection asks this of every cell of the sample under every candidate dialect.
 */

export type CellType = 'empty' | 'number' | 'date' | 'boolean' | 'address' | 'text' | 'odd'

const NUMBER =
  /^[-+(]?\s?(?:[$€£¥]|[A-Z]{3}\s?|Kč)?\s?[-+]?(?:\d{1,3}(?:[ ,.'\u00a0\u202f]\d{3})+|\d+)?(?:[.,]\d+)?(?:[eE][-+]?\d+)?\s?(?:%|[$€£¥]|Kč|[A-Z]{3})?\)?$/
const DATE =
  /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.] ?\d{1,2}[-/.] ?\d{2,4}|\d{1,2}[-. ][A-Za-z]{3,9}[-. ,]+\d{2,4}|[A-Za-z]{3,9} \d{1,2},? \d{4})(?:[T ,]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s?(?:[AaPp]\.?[Mm]\.?)?\s?(?:Z|UTC|GMT|[-+]\d{2}:?\d{2})?)?$/
const TIME = /^\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s?(?:[AaPp]\.?[Mm]\.?)?$/
const ADDRESS = /^(?:[\w.%+'-]+@[\w-]+(?:\.[\w-]+)+|(?:https?|ftp):\/\/\S+|www\.\S+)$/i
const BOOLEAN = /^(?:true|false|yes|no|ano|ne|ja|nein|y|n|t|f)$/i
const NULL_WORD = /^(?:-+|n\/?a|#n\/a|null|nil|none|nan|inf|-inf|\?|\.)$/i
const TEXT = /^[\p{L}\p{M}\p{N}_(«„“"'*]/u
const ODD = /["\p{Cc}]|[;|]|,\S|\s[#~^]\s/u

export function cellType(cell: string): CellType {
  const text = cell.trim()
  if (text === '') return 'empty'
  const c = text.charCodeAt(0)
  const hasDigit = /\d/.test(text)
  if (hasDigit && text.length <= 40) {
    if (NUMBER.test(text)) return 'number'
    if (DATE.test(text) || TIME.test(text)) return 'date'
  }
  if (text.length <= 5 && BOOLEAN.test(text)) return 'boolean'
  if (text.length <= 5 && NULL_WORD.test(text)) return 'empty'
  if (ADDRESS.test(text)) return 'address'
  if (c > 127 ? TEXT.test(text) && !ODD.test(text) : TEXT.test(text) && !ODD.test(text)) return 'text'
  return 'odd'
}
