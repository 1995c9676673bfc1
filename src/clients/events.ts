/** What happens to a client, as the history tells it. */
import { declareEvents } from '../history/history.ts'

export const clientEvents = declareEvents({
  'client.created': { en: 'Client added.', cs: 'Klient přidán.' },
  'client.changed': { en: 'Client changed.', cs: 'Klient změněn.' },
  'client.deleted': { en: 'Client {name} deleted.', cs: 'Klient {name} smazán.' },
})
