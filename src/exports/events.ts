/** That records left as a file, as the history of the organisation tells it. */
import { declareEvents } from '../history/history.ts'

export const exportEvents = declareEvents({
  'records.exported': {
    en: '{kind}: exported as {format}; records: {count}.',
    cs: '{kind}: export do {format}; záznamů: {count}.',
  },
})
