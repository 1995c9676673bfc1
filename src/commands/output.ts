/**
 * What a person sees in a terminal, and a script in a pipe: text on stdout, progress as one live line on
 * stderr, tables that align. Promises that no text from a file can move the cursor or turn the line around.
 */
import { styleText } from 'node:util'
import type { Language } from '../platform/refusal.ts'
import { type Words, wordsIn } from './words.ts'

type Style = 'bold' | 'dim' | 'green' | 'yellow' | 'red' | 'cyan'

export type Output = {
  readonly language: Language
  readonly words: Words
  /** With `--json` only one JSON object goes to stdout, and what a person would read goes nowhere. */
  readonly isJson: boolean
  /** Characters in a line of stdout; Infinity when nobody looks. */
  readonly width: number
  readonly say: (lines: string | readonly string[]) => void
  readonly tell: (value: unknown) => void
  /** A sentence beside the output. */
  readonly note: (text: string) => void
  /** What is going on just now; on a terminal it replaces what stood there. */
  readonly live: (text: string) => void
  readonly endLive: () => void
  readonly paint: (style: Style, text: string) => string
  readonly number: (value: number) => string
}

/** By the language of the system (LC_ALL, LC_MESSAGES, LANG), as the runtime has read it. */
export function systemLanguage(): Language {
  return /^cs\b/i.test(new Intl.DateTimeFormat().resolvedOptions().locale) ? 'cs' : 'en'
}

export function openOutput(isJson: boolean, language: Language = systemLanguage()): Output {
  const { stdout, stderr } = process
  const format = new Intl.NumberFormat(language)
  let shown = ''
  const clear = (): void => {
    if (shown !== '' && stderr.isTTY) stderr.write('\r\u001b[K')
    shown = ''
  }
  return {
    language,
    words: wordsIn(language),
    isJson,
    width: stdout.isTTY ? Math.max(60, stdout.columns) : Number.POSITIVE_INFINITY,
    say: (lines) => {
      if (isJson) return
      clear()
      for (const line of [lines].flat()) stdout.write(`${line}\n`)
    },
    tell: (value) => {
      clear()
      stdout.write(`${JSON.stringify(value, null, stdout.isTTY ? 2 : 0)}\n`)
    },
    note: (text) => {
      clear()
      stderr.write(`${text}\n`)
    },
    live: (text) => {
      if (text === shown) return
      if (!stderr.isTTY) return
      clear()
      stderr.write(cut(text, stderr.columns - 1))
      shown = text
    },
    endLive: clear,
    paint: (style, text) => styleText(style, text, { stream: stdout }),
    number: (value) => format.format(value),
  }
}

/** Text from a file or a person, on one line and harmless: control characters and marks of direction are shown. */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (found) => {
    const code = found.codePointAt(0)!
    if (code < 32)
      return code === 10 || code === 13 ? '⏎' : code === 9 ? '⇥' : String.fromCharCode(0x2400 + code)
    return '·'
  })
}

/** At most this many columns, the cut shown. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  let used = 0
  let kept = ''
  for (const character of text) {
    const next = widthOf(character)
    if (used + next > width - 1) break
    used += next
    kept += character
  }
  return `${kept}…`
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u

export function widthOf(text: string): number {
  let columns = 0
  for (const character of text.replace(/\p{Mn}|\p{Me}|\u200d|\ufe0f/gu, ''))
    columns += character > '\u10ff' && wide.test(character) ? 2 : 1
  return columns
}

export type Column = {
  readonly title?: string
  readonly align?: 'left' | 'right'
  readonly most?: number
}

/** Cells under each other; the last column takes what is left of the line and goes on in the next ones. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  options: { indent?: number; width: number; heading?: (text: string) => string },
): string[] {
  const indent = ' '.repeat(options.indent ?? 2)
  const titles = columns.map((column) => column.title ?? '')
  const hasTitles = titles.some((title) => title !== '')
  const cells = rows.map((row) => row.map((cell, at) => cut(plain(cell), columns[at]?.most ?? Infinity)))
  const widths = columns.map((_, at) => Math.max(...[titles, ...cells].map((row) => widthOf(row[at] ?? ''))))
  const line = (row: readonly string[]): string => {
    let text = indent
    for (const [at, column] of columns.entries()) {
      const cell = row[at] ?? ''
      const gap = ' '.repeat(widths[at]! - widthOf(cell))
      const isLast = at === columns.length - 1
      text += column.align === 'right' ? gap + cell : isLast ? cell : cell + gap
      if (!isLast) text += '  '
    }
    return text.trimEnd()
  }
  const heading = options.heading ?? ((text: string) => text)
  const last = widths.slice(0, -1).reduce((sum, width) => sum + width + 2, indent.length)
  return [
    ...(hasTitles ? [heading(line(titles))] : []),
    ...cells.flatMap((row) => wrap(line(row), options.width, last)),
  ]
}

const leastWidth = 24

/** Lines of at most this width, broken between words; the second and further ones begin at `hang`. */
export function wrap(text: string, width: number, hang = 0): string[] {
  if (widthOf(text) <= width) return [text]
  // So little is left of a narrow terminal that columns of single words would be worse.
  if (width - hang < leastWidth) return [cut(text, width)]
  const lines: string[] = []
  let current = ''
  for (const part of text.split(/(?<=\s)(?=\S)/)) {
    if (widthOf((current + part).trimEnd()) > width && current.trim() !== '') {
      lines.push(current.trimEnd())
      current = ' '.repeat(hang)
    }
    current += part
  }
  return [...lines, current.trimEnd()].map((line) => cut(line, width))
}

/** "1.2 MB" */
export function bytesText(bytes: number, language: Language): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1
  return `${value.toLocaleString(language, { maximumFractionDigits: digits })} ${units[unit]}`
}
