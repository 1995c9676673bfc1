/** What happens to an import, and to records through one, as the history tells it. */
import { declareEvents } from '../history/history.ts'

export const importEvents = declareEvents({
  'import.created': { en: 'Import begun with the file {file}.', cs: 'Import založen se souborem {file}.' },
  'import.reading_changed': { en: 'Changed how the file is read.', cs: 'Změněn způsob čtení souboru.' },
  'import.mapping_changed': { en: 'Columns assigned anew.', cs: 'Sloupce přiřazeny znovu.' },
  'import.settings_changed': { en: 'Rules of the import changed.', cs: 'Změněna pravidla importu.' },
  'import.source_added': { en: 'File {file} added.', cs: 'Přidán soubor {file}.' },
  'import.source_removed': { en: 'File {file} taken out.', cs: 'Soubor {file} vyňat.' },
  'import.file_replaced': { en: 'Uploaded again: {file}.', cs: 'Nahráno znovu: {file}.' },
  'import.policy_changed': {
    en: 'Rules for importing set to the profile {profile}.',
    cs: 'Pravidla importu nastavena na profil {profile}.',
  },
  'import.deletion_asked': { en: 'Deletion of its records started.', cs: 'Spuštěno mazání jeho záznamů.' },
  'import.records_deleted': {
    en: 'Records deleted: {reversed} gone, {blocked} stay because others refer to them.',
    cs: 'Záznamy smazány: {reversed} pryč, {blocked} zůstává, protože na ně jiné odkazují.',
  },
  'import.checked': {
    en: 'Checked: {rows} rows, {failed} of them cannot be loaded.',
    cs: 'Zkontrolováno: {rows} řádků, z toho {failed} nelze načíst.',
  },
  'import.approved': { en: 'Approved for loading.', cs: 'Schváleno k načtení.' },
  'import.loaded': {
    en: 'Loaded in one commit: {created} created, {updated} updated.',
    cs: 'Načteno najednou: {created} vytvořeno, {updated} aktualizováno.',
  },
  'import.cancelled': { en: 'Cancelled.', cs: 'Zrušeno.' },
  'import.undo_asked': { en: 'Undo started.', cs: 'Spuštěno vrácení.' },
  'import.undone': {
    en: 'Undone: {reversed} reversed, {kept} kept, {blocked} blocked.',
    cs: 'Vráceno: {reversed} zpět, {kept} ponecháno, {blocked} blokováno.',
  },
  'record.updated_by_import': {
    en: 'Updated by import {label}, row {row}.',
    cs: 'Aktualizováno importem {label}, řádek {row}.',
  },
  'record.restored_by_undo': {
    en: 'Restored by undoing import {label}.',
    cs: 'Obnoveno vrácením importu {label}.',
  },
})
