/** A contact person at one more client than the main one: where, as what, and whether a key person there. */
import { declareFieldsWith, synonymList as words } from '../../kinds/declare-fields.ts'
import type { FieldDeclaration, Section } from '../../kinds/kinds.ts'
import { clientAttributes } from './contact-fields.ts'
import { contactSynonyms } from './contact-synonyms.ts'

const relation: Section = {
  name: 'relation',
  labels: { en: 'Relation', cs: 'Vztah', de: 'Beziehung' },
}

const field = declareFieldsWith({
  contact: words(`
    Contact person | contact | contact id | person | contact email | kontaktní osoba | kontakt | osoba |
    ID kontaktu | Ansprechpartner | Kontaktperson | Kontakt-ID`),
  client: contactSynonyms['client']!,
  position: contactSynonyms['position']!,
  isKeyPerson: contactSynonyms['isKeyPerson']!,
  note: contactSynonyms['note']!,
  externalId: words('External ID | relation id | Externí ID | ID vztahu | Beziehungs-ID'),
})

export const contactClientFields: readonly FieldDeclaration[] = [
  field(relation, 'contact', 'text', ['Contact person', 'Kontaktní osoba', 'Kontaktperson'], {
    required: true,
    reference: { kind: 'contacts', by: ['externalId', 'email', 'name'] },
  }),
  field(relation, 'client', 'text', ['Client', 'Klient', 'Kunde'], {
    required: true,
    reference: { kind: 'clients', by: clientAttributes },
  }),
  field(relation, 'position', 'text', ['Position', 'Pozice', 'Position']),
  field(relation, 'isKeyPerson', 'boolean', ['Key person', 'Klíčová osoba', 'Schlüsselperson']),
  field(relation, 'note', 'multiline', ['Note', 'Poznámka', 'Notiz'], { maxLength: 2000 }),
  field(relation, 'externalId', 'text', ['External id', 'Externí id', 'Externe ID'], { unique: true }),
]
