/** How the records of a file are written, and how long they may be: what the scanner is told. */
export type Dialect = {
  readonly delimiter: string
  /** One character, or null when nothing quotes. */
  readonly quote: string | null
  /** The quote itself (doubled), a backslash or another character, or null for none. */
  readonly escape: string | null
  /** Lines that start with this are no records. */
  readonly comment: string | null
  /** Whether a CR without LF ends a record. */
  readonly loneCr: boolean
  /** Whether a blank follows every delimiter and belongs to it. */
  readonly spaced: boolean
  /** Whether several delimiters in a row are one. */
  readonly merged: boolean
  /** Whether blanks stand between a delimiter and an opening quote. */
  readonly padded: boolean
}

export type ScanLimits = {
  readonly cellLength: number
  readonly recordLength: number
  readonly columns: number
}

export const SCAN_LIMITS: ScanLimits = {
  cellLength: 4 * 1024 * 1024,
  recordLength: 16 * 1024 * 1024,
  columns: 16_384,
}
