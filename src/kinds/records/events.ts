/** What happens to a record of any kind, as the history tells it. */
import { declareEvents } from '../../history/history.ts'

export const recordEvents = declareEvents({
  'record.created': { en: 'Added.', cs: 'Záznam přidán.' },
  'record.changed': { en: 'Changed.', cs: 'Záznam změněn.' },
  'record.changed_together': { en: 'Changed together with others.', cs: 'Změněno hromadně s dalšími.' },
  'record.change_undone': { en: 'A change was taken back.', cs: 'Změna byla vrácena.' },
  'record.deleted': { en: '{title} deleted; it lies in the bin.', cs: '{title}: smazáno, leží v koši.' },
  'record.restored': { en: '{title} restored from the bin.', cs: '{title}: obnoveno z koše.' },
  'record.restored_after_undo': {
    en: '{title} restored from the bin; its import {label} was undone before.',
    cs: '{title}: obnoveno z koše; import {label}, z něhož pochází, byl předtím vrácen.',
  },
  'record.detached': {
    en: 'Detached from {title}, which was deleted.',
    cs: 'Odpojeno od smazaného záznamu {title}.',
  },
  'record.attached_again': { en: 'Attached to {title} again.', cs: 'Znovu připojeno k záznamu {title}.' },
  'record.merged': { en: '{title} was merged into this record.', cs: 'Byl sem sloučen záznam {title}.' },
  'record.merged_away': { en: 'Merged into {title}.', cs: 'Sloučeno do záznamu {title}.' },
  'record.moved': { en: 'Moved to {title} by a merge.', cs: 'Převedeno sloučením k záznamu {title}.' },
  'record.unmerged': {
    en: 'The merge with {title} was undone.',
    cs: 'Sloučení se záznamem {title} bylo vráceno.',
  },
})
