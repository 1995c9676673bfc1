/** Findings of the check: about rows among each other, and about rows and the records that are there already. */
import { valueFindings } from '../kinds/findings.ts'
import {
  declareFindings,
  type FindingCatalogue,
  type FindingDeclaration,
  tabularFindings,
} from '../tabular/tabular.ts'
import { templateFindings } from './map/template-findings.ts'

export const checkFindings = declareFindings({
  'row.duplicate_in_file': {
    severity: 'error',
    en: 'Row {other} has the same {fields}. Keep one of the rows.',
    cs: 'Řádek {other} má stejné {fields}. Ponechte jeden z řádků.',
  },
  'row.exists_already': {
    severity: 'error',
    en: 'A record with this {fields} is there already. Choose to update existing records, or leave the row out.',
    cs: 'Záznam s touto hodnotou {fields} už existuje. Zvolte aktualizaci existujících záznamů, nebo řádek vynechte.',
  },
  'row.may_exist_already': {
    severity: 'warning',
    en: 'A record with the same {fields} is there already. If it is the same one, choose to update existing records.',
    cs: 'Záznam se stejnými {fields} už existuje. Je-li to tentýž, zvolte aktualizaci existujících záznamů.',
  },
  'row.may_be_duplicate': {
    severity: 'warning',
    en: 'Row {other} has the same {fields}. If both are the same one, leave one of them out.',
    cs: 'Řádek {other} má stejné {fields}. Jde-li o totéž, jeden z nich vynechte.',
  },
  'row.ambiguous_match': {
    severity: 'error',
    en: '{count} records have this {fields}, so it cannot be told which one to update. Choose other fields to recognise records by.',
    cs: 'Tuto hodnotu {fields} má {count} záznamů, takže nelze určit, který aktualizovat. Zvolte jiná pole pro rozpoznání.',
  },
  'row.no_match_value': {
    severity: 'error',
    en: 'The row has no {fields}, so it cannot be told which record it is. Fill it in.',
    cs: 'Řádek nemá vyplněno {fields}, takže nelze určit, o který záznam jde. Doplňte hodnotu.',
  },
  'row.taken_by_another': {
    severity: 'error',
    en: 'Another record has this {fields} already. Correct the value.',
    cs: 'Tuto hodnotu {fields} už má jiný záznam. Opravte ji.',
  },
  'row.no_existing_record': {
    severity: 'info',
    en: 'Skipped: no record has this {fields}, and only existing records are updated.',
    cs: 'Přeskočeno: žádný záznam nemá tuto hodnotu {fields} a aktualizují se jen existující.',
  },
  'row.duplicate_in_set': {
    severity: 'error',
    en: 'Row {other} of source {source} has the same {fields}. Keep one of the rows.',
    cs: 'Řádek {other} zdroje {source} má stejné {fields}. Ponechte jeden z řádků.',
  },
  'row.may_be_duplicate_in_set': {
    severity: 'warning',
    en: 'Row {other} of source {source} has the same {fields}. If both are the same one, leave one of them out.',
    cs: 'Řádek {other} zdroje {source} má stejné {fields}. Jde-li o totéž, jeden z nich vynechte.',
  },
  'row.same_record_in_set': {
    severity: 'error',
    en: 'Row {other} of source {source} updates the same record. Keep one of the rows.',
    cs: 'Řádek {other} zdroje {source} aktualizuje tentýž záznam. Ponechte jeden z řádků.',
  },
  'row.parent_failed': {
    severity: 'error',
    en: 'The record that this one belongs to, in the same row, cannot be loaded. Correct the row; this one goes with it.',
    cs: 'Záznam, k němuž tento patří a který stojí ve stejném řádku, nelze načíst. Opravte řádek; tento se načte s ním.',
  },
  'row.without_value': {
    severity: 'info',
    en: 'Skipped: there is no {fields} in this row, and nothing else of it is wanted here.',
    cs: 'Přeskočeno: v tomto řádku není {fields} a nic jiného se z něj tady nebere.',
  },
  'row.said_before': {
    severity: 'info',
    en: 'Skipped: row {other} has the same {fields} and makes the record.',
    cs: 'Přeskočeno: řádek {other} má stejné {fields} a záznam vytvoří.',
  },
  'row.there_already': {
    severity: 'info',
    en: 'Skipped: a record with this {fields} is there already and is used.',
    cs: 'Přeskočeno: záznam s touto hodnotou {fields} už existuje a použije se.',
  },
  'value.kept_as_text': {
    severity: 'warning',
    en: '“{value}” is not what this field takes. It is kept under {fields}, with the name of its column.',
    cs: '„{value}“ toto pole nepřijímá. Hodnota zůstane v poli {fields} pod názvem sloupce.',
  },
  'row.parent_skipped': {
    severity: 'info',
    en: 'Skipped together with the record that it belongs to.',
    cs: 'Přeskočeno spolu se záznamem, k němuž patří.',
  },
  'reference.row_failed': {
    severity: 'error',
    en: '{value} would be created by row {other} of this import, which cannot be loaded. Correct that row.',
    cs: 'Hodnotu {value} by vytvořil řádek {other} tohoto importu, který nelze načíst. Opravte jej.',
  },
  'reference.not_found': {
    severity: 'error',
    en: '{value} was not found by {attribute}. Correct the value, or look it up by another attribute.',
    cs: '{value} se podle atributu {attribute} nenašlo. Opravte hodnotu, nebo hledejte podle jiného atributu.',
  },
  'reference.ambiguous': {
    severity: 'error',
    en: '{count} have {value} as {attribute}, so it cannot be told which one is meant. Look it up by another attribute.',
    cs: 'Atribut {attribute} s hodnotou {value} jich má {count}, takže nelze určit, kdo je míněn. Hledejte podle jiného atributu.',
  },
})

/** Every finding that an import can make, whoever makes it. */
export const allFindings: FindingCatalogue = {
  ...tabularFindings,
  ...valueFindings,
  ...checkFindings,
  ...templateFindings,
}

export function findingDeclaration(code: string): FindingDeclaration {
  const declaration = allFindings[code]
  if (!declaration) throw new Error(`The finding ${code} is not declared.`)
  return declaration
}
