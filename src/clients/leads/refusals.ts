/** What a conversion of a lead can be refused. */
import { declareRefusals } from '../../platform/refusal.ts'

export const refuseLead = declareRefusals({
  'lead.converted_already': {
    status: 409,
    en: 'The lead {title} has been converted already. Take that conversion back first.',
    cs: 'Lead {title} už byl převeden. Nejprve tento převod vraťte.',
  },
  'lead.not_converted': {
    status: 409,
    en: 'The lead {title} has no conversion that could be taken back.',
    cs: 'Lead {title} nemá převod, který by šlo vrátit.',
  },
})
