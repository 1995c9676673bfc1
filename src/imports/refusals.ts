/** What an import can be refused, with the sentence a person reads. */
import { declareRefusals } from '../platform/refusal.ts'

export const refuseImport = declareRefusals({
  'import.not_found': {
    status: 404,
    en: 'There is no import {id}.',
    cs: 'Import {id} neexistuje.',
  },
  'preset.unknown': {
    status: 404,
    en: 'There is no preset {name}. There are: {names}.',
    cs: 'Předvolba {name} neexistuje. Jsou tyto: {names}.',
  },
  'preset.does_not_fit': {
    status: 422,
    en: '{file} has none of the columns that the preset {name} is made for. Import it without a preset and assign its columns.',
    cs: 'Soubor {file} nemá žádný ze sloupců, pro které je předvolba {name}. Importujte jej bez předvolby a sloupce přiřaďte.',
  },
  'import.not_editable': {
    status: 409,
    en: 'The import is {status}; its columns and rules can no longer be changed. Start a new import of the file.',
    cs: 'Import je ve stavu {status}; sloupce a pravidla už nelze měnit. Založte nový import souboru.',
  },
  'import.incomplete': {
    status: 409,
    en: 'These required fields have no column yet: {fields}. Assign them under Columns.',
    cs: 'Tato povinná pole zatím nemají sloupec: {fields}. Přiřaďte je v kroku Sloupce.',
  },
  'import.not_checked': {
    status: 409,
    en: 'The import has not been checked yet. Check it first.',
    cs: 'Import ještě nebyl zkontrolován. Nejprve jej zkontrolujte.',
  },
  'import.not_waiting': {
    status: 409,
    en: 'The import is not waiting for approval (it is {status}).',
    cs: 'Import nečeká na schválení (je ve stavu {status}).',
  },
  'import.already_approved': {
    status: 409,
    en: '{name} approved this import at {at}. It is loaded once.',
    cs: 'Tento import schválil(a) {name} v {at}. Načte se jen jednou.',
  },
  'import.plan_moved': {
    status: 409,
    en: 'The plan has changed since you looked at it. Read it again, then approve.',
    cs: 'Plán se od vašeho náhledu změnil. Přečtěte si jej znovu a pak schvalte.',
  },
  'import.records_moved': {
    status: 409,
    en: '{count} records that the import would touch have changed since it was checked. It has been checked again; look at the new plan and approve it.',
    cs: 'Od kontroly se změnily záznamy, kterých se import týká ({count}). Byl zkontrolován znovu; prohlédněte nový plán a schvalte jej.',
  },
  'import.nothing_to_load': {
    status: 409,
    en: 'Not one row can be loaded. Correct the columns or the file.',
    cs: 'Nelze načíst ani jeden řádek. Opravte sloupce nebo soubor.',
  },
  'import.not_cancellable': {
    status: 409,
    en: 'The import is {status}; there is nothing to cancel.',
    cs: 'Import je ve stavu {status}; není co rušit.',
  },
  'import.cancelled': {
    status: 409,
    en: 'The import was cancelled by {name}. Nothing was written.',
    cs: 'Import zrušil(a) {name}. Nic nebylo zapsáno.',
  },
  'import.load_interrupted': {
    status: 409,
    en: 'Loading was interrupted and nothing was written. The checked import is waiting again; approve it once more.',
    cs: 'Načítání bylo přerušeno a nic nebylo zapsáno. Zkontrolovaný import znovu čeká; schvalte jej ještě jednou.',
  },
  'import.check_interrupted': {
    status: 409,
    en: 'The check was interrupted and nothing was written. Check the import again.',
    cs: 'Kontrola byla přerušena a nic nebylo zapsáno. Zkontrolujte import znovu.',
  },
  'import.not_undoable': {
    status: 409,
    en: 'The import is {status}; there is nothing to undo.',
    cs: 'Import je ve stavu {status}; není co vracet.',
  },
  'import.rows_cannot_load': {
    status: 409,
    en: 'Rows that cannot be loaded: {count}. The rule is all or nothing. Correct them, or choose to load only the valid rows.',
    cs: 'Počet řádků, které nelze načíst: {count}. Platí pravidlo všechno, nebo nic. Opravte je, nebo zvolte načtení jen platných řádků.',
  },
  'import.records_cannot_load': {
    status: 409,
    en: 'Records inside of rows that cannot be loaded: {count}. The rule is all or nothing. Correct them, or choose to load only what is valid.',
    cs: 'Počet záznamů uvnitř řádků, které nelze načíst: {count}. Platí pravidlo všechno, nebo nic. Opravte je, nebo zvolte načtení jen toho, co je platné.',
  },
  'import.too_many_rows': {
    status: 422,
    en: 'The import brings more than {maximum} records of the kind {kind}, the most that may go in at once. Split the file, or ask an administrator to raise the limit.',
    cs: 'Import přináší více než {maximum} záznamů druhu {kind}, což je nejvíce, kolik jich smí být najednou. Rozdělte soubor, nebo požádejte správce o zvýšení limitu.',
  },
  'import.not_your_role': {
    status: 403,
    en: 'In this organisation data is imported by: {roles}. Ask one of them, or an administrator to change the rule.',
    cs: 'V této organizaci importují data: {roles}. Požádejte někoho z nich, nebo správce o změnu pravidla.',
  },
  'import.reference_cycle': {
    status: 422,
    en: 'These kinds refer to each other in a circle ({kinds}), so none can be loaded first. Leave one of the references out, or import it afterwards.',
    cs: 'Tyto druhy na sebe odkazují v kruhu ({kinds}), takže žádný nelze načíst první. Jeden z odkazů vynechte, nebo jej importujte později.',
  },
  'import.too_many_sources': {
    status: 422,
    en: 'One import takes at most {maximum} files and sheets. Divide them among several imports.',
    cs: 'Jeden import pojme nejvýše {maximum} souborů a listů. Rozdělte je do více importů.',
  },
  'import.last_source': {
    status: 409,
    en: 'This is the only file of the import. Give it another file, or cancel the import.',
    cs: 'Toto je jediný soubor importu. Nahraďte jej jiným, nebo import zrušte.',
  },
  'import.new_file_new_import': {
    status: 409,
    en: 'In this organisation a changed file is a new import. Cancel this one and begin another with the new file.',
    cs: 'V této organizaci znamená změněný soubor nový import. Tento zrušte a založte nový s novým souborem.',
  },
  'import.nothing_to_delete': {
    status: 409,
    en: 'The import has no records of these kinds any more; there is nothing to delete.',
    cs: 'Import už nemá žádné záznamy těchto druhů; není co mazat.',
  },
  'mapping.unknown_field': {
    status: 422,
    en: 'There is no field {field} to import into.',
    cs: 'Pole {field}, do kterého se má importovat, neexistuje.',
  },
  'mapping.field_twice': {
    status: 422,
    en: 'The field {field} is assigned to more than one column. Leave it on one.',
    cs: 'Pole {field} je přiřazeno více sloupcům. Ponechte je jen u jednoho.',
  },
  'mapping.no_column': {
    status: 422,
    en: 'The file has no column {column}.',
    cs: 'Soubor nemá sloupec {column}.',
  },
  'mapping.bad_constant': {
    status: 422,
    en: 'The value given for {field} cannot be used: {problem}',
    cs: 'Hodnotu zadanou pro {field} nelze použít: {problem}',
  },
  'mapping.match_not_usable': {
    status: 422,
    en: 'Existing records cannot be recognised by {field}: its values are not names or numbers. Choose another field.',
    cs: 'Existující záznamy nelze rozpoznat podle pole {field}: jeho hodnoty nejsou názvy ani čísla. Zvolte jiné pole.',
  },
  'mapping.match_needed': {
    status: 422,
    en: 'To update existing records, choose the fields by which they are recognised ({fields}) and assign their columns.',
    cs: 'Pro aktualizaci existujících záznamů zvolte pole, podle kterých se poznají ({fields}), a přiřaďte jejich sloupce.',
  },
  'file.card_numbers': {
    status: 422,
    en: 'This file holds card numbers (column {column}, first in row {row}). Nothing of it was kept. Cards come in by an encrypted transfer from the payment processor, never in a file that people handle; remove the column and upload the file again.',
    cs: 'Tento soubor obsahuje čísla karet (sloupec {column}, poprvé v řádku {row}). Nic z něj nebylo uloženo. Karty se přenášejí šifrovaně od zpracovatele plateb, nikdy souborem, který prochází rukama; odstraňte sloupec a nahrajte soubor znovu.',
  },
  'file.incomplete': {
    status: 409,
    en: 'The upload of this file has not finished ({received} of {total} bytes). Continue it.',
    cs: 'Nahrávání souboru neskončilo ({received} z {total} bajtů). Pokračujte v něm.',
  },
  'file.in_use': {
    status: 409,
    en: 'An import rests on this file, so it stays.',
    cs: 'Na tomto souboru stojí import, proto zůstává.',
  },
  'file.empty': {
    status: 422,
    en: 'The file {name} is empty. Choose the file that the old system wrote.',
    cs: 'Soubor {name} je prázdný. Vyberte soubor, který zapsal původní systém.',
  },
  'file.no_rows': {
    status: 422,
    en: 'The file {name} has a header but no rows. Choose a file with data.',
    cs: 'Soubor {name} má záhlaví, ale žádné řádky. Vyberte soubor s daty.',
  },
})
