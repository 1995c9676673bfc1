/**
 * The card-number tripwire: raw bytes in, a hit out. Judges columns, because a tenth of all digits passes
 * the Luhn check by chance: a column of order numbers is no hit, a lone card number is one. Promises to keep
 * no number, neither in its hit nor in its state, and that chunk boundaries never matter.
 */

import { addDigit, type DigitGroup, judgeDigits, judgeRun, newGroup, type Verdict } from './card-numbers.ts'
import { firstLine, headerCell, masked, narrow } from './tripwire-text.ts'

export type CardHit = {
  /** Record of the file, from 1; a header is record 1. */
  readonly row: number
  /** Column from 0, or null when the file has no columns. */
  readonly column: number | null
  readonly columnName: string | null
  /** Card numbers found in the column so far. */
  readonly count: number
}

type Cell = { verdict: Verdict; isGrouped: boolean }
type Column = {
  column: number
  shaped: number
  prefixed: number
  cards: number
  shapedGrouped: number
  cardsGrouped: number
  row: number
}
type Counts = [comma: number, semicolon: number, tab: number, pipe: number]

/** Plain JSON, for another process to go on after an interrupted upload. Holds sums and names, no numbers. */
export type TripwireState = {
  wide: 'unknown' | 'no' | 'le' | 'be'
  /** Bytes that wait for the rest of their character: at most three. */
  pending: number[]
  isFirst: boolean
  header: string
  /** Delimiters seen in the first record, and its cells by how many of each stood before them. */
  counts: Counts
  firstCells: { counts: Counts; cell: Cell }[]
  delimiter: number
  breakByte: number
  isQuoted: boolean
  quotedBreaks: number
  row: number
  column: number
  cell: Cell
  columns: Column[]
  /** The last three bytes. */
  before: [number, number, number]
  /** The run of digits that is open at the end of the last chunk. */
  run: { groups: DigitGroup[]; separator: number; wait: number; isTainted: boolean } | null
}

export type CardTripwire = {
  /** The first hit, as soon as it is beyond doubt; from then on always the same one. */
  push(chunk: Uint8Array): CardHit | null
  /** Judges what is left: a lone card number is only told from an order number at the end. */
  finish(): CardHit | null
  state(): TripwireState
}

const [OTHER, DIGIT, SEPARATOR, DELIMITER, BREAK, QUOTE] = [0, 1, 2, 3, 4, 5] as const
const COMMA = 44
const DOT = 46
const DELIMITERS = [COMMA, 59, 9, 124]
const CLASSES = new Uint8Array(256)
for (let digit = 48; digit < 58; digit++) CLASSES[digit] = DIGIT
for (const byte of [32, 45]) CLASSES[byte] = SEPARATOR
for (const byte of DELIMITERS) CLASSES[byte] = DELIMITER
for (const byte of [10, 13]) CLASSES[byte] = BREAK
CLASSES[34] = QUOTE

const HEADER_LIMIT = 16 * 1024
const MAX_COLUMNS = 4096
const MAX_GROUPS = 8
/** A quote that is still open after so many line breaks was a character. */
const MAX_QUOTED_BREAKS = 2000
const SURE = 10
const CARD_NAME = /card|kart|\bpan\b|\bcc\b|credit|kredit|visa|master/i

