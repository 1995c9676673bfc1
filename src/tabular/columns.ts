/** Names of columns: header rows joined, unique labels, letters where there is no name. */
import type { Finding } from './finding.ts'
import { tabularFinding } from './findings.ts'

/** The letters of a column as spreadsheets write them: A, B, …, Z, AA. */
export function columnLetters(column: number): string {
  let letters = ''
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  }
  return letters
}

/**
 * Several header rows as one: the names of each column joined by a blank, top to bottom. The name of a group
 * stands over its first column only, as merged cells are exported, and is carried to the others.
 */
export function joinHeaderRows(rows: readonly (readonly string[])[], width: number): string[] {
  if (rows.length === 1) return [...rows[0]!]
  const names = rows.map((row) => Array.from({ length: width }, (_, column) => (row[column] ?? '').trim()))
  const carried = names.map((row, level) => {
    if (level === names.length - 1) return row
    let group = ''
    return row.map((name, column) => {
      const isNewAbove = names.slice(0, level).some((above) => above[column] !== '')
      if (name !== '' || isNewAbove) group = name
      const hasBelow = names.slice(level + 1).some((below) => below[column] !== '')
      return name === '' && hasBelow ? group : name
    })
  })
  return Array.from({ length: width }, (_, column) =>
    carried
      .map((row) => row[column]!)
      .filter((name) => name !== '')
      .join(' '),
  )
}

/** Labels that tell columns apart ("Email", "Email (2)", "Column D"), with a finding for each changed one. */
export function uniqueLabels(
  header: readonly string[] | null,
  width: number,
): { columns: string[]; findings: Finding[] } {
  const findings: Finding[] = []
  const taken = new Set<string>()
  const named = new Set((header ?? []).map((cell) => cell.trim()))
  const columns: string[] = []
  for (let column = 0; column < Math.max(width, header?.length ?? 0); column++) {
    const label = (header?.[column] ?? '').trim()
    const base = label === '' ? `Column ${columnLetters(column)}` : label
    let unique = base
    for (let copy = 2; taken.has(unique) || (unique !== label && named.has(unique)); copy++)
      unique = `${base} (${copy})`
    taken.add(unique)
    columns.push(unique)
    if (header === null) continue
    if (label === '') findings.push(tabularFinding('column.empty_header', { column }, { unique }))
    else if (unique !== label) {
      findings.push(tabularFinding('column.duplicate_header', { column, value: label }, { label, unique }))
    }
  }
  return { columns, findings }
}
