/** All findings of this module: of text files and of workbooks. */
import { tabularFindings as textFindings } from './findings.ts'
import { sheetFindings } from './spreadsheet/sheet-findings.ts'

export const tabularFindings = { ...textFindings, ...sheetFindings }
