/**
 * What a number format makes of a number, as far as it matters when a table is read: dates, percentages and
 * zeros in front. Colours, currency marks and rounding are dress and change no value.
 */
import type { DateParts } from './serial-dates.ts'

export type NumberFormat =
  | { readonly kind: 'general'; readonly code: string }
  | { readonly kind: 'percent'; readonly code: string }
  | { readonly kind: 'date'; readonly code: string; readonly parts: DateParts }
  /** Zeros in front, and marks between the digits: `00000`, `000-00-0000`. */
  | { readonly kind: 'mask'; readonly code: string; readonly mask: string; readonly digits: number }

/** The formats that files name by number only (ECMA-376 part 1, 18.8.30). */
const BUILT_IN: Readonly<Record<number, string>> = {
  0: 'General',
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  14: 'mm-dd-yy',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'm/d/yy h:mm',
  37: '#,##0 ;(#,##0)',
  38: '#,##0 ;[Red](#,##0)',
  39: '#,##0.00;(#,##0.00)',
  40: '#,##0.00;[Red](#,##0.00)',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mmss.0',
  48: '##0.0E+0',
  49: '@',
}

export const GENERAL: NumberFormat = { kind: 'general', code: 'General' }

/** Numbers 27 to 36 and 50 to 58 are dates, and 32 to 35 times, of the East Asian editions. */
export function builtInFormat(id: number): NumberFormat {
  const code = BUILT_IN[id]
  if (code !== undefined) return parseFormat(code)
  if ((id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) return parseFormat('yyyy-mm-dd')
  if (id >= 32 && id <= 35) return parseFormat('h:mm:ss')
  return GENERAL
}

export function parseFormat(code: string): NumberFormat {
  const [section = ''] = sectionsOf(code)
  if (/^(?:general|standard|@|)$/i.test(section.trim())) return { kind: 'general', code }
  const { bare, elapsed } = stripDress(section)
  const parts = datePartsOf(bare, elapsed)
  if (parts !== null) return { kind: 'date', code, parts }
  if (bare.includes('%')) return { kind: 'percent', code }
  return maskOf(section, code) ?? { kind: 'general', code }
}

/** Sections are parted by semicolons that are neither quoted nor escaped. */
function sectionsOf(code: string): string[] {
  const sections: string[] = []
  let from = 0
  let isQuoted = false
  for (let i = 0; i < code.length; i++) {
    const mark = code[i]
    if (mark === '"') isQuoted = !isQuoted
    else if (mark === '\\' && !isQuoted) i++
    else if (mark === ';' && !isQuoted) {
      sections.push(code.slice(from, i))
      from = i + 1
    }
  }
  sections.push(code.slice(from))
  return sections
}

/** The section without quoted text, escapes, fillers, colours, conditions and locales. */
function stripDress(section: string): { bare: string; elapsed: boolean } {
  let elapsed = false
  const bare = section
    .replace(/"[^"]*"?/g, '')
    .replace(/\\./gs, '')
    .replace(/[_*]./gs, '')
    .replace(/\[([^\]]*)\]/g, (_, inside: string) => {
      if (!/^(?:h+|m+|s+)$/i.test(inside)) return ''
      elapsed = true
      return inside
    })
  return { bare, elapsed }
}

function datePartsOf(bare: string, isElapsed: boolean): DateParts | null {
  const text = bare
    .replace(/general|standard/gi, '')
    .replace(/am\/pm|a\/p|上午\/下午/gi, 'h')
    .replace(/e[+-]/gi, '')
    .toLowerCase()
  if (!/[ymdhs]/.test(text) && !/^[^0#?]*(?:[eg]+|b{2,4})[^0#?]*$/.test(text)) return null
  if (/[#?]/.test(text)) return null
  const hasTime = isElapsed || /[hs]/.test(text)
  // An m next to hours or seconds is minutes; anywhere else it is months.
  const months = text.replace(/h+[^a-z]*m+/g, 'h').replace(/m+[^a-z]*s/g, 's')
  const hasDate = /[ydeg]|b{2}/.test(text) || /m/.test(months)
  return { hasDate, hasTime, isElapsed, hasFraction: /s[.,]0/.test(text) || /0/.test(text) }
}

/** Only zeros and marks between them, at least two zeros: what stands in front is told by the format alone. */
function maskOf(section: string, code: string): NumberFormat | null {
  const mask = section
    .replace(/\[[^\]]*\]/g, '')
    .replace(/[_*]./gs, '')
    .replace(/"([^"]*)"/g, '$1')
    .replace(/\\(.)/gs, '$1')
    .trim()
  if (!/^[-+() /0]*$/.test(mask)) return null
  const digits = mask.replaceAll(/[^0]/g, '').length
  return digits < 2 ? null : { kind: 'mask', code, mask, digits }
}

/** Whole numbers through a mask: zeros in front, marks where the format has them. Null: not for this number. */
export function applyMask(integer: string, mask: string, digits: number): string | null {
  if (integer.startsWith('-')) return null
  const padded = integer.padStart(digits, '0')
  if (mask.length === digits) return padded
  // More digits than the mask has stand in front of its first one.
  let at = padded.length - digits
  let text = ''
  let isFirst = true
  for (const mark of mask) {
    if (mark !== '0') text += mark
    else {
      text += isFirst ? padded.slice(0, at + 1) : padded[at]!
      isFirst = false
      at++
    }
  }
  return text
}
