/** What a survey of a sheet has to be asked about. */
import { columnLetters } from '../columns.ts'
import type { Finding } from '../finding.ts'
import type { SheetReading } from '../reading.ts'
import { sheetFinding } from './sheet-findings.ts'
import type { SheetSurvey } from './sheet-survey.ts'

export function surveyFindings(survey: SheetSurvey, sheet: SheetReading, source: number): Finding[] {
  const found: Finding[] = []
  const isLeftOut = sheet.hidden === 'leave-out'
  const choice = isLeftOut
    ? { choice: 'left out', choiceCs: 'vynechány' }
    : { choice: 'read like the others', choiceCs: 'čteny jako ostatní' }
  const { hiddenRows, hiddenColumns, merged, isFiltered } = survey
  if (hiddenRows > 0)
    found.push(sheetFinding('sheet.hidden_rows', { source }, { count: hiddenRows, ...choice }))
  if (hiddenColumns.length > 0) {
    const columns = hiddenColumns.slice(0, 20).map(columnLetters).join(', ')
    found.push(
      sheetFinding('sheet.hidden_columns', { source }, { count: hiddenColumns.length, columns, ...choice }),
    )
  }
  if (isFiltered && hiddenRows > 0) found.push(sheetFinding('sheet.filtered', { source }))
  if (merged.length > 0) {
    const how =
      sheet.merged === 'fill'
        ? { choice: 'each of their cells gets the value', choiceCs: 'dostane hodnotu každá jejich buňka' }
        : { choice: 'only their first cell has the value', choiceCs: 'má hodnotu jen jejich první buňka' }
    found.push(sheetFinding('sheet.merged', { source }, { count: merged.length, ...how }))
  }
  return found
}
