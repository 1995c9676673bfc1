/** What the reader of text files has to say about a file, a row or a cell. */
import { declareFindings, type Finding } from './finding.ts'

export const tabularFindings = declareFindings({
  'file.empty': {
    severity: 'warning',
    en: 'The file holds no rows. Check that the export from the source system finished.',
    cs: 'Soubor neobsahuje žádné řádky. Zkontrolujte, zda export ze zdrojového systému doběhl.',
  },
  'file.header_only': {
    severity: 'warning',
    en: 'The file has a header but no rows below it. Check that the export from the source system finished.',
    cs: 'Soubor má záhlaví, ale pod ním žádné řádky. Zkontrolujte, zda export ze zdrojového systému doběhl.',
  },
  'file.no_header': {
    severity: 'info',
    en: 'No header row was found, so the columns are named by letters. If the first row is a header, set it as such.',
    cs: 'Záhlaví nebylo nalezeno, proto jsou sloupce pojmenované písmeny. Pokud je první řádek záhlaví, nastavte jej.',
  },
  'file.preamble': {
    severity: 'info',
    en: 'Lines above the table that were left out: {count}. If the header is elsewhere, move it.',
    cs: 'Počet vynechaných řádků nad tabulkou: {count}. Pokud je záhlaví jinde, přesuňte jej.',
  },
  'file.footer': {
    severity: 'warning',
    en: 'Lines below the table (totals or notes) that were left out: {count}. If they are data, set the footer to 0.',
    cs: 'Počet vynechaných řádků pod tabulkou (součty nebo poznámky): {count}. Pokud jsou to data, nastavte patičku na 0.',
  },
  'file.more_tables': {
    severity: 'warning',
    en: 'The file holds {count} tables; this is number {table}. Choose the others as sources of their own.',
    cs: 'Soubor obsahuje {count} tabulek; toto je tabulka {table}. Ostatní vyberte jako samostatné zdroje.',
  },
  'file.header_blanks': {
    severity: 'warning',
    en: 'The header has {count} blank cells more than the rows have columns; they were left out so that names and cells meet. Check the names of the columns.',
    cs: 'Záhlaví má o {count} prázdných buněk více, než mají řádky sloupců; byly vynechány, aby názvy odpovídaly buňkám. Zkontrolujte názvy sloupců.',
  },
  'file.encoding_uncertain': {
    severity: 'warning',
    en: 'The encoding could not be told with certainty and was taken as {encoding}. Look at names with accents and choose another encoding if they are wrong.',
    cs: 'Kódování nebylo možné určit s jistotou a bylo zvoleno {encoding}. Prohlédněte jména s diakritikou a případně zvolte jiné kódování.',
  },
  'file.dialect_uncertain': {
    severity: 'warning',
    en: 'The delimiter could not be told with certainty. Look at the first rows and choose another one if the columns are wrong.',
    cs: 'Oddělovač nebylo možné určit s jistotou. Prohlédněte první řádky a případně zvolte jiný, pokud jsou sloupce chybně.',
  },
  'column.duplicate_header': {
    severity: 'warning',
    en: 'The header “{label}” stands over more than one column; this one is called “{unique}” here. Check which column you map.',
    cs: 'Záhlaví „{label}“ má více sloupců; tento se zde jmenuje „{unique}“. Ověřte, který sloupec přiřazujete.',
  },
  'column.empty_header': {
    severity: 'info',
    en: 'This column has no header and is called “{unique}” here. Map it by its values or leave it out.',
    cs: 'Tento sloupec nemá záhlaví a jmenuje se zde „{unique}“. Přiřaďte jej podle hodnot, nebo vynechte.',
  },
  'row.too_few_cells': {
    severity: 'warning',
    en: 'The row has {cells} cells instead of {columns}; the missing ones at the end are blank. Check that the row is complete.',
    cs: 'Řádek má {cells} buněk místo {columns}; chybějící na konci jsou prázdné. Zkontrolujte, zda je řádek úplný.',
  },
  'row.too_many_cells': {
    severity: 'error',
    en: 'The row has {cells} cells, but the table has {columns} columns. Probably a cell holds the delimiter without quotes; correct the row.',
    cs: 'Řádek má {cells} buněk, ale tabulka má {columns} sloupců. Některá buňka patrně obsahuje oddělovač bez uvozovek; opravte řádek.',
  },
  'row.extra_blank_cells': {
    severity: 'info',
    en: 'The row has {cells} cells instead of {columns}; the extra ones at the end are blank and were left out.',
    cs: 'Řádek má {cells} buněk místo {columns}; přebývající na konci jsou prázdné a byly vynechány.',
  },
  'row.totals': {
    severity: 'warning',
    en: 'The row looks like totals of the rows above. Leave it out if it is no record of its own.',
    cs: 'Řádek vypadá jako součet řádků nad ním. Pokud nejde o samostatný záznam, vynechte jej.',
  },
  'row.repeats_header': {
    severity: 'warning',
    en: 'The row repeats the header, as files joined end to end do. Leave it out.',
    cs: 'Řádek opakuje záhlaví, jak se stává u souborů spojených za sebou. Vynechte jej.',
  },
  'column.date_order_unsettled': {
    severity: 'warning',
    en: 'The dates of the column do not tell whether day or month comes first. Choose the order for the column.',
    cs: 'Z dat ve sloupci nelze poznat, zda je první den nebo měsíc. Zvolte pořadí pro celý sloupec.',
  },
  'row.resplit': {
    severity: 'warning',
    en: 'The row is separated by “{delimiter}” while the rest of the file is not; it was split there. Check the row.',
    cs: 'Řádek je oddělen znakem „{delimiter}“, zbytek souboru ne; byl rozdělen podle něj. Zkontrolujte řádek.',
  },
  'cell.quote_unclosed': {
    severity: 'warning',
    en: 'A quote opens here and is never closed, so it was taken as a character of the cell. Check the cell.',
    cs: 'Uvozovka se zde otevírá a nikde nezavírá, proto byla vzata jako znak buňky. Zkontrolujte buňku.',
  },
  'cell.quote_stray': {
    severity: 'warning',
    en: 'The cell has quotes inside that are not escaped; they were kept as characters. Check the cell.',
    cs: 'Buňka má uvnitř neošetřené uvozovky; byly ponechány jako znaky. Zkontrolujte buňku.',
  },
  'cell.undecodable': {
    severity: 'warning',
    en: 'The cell has bytes that are no {encoding} text; they show as “\ufffd”. Correct the cell or choose another encoding.',
    cs: 'Buňka obsahuje bajty, které nejsou text v kódování {encoding}; zobrazují se jako „\ufffd“. Opravte buňku, nebo zvolte jiné kódování.',
  },
  'cell.nul_removed': {
    severity: 'warning',
    en: 'The cell had {count} NUL characters, which no text can hold; they were removed. Check the cell.',
    cs: 'Buňka obsahovala {count} znaků NUL, které text nemůže obsahovat; byly odstraněny. Zkontrolujte buňku.',
  },
})

export type TabularCode = keyof typeof tabularFindings

type FindingPlace = {
  source?: number
  row?: number
  line?: number
  column?: number | null
  value?: string | null
}

/** A finding of this module at a place; whatever is not given concerns the whole source. */
export function tabularFinding(
  code: TabularCode,
  place: FindingPlace = {},
  params: Readonly<Record<string, string | number>> = {},
): Finding {
  return {
    source: place.source ?? 0,
    row: place.row ?? 0,
    line: place.line ?? 0,
    column: place.column ?? null,
    field: null,
    code,
    severity: tabularFindings[code].severity,
    value: place.value ?? null,
    params,
  }
}
