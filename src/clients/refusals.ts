/** What an operation on clients can be refused. */
import { declareRefusals } from '../platform/refusal.ts'

export const refuseClient = declareRefusals({
  'client.not_found': { status: 404, en: 'There is no client {id}.', cs: 'Klient {id} neexistuje.' },
  'client.invalid': { status: 422, en: '{field}: {problem}', cs: '{field}: {problem}' },
  'client.changed_meanwhile': {
    status: 409,
    en: '{name} has changed this client meanwhile. Load it again and repeat your change.',
    cs: '{name} mezitím tohoto klienta změnil(a). Načtěte jej znovu a změnu zopakujte.',
  },
  'client.external_id_taken': {
    status: 409,
    en: 'Another client has the external id {value} already.',
    cs: 'Externí id {value} už má jiný klient.',
  },
})
