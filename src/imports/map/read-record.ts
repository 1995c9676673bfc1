/** The values of one record in a row and what is wrong with them: all its cells read, its blanks judged. */
import type { Finding, Row } from '../../tabular/tabular.ts'
import { type CellReader, problemFinding } from './cell-readers.ts'
import type { MissingOf } from './required.ts'

const noFindings: readonly Finding[] = []

export function readRecord(
  row: Row,
  readers: readonly (CellReader | null)[],
  required: readonly MissingOf[],
): { values: (string | null)[]; findings: readonly Finding[] } {
  const values = new Array<string | null>(readers.length)
  let findings: Finding[] | null = null
  for (let at = 0; at < readers.length; at += 1) {
    const reader = readers[at]
    const read = reader ? reader.read(row) : null
    if (read === null || typeof read === 'string') values[at] = read
    else {
      values[at] = null
      findings = add(findings, problemFinding(row, reader!.of, read))
    }
  }
  for (const missingOf of required) {
    const missing = missingOf(values)
    if (missing !== null && !findings?.some((finding) => finding.field === missing.field.name))
      findings = add(findings, problemFinding(row, missing, { code: 'value.required', params: {} }))
  }
  return { values, findings: findings ?? noFindings }
}

function add(findings: Finding[] | null, finding: Finding): Finding[] {
  if (findings === null) return [finding]
  findings.push(finding)
  return findings
}
