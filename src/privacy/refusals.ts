/** What an operation on a person's data can be refused. */
import { declareRefusals } from '../platform/refusal.ts'

export const refusePerson = declareRefusals({
  'person.nothing_kept': {
    status: 404,
    en: 'None of these records is there any more. Search for the person again.',
    cs: 'Žádný z těchto záznamů už neexistuje. Vyhledejte osobu znovu.',
  },
})
