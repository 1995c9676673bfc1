/**
 * Text of one line or of several. Kept as it is apart from what nobody sees: leading zeros stay, nothing is cut.
 * A number that a spreadsheet has shortened (1.23E+11) is a problem, because its digits are gone.
 */
import { cleanLine, cleanLines, isClean } from './clean-text.ts'
import { compileNullWords } from './null-words.ts'
import type { Convert, Converted, FieldValueRules, ValueFormat } from './value.ts'
import { PART_SEPARATOR, problem, quoted } from './value.ts'

/** As Excel and its kin write it: sign of the exponent always there. `5E10` may be a part number. */
const SHORTENED = /^[+-]?\d(?:[.,]\d{1,14})?E[+-]\d{2,3}$/i

/** The longest form of the above; longer text needs no look. */
const SHORTENED_LENGTH = 23

export function compileText(rules: FieldValueRules, format: ValueFormat): Convert {
  const isNull = compileNullWords('text', format)
  const check = compileTextRules(rules)
  return (text) => {
    const line = isClean(text) ? text : cleanLine(text)
    if (typeof line !== 'string') return line
    if (line.length === 0 || isNull(line)) return null
    return check(line)
  }
}

export function compileMultiline(rules: FieldValueRules, format: ValueFormat): Convert {
  const isNull = compileNullWords('multiline', format)
  const check = compileTextRules(rules)
  return (text) => {
    const lines = cleanLines(text)
    if (typeof lines !== 'string') return lines
    if (lines.length === 0 || isNull(lines)) return null
    return check(lines)
  }
}

/** Tags: clean, each once, in the order of the cell. */
export function compileTags(rules: FieldValueRules, format: ValueFormat): Convert {
  const isNull = compileNullWords('tags', format)
  const check = compileTextRules(rules)
  const separator = format.separator
  return (text) => {
    const lines = text.includes(PART_SEPARATOR) ? text.replaceAll(PART_SEPARATOR, '\n') : text
    const cleaned = cleanLines(lines)
    if (typeof cleaned !== 'string') return cleaned
    if (isNull(cleaned)) return null
    const parts = separator
      ? cleaned.split('\n').flatMap((line) => line.split(separator))
      : cleaned.split(/[\n,;|]/)
    const tags = new Set<string>()
    for (const part of parts) {
      const tag = part.trim()
      if (tag === '' || isNull(tag)) continue
      const checked = check(tag)
      if (typeof checked !== 'string') return checked
      tags.add(checked)
    }
    return tags.size === 0 ? null : [...tags].join(PART_SEPARATOR)
  }
}

/** Length, form, and digits lost to a spreadsheet. */
export function compileTextRules(rules: FieldValueRules): (text: string) => Converted {
  const maximum = rules.maxLength ?? Number.POSITIVE_INFINITY
  const pattern = rules.pattern === undefined ? null : new RegExp(`^(?:${rules.pattern})$`, 'u')
  return (text) => {
    if (text.length > maximum) {
      const length = countCharacters(text)
      if (length > maximum) return problem('value.too_long', { length, maximum })
    }
    if (text.length <= SHORTENED_LENGTH && maySayExponent(text) && SHORTENED.test(text)) {
      return problem('value.scientific_notation', { value: text })
    }
    if (pattern !== null && !pattern.test(text))
      return problem('value.wrong_pattern', { value: quoted(text) })
    return text
  }
}

/** A cheap look before the regular expression: ends with a digit and begins with one or a sign. */
function maySayExponent(text: string): boolean {
  const first = text.charCodeAt(0)
  const last = text.charCodeAt(text.length - 1)
  return last >= 48 && last <= 57 && first <= 57 && first >= 43 && text.length >= 5
}

function countCharacters(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at++) if ((text.charCodeAt(at) & 0xfc00) !== 0xdc00) count++
  return count
}
