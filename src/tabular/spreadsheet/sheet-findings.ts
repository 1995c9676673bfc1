/** What the readers of workbooks have to say about a sheet, a row or a cell. */
import { declareFindings, type Finding } from '../finding.ts'

export const sheetFindings = declareFindings({
  'sheet.hidden_rows': {
    severity: 'warning',
    en: 'The sheet has {count} hidden rows; they are {choice}. Say whether they belong to the data.',
    cs: 'List má skryté řádky ({count}); jsou {choiceCs}. Rozhodněte, zda patří k datům.',
  },
  'sheet.hidden_columns': {
    severity: 'warning',
    en: 'The sheet has {count} hidden columns ({columns}); they are {choice}. Say whether they belong to the data.',
    cs: 'List má skryté sloupce ({count}: {columns}); jsou {choiceCs}. Rozhodněte, zda patří k datům.',
  },
  'sheet.filtered': {
    severity: 'warning',
    en: 'A filter is set on the sheet, so that a person may see fewer rows than are read. Say whether the rows that it hides belong to the data.',
    cs: 'Na listu je nastaven filtr, takže člověk může vidět méně řádků, než se čte. Rozhodněte, zda skryté řádky patří k datům.',
  },
  'sheet.others': {
    severity: 'info',
    en: 'The workbook has {count} more sheets with cells: {sheets}. Choose them as sources of their own if they are needed.',
    cs: 'Sešit má další listy s buňkami ({count}): {sheets}. Pokud jsou potřeba, vyberte je jako samostatné zdroje.',
  },
  'sheet.is_hidden': {
    severity: 'warning',
    en: 'The sheet “{sheet}” is hidden in the workbook. Check that it is the one that you mean.',
    cs: 'List „{sheet}“ je v sešitu skrytý. Ověřte, zda je to ten, který máte na mysli.',
  },
  'sheet.recovered': {
    severity: 'warning',
    en: 'The workbook names a wrong place for the sheet “{sheet}”; the only sheet that nobody names was read for it. Check the rows.',
    cs: 'Sešit uvádí pro list „{sheet}“ chybné místo; místo něj byl přečten jediný list, který nikdo neuvádí. Zkontrolujte řádky.',
  },
  'sheet.merged': {
    severity: 'info',
    en: 'The sheet has {count} merged ranges. In rows of data {choice}.',
    cs: 'List má sloučené oblasti ({count}). V řádcích dat {choiceCs}.',
  },
  'row.cells_beyond_table': {
    severity: 'warning',
    en: 'The row has cells to the right of the table’s {columns} columns, up to column {last}. Give these columns a header if they are data.',
    cs: 'Řádek má buňky vpravo od {columns} sloupců tabulky, až po sloupec {last}. Pokud jde o data, doplňte těmto sloupcům záhlaví.',
  },
  'cell.error_value': {
    severity: 'error',
    en: 'The cell shows the error {value}. Correct the formula in the workbook, or leave the cell blank.',
    cs: 'Buňka zobrazuje chybu {value}. Opravte vzorec v sešitu, nebo nechte buňku prázdnou.',
  },
  'cell.formula_without_value': {
    severity: 'error',
    en: 'The cell has a formula but no value that was calculated. Open the workbook in a spreadsheet program and save it, then upload it again.',
    cs: 'Buňka má vzorec, ale žádnou vypočtenou hodnotu. Otevřete sešit v tabulkovém programu, uložte jej a nahrajte znovu.',
  },
  'cell.long_number': {
    severity: 'warning',
    en: 'The cell holds a number of more than 15 digits; spreadsheets keep no more, so that the last ones may be wrong. If it is an identifier, take it from the source system as text.',
    cs: 'Buňka obsahuje číslo s více než 15 číslicemi; tabulkové programy jich více neuchovají, poslední tedy mohou být chybné. Jde-li o identifikátor, převezměte jej ze zdrojového systému jako text.',
  },
  'cell.no_such_date': {
    severity: 'warning',
    en: 'The cell is formatted as a date, but its number is a day before the workbook’s calendar begins, or the 29 February 1900 that never was; it was read as {value}. Check the cell.',
    cs: 'Buňka je naformátovaná jako datum, ale její číslo je den před začátkem kalendáře sešitu, nebo 29. únor 1900, který nikdy nebyl; byla přečtena jako {value}. Zkontrolujte buňku.',
  },
})

export type SheetCode = keyof typeof sheetFindings

/** A finding of this folder at a place; whatever is not given concerns the whole source. */
export function sheetFinding(
  code: SheetCode,
  place: { source?: number; row?: number; line?: number; column?: number | null; value?: string | null } = {},
  params: Readonly<Record<string, string | number>> = {},
): Finding {
  const { source = 0, row = 0, line = 0, column = null, value = null } = place
  return {
    source,
    row,
    line,
    column,
    field: null,
    code,
    severity: sheetFindings[code].severity,
    value,
    params,
  }
}