export function createCardTripwire(from?: TripwireState): CardTripwire {
  const at: TripwireState = from === undefined ? firstState() : structuredClone(from)
  const byColumn = new Map(at.columns.map((column) => [column.column, column]))
  let hit: CardHit | null = null

  const nameOf = (column: number): string | null =>
    at.delimiter === 0 ? null : headerCell(at.header, at.delimiter, column)

  const hitOf = (column: Column): CardHit => ({
    row: column.row,
    column: at.delimiter === 0 ? null : column.column,
    columnName: nameOf(column.column),
    count: column.cards,
  })

  const isCardColumn = ({
    column,
    shaped,
    prefixed,
    cards,
    shapedGrouped,
    cardsGrouped,
  }: Column): boolean => {
    if (cards === 0) return false
    if (cards * 2 >= shaped || (cardsGrouped > 0 && cardsGrouped * 2 >= shapedGrouped)) return true
    if (cards * 3 >= prefixed && CARD_NAME.test(nameOf(column) ?? '')) return true
    // A tenth of what begins like a card passes by chance; six deviations more are no chance.
    return cards > prefixed * 0.1 + 6 * Math.sqrt(prefixed * 0.09) + 2
  }

  const note = (cell: Cell, index: number, row: number): void => {
    const key = Math.min(index, MAX_COLUMNS)
    let column = byColumn.get(key)
    if (column === undefined) {
      column = { column: key, shaped: 0, prefixed: 0, cards: 0, shapedGrouped: 0, cardsGrouped: 0, row: 0 }
      byColumn.set(key, column)
      at.columns.push(column)
    }
    column.shaped++
    if (cell.isGrouped) column.shapedGrouped++
    if (cell.verdict >= 2) column.prefixed++
    if (cell.verdict < 3) return
    if (column.row === 0) column.row = row
    column.cards++
    if (cell.isGrouped) column.cardsGrouped++
    if (column.cards >= SURE && isCardColumn(column)) hit ??= hitOf(column)
  }

  const endCell = (): void => {
    if (at.cell.verdict === 0) return
    if (!at.isFirst) note(at.cell, at.column, at.row)
    else if (at.firstCells.length < MAX_COLUMNS) at.firstCells.push({ counts: [...at.counts], cell: at.cell })
    at.cell = { verdict: 0, isGrouped: false }
  }

  const endRecord = (): void => {
    endCell()
    if (at.isFirst) {
      at.isFirst = false
      const chosen = at.counts.indexOf(Math.max(...at.counts))
      at.delimiter = at.counts[chosen] === 0 ? 0 : DELIMITERS[chosen]!
      for (const { counts, cell } of at.firstCells) note(cell, counts[chosen]!, at.row)
      at.firstCells = []
    }
    at.column = 0
    at.row++
  }

  const endLine = (byte: number): void => {
    // CRLF is one break: the LF after a CR ends nothing.
    if (at.breakByte === 0) at.breakByte = byte
    if (byte === at.breakByte) endRecord()
  }

  const endCellAt = (byte: number): void => {
    endCell()
    if (at.isFirst) at.counts[DELIMITERS.indexOf(byte)]!++
    else at.column++
  }

  /** Decimals (0.4111…), IBAN (DE89 3704 …) and international phone numbers are no card numbers. */
  const isTaintedBy = (p1: number, p2: number, p3: number): boolean => {
    const isFraction =
      CLASSES[p2] === DIGIT && (p1 === DOT || (p1 === COMMA && !at.isFirst && at.delimiter !== COMMA))
    const isIban = isUpper(p1) && isUpper(p2) && !isWordByte(p3) && !(p1 === 67 && p2 === 67)
    return isFraction || isIban || p1 === 43
  }

  const openRun = (p1: number, p2: number, p3: number): NonNullable<TripwireState['run']> => ({
    groups: [newGroup()],
    separator: 0,
    wait: 0,
    isTainted: isTaintedBy(p1, p2, p3),
  })

  /** Digits from i to j without a separator, all in this chunk: most candidates by far. */
  const judgeAlone = (b: Uint8Array, i: number, j: number, p1: number, p2: number, p3: number): void => {
    if (isWordByte(b[j]!) || isTaintedBy(p1, p2, p3)) return
    const verdict = judgeDigits(b, i, j)
    if (verdict > at.cell.verdict) at.cell = { verdict, isGrouped: false }
  }

  const endRun = (run: NonNullable<TripwireState['run']>, next: number): void => {
    at.run = null
    if (run.isTainted || isWordByte(next) || run.groups.length > MAX_GROUPS) return
    const judged = judgeRun(run.groups)
    if (judged.verdict > at.cell.verdict || (judged.verdict === at.cell.verdict && judged.isGrouped))
      at.cell = judged
  }

  /** Feeds digits and single separators; returns the position of the first byte that is not of the run. */
  const continueRun = (b: Uint8Array, start: number, run: NonNullable<TripwireState['run']>): number => {
    for (let i = start; i < b.length; i++) {
      const byte = b[i]!
      const kind = CLASSES[byte]!
      if (kind === DIGIT) {
        if (run.wait === DOT) run.isTainted = true
        else if (run.wait !== 0) {
          run.separator = run.wait
          if (run.groups.length <= MAX_GROUPS) run.groups.push(newGroup())
        }
        run.wait = 0
        addDigit(run.groups.at(-1)!, byte - 48)
      } else if (
        run.wait === 0 &&
        (byte === DOT || (kind === SEPARATOR && (run.separator || byte) === byte))
      ) {
        run.wait = byte
      } else {
        endRun(run, run.wait === 0 ? byte : 0)
        return i
      }
    }
    return b.length
  }

  const scan = (b: Uint8Array): void => {
    const n = b.length
    const [b3, b2, b1] = at.before
    const byteBefore = (i: number, back: number): number =>
      i >= back ? b[i - back]! : [b1, b2, b3][back - i - 1]!
    // Locals, because every byte of every upload passes here: with fields this took twice the time.
    const classes = CLASSES
    let isQuoted = at.isQuoted
    let i = at.run === null ? 0 : continueRun(b, 0, at.run)
    while (i < n) {
      const byte = b[i]!
      const kind = classes[byte]!
      if (kind === OTHER || kind === SEPARATOR) {
        i++
      } else if (kind === DIGIT) {
        let j = i + 1
        while (j < n && classes[b[j]!] === DIGIT) j++
        // Most numbers are short and stand alone: passed over without a look at their digits.
        const isShort = j - i < 13 && j + 1 < n
        const isAlone =
          j + 1 < n && b[j] !== DOT && (classes[b[j]!] !== SEPARATOR || classes[b[j + 1]!] !== DIGIT)
        if (isShort && (isAlone || b[j] === DOT)) i = j
        else if (isAlone && j - i <= 19) {
          judgeAlone(b, i, j, byteBefore(i, 1), byteBefore(i, 2), byteBefore(i, 3))
          i = j
        } else {
          at.run = openRun(byteBefore(i, 1), byteBefore(i, 2), byteBefore(i, 3))
          i = continueRun(b, i, at.run)
        }
      } else if (kind === QUOTE) {
        if (isQuoted) isQuoted = false
        else {
          const before = i > 0 ? b[i - 1]! : b1
          isQuoted = before === 0 || before === byte || classes[before]! >= DELIMITER
          at.quotedBreaks = 0
        }
        i++
      } else {
        if (isQuoted && kind === BREAK && ++at.quotedBreaks >= MAX_QUOTED_BREAKS) isQuoted = false
        if (!isQuoted) {
          if (kind === BREAK) endLine(byte)
          else if (at.isFirst || byte === at.delimiter) endCellAt(byte)
        }
        i++
      }
    }
    at.isQuoted = isQuoted
    for (let k = Math.max(0, n - 3); k < n; k++) at.before = [at.before[1], at.before[2], b[k]!]
  }

  const take = (bytes: Uint8Array): void => {
    if (at.isFirst && at.header.length < HEADER_LIMIT) at.header = masked(at.header + firstLine(bytes))
    scan(bytes)
  }

  return {
    push(chunk) {
      if (hit === null) take(narrow(at, chunk))
      return hit
    },
    finish() {
      if (at.pending.length > 0 && at.wide === 'unknown') {
        at.wide = 'no'
        take(Uint8Array.from(at.pending))
      }
      if (at.run !== null) endRun(at.run, 0)
      endRecord()
      for (const column of at.columns) if (isCardColumn(column)) hit ??= hitOf(column)
      return hit
    },
    state: () => structuredClone(at),
  }
}

function firstState(): TripwireState {
  return {
    wide: 'unknown',
    pending: [],
    isFirst: true,
    header: '',
    counts: [0, 0, 0, 0],
    firstCells: [],
    delimiter: 0,
    breakByte: 0,
    isQuoted: false,
    quotedBreaks: 0,
    row: 1,
    column: 0,
    cell: { verdict: 0, isGrouped: false },
    columns: [],
    before: [0, 0, 0],
    run: null,
  }
}

const isUpper = (byte: number): boolean => byte >= 65 && byte <= 90
const isWordByte = (byte: number): boolean => isUpper(byte) || (byte >= 97 && byte <= 122) || byte === 95
