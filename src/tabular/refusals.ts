/** What the reader of files refuses, each with a sentence that says what to do next. */
import { declareRefusals } from '../platform/refusal.ts'

export const refuseFile = declareRefusals({
  'file.too_many_columns': {
    status: 422,
    en: 'Line {line} has more than {limit} columns. Check the delimiter, or remove columns that are not needed, and upload the file again.',
    cs: 'Řádek {line} má více než {limit} sloupců. Zkontrolujte oddělovač, nebo odstraňte nepotřebné sloupce a nahrajte soubor znovu.',
  },
  'file.line_too_long': {
    status: 422,
    en: 'The record that starts on line {line} is longer than {limit} characters. Check the line ends and quotes around that line and upload the file again.',
    cs: 'Záznam, který začíná na řádku {line}, je delší než {limit} znaků. Zkontrolujte konce řádků a uvozovky kolem tohoto řádku a nahrajte soubor znovu.',
  },
  'file.not_a_table': {
    status: 422,
    en: '“{name}” holds {content}, not a table of text. Export it from the source system as CSV or XLSX and upload that file.',
    cs: '„{name}“ obsahuje {content}, ne textovou tabulku. Vyexportujte data ze zdrojového systému jako CSV nebo XLSX a nahrajte tento soubor.',
  },
  'file.encoding_unknown': {
    status: 422,
    en: 'The encoding “{encoding}” is not known. Choose one from the list, for example utf-8 or windows-1250.',
    cs: 'Kódování „{encoding}“ není známé. Vyberte jedno ze seznamu, například utf-8 nebo windows-1250.',
  },
  'file.option_invalid': {
    status: 422,
    en: 'The setting “{option}” cannot be “{value}”. {rule}',
    cs: 'Nastavení „{option}“ nemůže být „{value}“. {rule}',
  },
  'file.table_missing': {
    status: 404,
    en: 'There is no table {table} in the file; it has {tables}. Choose one of them.',
    cs: 'Tabulka {table} v souboru není; je jich v něm {tables}. Vyberte jednu z nich.',
  },
})
