/** Clients, contact persons and leads. The door of this module. */

export { clients } from './clients/client.ts'
export { contactClients, contacts } from './contacts/contact.ts'
export { leadEvents } from './leads/events.ts'
export { leads } from './leads/lead.ts'
