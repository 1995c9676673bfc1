/** What happens to personal data as a whole, as the history of its records tells it. */
import { declareEvents } from '../history/history.ts'

export const privacyEvents = declareEvents({
  'person.handed_out': {
    en: 'Everything that is kept about this person was handed out; records: {count}.',
    cs: 'Vydáno vše, co se o této osobě uchovává; záznamů: {count}.',
  },
})
