/** What archives and workbooks are refused for, each with a sentence that says what to do next. */
import { declareRefusals } from '../platform/refusal.ts'

export const refuseArchive = declareRefusals({
  'file.damaged': {
    status: 422,
    en: '“{name}” is damaged: {what}. Export it from the source system again, or open it in a spreadsheet program and save it anew.',
    cs: '„{name}“ je poškozený: {what}. Vyexportujte jej ze zdrojového systému znovu, nebo jej otevřete v tabulkovém programu a znovu uložte.',
  },
  'file.encrypted': {
    status: 422,
    en: '“{name}” is protected by a password. Save it without the password and upload it again.',
    cs: '„{name}“ je chráněný heslem. Uložte jej bez hesla a nahrajte znovu.',
  },
  'file.expands_too_far': {
    status: 422,
    en: '“{name}” expands to more than {limit} when it is unpacked, which no table does. Save the table anew and upload it again.',
    cs: '„{name}“ se po rozbalení zvětší na více než {limit}, což žádná tabulka nedělá. Uložte tabulku znovu a nahrajte ji.',
  },
  'file.too_many_entries': {
    status: 422,
    en: '“{name}” is an archive of more than {limit} files. Unpack it and upload the table that you need.',
    cs: '„{name}“ je archiv s více než {limit} soubory. Rozbalte jej a nahrajte potřebnou tabulku.',
  },
  'file.archive_of_several': {
    status: 422,
    en: '“{name}” is an archive of {count} files. Unpack it and upload the files one by one.',
    cs: '„{name}“ je archiv s {count} soubory. Rozbalte jej a nahrajte soubory jednotlivě.',
  },
  'file.archive_nested': {
    status: 422,
    en: '“{name}” holds an archive inside an archive, or a workbook too large to be read from one. Unpack it and upload what is inside.',
    cs: '„{name}“ obsahuje archiv v archivu, nebo sešit příliš velký na čtení z archivu. Rozbalte jej a nahrajte jeho obsah.',
  },
  'file.compression_unknown': {
    status: 422,
    en: '“{name}” is packed in a way that is not known here (method {method}). Pack it as an ordinary ZIP, or upload what is inside.',
    cs: '„{name}“ je zabalený způsobem, který zde není znám (metoda {method}). Zabalte jej jako obyčejný ZIP, nebo nahrajte jeho obsah.',
  },
  'file.unsafe_xml': {
    status: 422,
    en: '“{name}” declares XML entities or nests too deeply, as no spreadsheet program writes it. Open it in a spreadsheet program and save it anew.',
    cs: '„{name}“ deklaruje XML entity nebo je příliš hluboko vnořený, což žádný tabulkový program nezapisuje. Otevřete jej v tabulkovém programu a znovu uložte.',
  },
  'file.cell_too_long': {
    status: 422,
    en: 'A cell near row {line} of “{name}” is longer than {limit} characters. Shorten it and upload the file again.',
    cs: 'Buňka poblíž řádku {line} v „{name}“ je delší než {limit} znaků. Zkraťte ji a nahrajte soubor znovu.',
  },
  'file.sheet_missing': {
    status: 404,
    en: 'There is no sheet “{sheet}” in the workbook; it has {sheets}. Choose one of them.',
    cs: 'List „{sheet}“ v sešitu není; jsou v něm {sheets}. Vyberte jeden z nich.',
  },
  'file.sheet_too_wide': {
    status: 422,
    en: 'Row {line} of sheet “{sheet}” has more than {limit} columns. Remove the columns that are not needed and upload the file again.',
    cs: 'Řádek {line} listu „{sheet}“ má více než {limit} sloupců. Odstraňte nepotřebné sloupce a nahrajte soubor znovu.',
  },
  'file.workbook_unsupported': {
    status: 422,
    en: '“{name}” is {what}, which is not read here. Open it in a spreadsheet program, save it as XLSX and upload that file.',
    cs: '„{name}“ je {what}, což zde nečteme. Otevřete jej v tabulkovém programu, uložte jako XLSX a nahrajte tento soubor.',
  },
  'file.workbook_too_large': {
    status: 422,
    en: '“{name}” is too large to be read in its old format. Open it in a spreadsheet program, save it as XLSX and upload that file.',
    cs: '„{name}“ je na čtení ve svém starém formátu příliš velký. Otevřete jej v tabulkovém programu, uložte jako XLSX a nahrajte tento soubor.',
  },
})
