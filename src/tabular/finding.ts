/**
 * A finding: something to say about a cell, a row or a whole source. A value, never thrown.
 * Every module that finds things declares its codes once with `declareFindings`: severity and the sentence
 * in every language; `docs/errors.md` is compared with the declarations by a test.
 */

export type Severity = 'error' | 'warning' | 'info'

export type Finding = {
  /** Which source of the import, from 0. */
  readonly source: number
  /** Number of the row in the source from 1, or 0 for the whole source. */
  readonly row: number
  /** Physical line of the file (or sheet row) on which the row starts, from 1; 0 for the whole source. */
  readonly line: number
  /** Column of the source from 0, or null when it concerns the row. */
  readonly column: number | null
  /** Name of the target field, where there is one. */
  readonly field: string | null
  readonly code: string
  readonly severity: Severity
  /** The cell as it stood in the file. */
  readonly value: string | null
  readonly params: Readonly<Record<string, string | number>>
}

export type FindingDeclaration = {
  readonly severity: Severity
  readonly en: string
  readonly cs: string
}

export type FindingCatalogue = Readonly<Record<string, FindingDeclaration>>

/** Declares a family of finding codes, so that their keys are checked by the compiler. */
export function declareFindings<const T extends Record<string, FindingDeclaration>>(declarations: T): T {
  return declarations
}
