/** What happens to custom fields, as the history tells it. */
import { declareEvents } from '../../history/history.ts'

export const fieldEvents = declareEvents({
  'field.created': {
    en: 'Field {label} added to {kind}.',
    cs: 'Přidáno pole {label} ({kind}).',
  },
  'field.changed': { en: 'Field {label} changed.', cs: 'Pole {label} změněno.' },
  'field.type_changed': {
    en: 'Type of the field {label} changed; {values} values converted.',
    cs: 'Změněn typ pole {label}; převedených hodnot: {values}.',
  },
  'field.archived': { en: 'Field {label} archived.', cs: 'Pole {label} archivováno.' },
  'field.unarchived': {
    en: 'Field {label} taken back from the archive.',
    cs: 'Pole {label} vráceno z archivu.',
  },
  'field.deleted': {
    en: 'Field {label} deleted, with {values} values. Undoing it brings them back.',
    cs: 'Pole {label} smazáno i s hodnotami (celkem {values}). Vrácením se obnoví.',
  },
  'field.restored': { en: 'Field {label} brought back.', cs: 'Pole {label} obnoveno.' },
  'field.ordered': { en: 'Fields put into another order.', cs: 'Změněno pořadí polí.' },
})
