/**
 * Takes out of a cell what nobody sees: spaces around, no-break and zero-width characters, direction marks,
 * decomposed accents (NFC). Control characters and half characters are problems, never dropped.
 * The expression in `isClean` spares ordinary text every further step: it runs once for each cell of a file.
 */
import type { ConversionProblem } from './value.ts'
import { problem } from './value.ts'

/** A third of the time of a loop over `charCodeAt`: cells are slices, and a loop unwraps them for each character. */
const CLEAN = /^(?! )[ -~\u00a1-\u00ac\u00ae-\u02ff]*(?<! )$/

/** Whether the text is one line of ordinary characters, in canonical form, without spaces around. */
export function isClean(text: string): boolean {
  return CLEAN.test(text)
}

const INVISIBLE = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g
const SPACES = /[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g
const LINE_ENDS = /\r\n|[\r\n\v\f\u0085\u2028\u2029]/g
// oxlint-disable-next-line no-control-regex -- finding control characters is the purpose
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/

/** One line, or a problem. */
export function cleanLine(text: string): string | ConversionProblem {
  if (isClean(text)) return text
  const lines = cleanLines(text)
  return typeof lines === 'string' && lines.includes('\n') ? problem('value.line_break') : lines
}

/** Lines divided by `\n` without spaces at their ends, or a problem. */
export function cleanLines(text: string): string | ConversionProblem {
  if (isClean(text)) return text
  if (!text.isWellFormed()) return problem('value.control_character', { character: 'U+D800' })
  const cleaned = text.replace(INVISIBLE, '').replace(SPACES, ' ').replace(LINE_ENDS, '\n').normalize('NFC')
  const control = CONTROL.exec(cleaned)
  if (control !== null) {
    const code = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
    return problem('value.control_character', { character: `U+${code}` })
  }
  return cleaned.includes('\n') ? cleaned.split('\n').map(trimLine).join('\n').trim() : trimAround(cleaned)
}

/** Without spaces at the end; those at the beginning of a line may be an indent. */
function trimLine(line: string): string {
  return line.trimEnd()
}

/** Joiners mean something inside a word or an emoji, nothing at its ends. */
function trimAround(text: string): string {
  const trimmed = text.trim()
  if (!isJoiner(trimmed, 0) && !isJoiner(trimmed, trimmed.length - 1)) return trimmed
  let start = 0
  let end = trimmed.length
  while (isJoiner(trimmed, start) || trimmed[start] === ' ') start++
  while (end > start && (isJoiner(trimmed, end - 1) || trimmed[end - 1] === ' ')) end--
  return trimmed.slice(start, end)
}

function isJoiner(text: string, at: number): boolean {
  const character = text[at]
  return character === '\u200c' || character === '\u200d'
}
