/** What happens to code lists, as the history tells it. */
import { declareEvents } from '../../history/history.ts'

export const listEvents = declareEvents({
  'list.option_added': {
    en: 'Option {option} added to {list}.',
    cs: 'Do číselníku {list} přidána možnost {option}.',
  },
  'list.option_changed': {
    en: 'Option {option} of {list} changed.',
    cs: 'Změněna možnost {option} číselníku {list}.',
  },
  'list.option_archived': {
    en: 'Option {option} of {list} archived.',
    cs: 'Archivována možnost {option} číselníku {list}.',
  },
  'list.option_unarchived': {
    en: 'Option {option} of {list} taken back from the archive.',
    cs: 'Možnost {option} číselníku {list} vrácena z archivu.',
  },
  'list.option_deleted': {
    en: 'Option {option} of {list} deleted.',
    cs: 'Smazána možnost {option} číselníku {list}.',
  },
  'list.ordered': {
    en: 'Options of {list} put into another order.',
    cs: 'Změněno pořadí možností číselníku {list}.',
  },
  'list.options_created': {
    en: 'Options of {list} created by an import ({count}): {options}.',
    cs: 'Import vytvořil možnosti číselníku {list} (celkem {count}): {options}.',
  },
  'list.options_removed': {
    en: 'Options of {list} that an import had created and no record holds, removed when it was undone ({count}): {options}.',
    cs: 'Při vrácení importu odstraněny jeho nepoužité možnosti číselníku {list} (celkem {count}): {options}.',
  },
})
