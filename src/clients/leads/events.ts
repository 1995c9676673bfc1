/** What happens to a lead beside what happens to any record, as the history tells it. */
import { declareEvents } from '../../history/history.ts'

export const leadEvents = declareEvents({
  'lead.converted': { en: 'Converted into {client}.', cs: 'Převedeno na {client}.' },
  'lead.became': { en: 'Made from the lead {topic}.', cs: 'Vzniklo z leadu {topic}.' },
  'lead.conversion_undone': { en: 'The conversion was taken back.', cs: 'Převod byl vrácen.' },
})
