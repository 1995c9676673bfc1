/** The fields of a lead: somebody who may become a client. Names and meaning follow the RAYNET "Lead" (RN). */
import { declareAddress, declareFieldsWith, declareOption } from '../../kinds/declare-fields.ts'
import type { FieldDeclaration, Section } from '../../kinds/kinds.ts'
import { clientAttributes } from '../contacts/contact-fields.ts'
import { leadSynonyms } from './lead-synonyms.ts'

const sections = {
  lead: { name: 'lead', labels: { en: 'Lead', cs: 'Lead', de: 'Lead' } },
  company: { name: 'company', labels: { en: 'Company', cs: 'Firma', de: 'Firma' } },
  person: { name: 'person', labels: { en: 'Person', cs: 'Osoba', de: 'Person' } },
  contact: { name: 'contact', labels: { en: 'Contact', cs: 'Spojení', de: 'Kontakt' } },
  address: { name: 'address', labels: { en: 'Address', cs: 'Adresa', de: 'Adresse' } },
  social: { name: 'social', labels: { en: 'Social networks', cs: 'Sociální sítě', de: 'Soziale Netzwerke' } },
} as const satisfies Record<string, Section>

const field = declareFieldsWith(leadSynonyms)

const priorities = [
  declareOption('minor', { en: 'Minor', cs: 'Nízká', de: 'Niedrig' }, [
    'MINOR',
    'low',
    'cold',
    'malá',
    'gering',
  ]),
  declareOption('normal', { en: 'Normal', cs: 'Běžná', de: 'Normal' }, [
    'DEFAULT',
    'medium',
    'warm',
    'střední',
    'mittel',
  ]),
  declareOption('critical', { en: 'Critical', cs: 'Vysoká', de: 'Hoch' }, [
    'CRITICAL',
    'high',
    'urgent',
    'hot',
    'kritická',
  ]),
]

const states = [
  declareOption('open', { en: 'Open', cs: 'Otevřený', de: 'Offen' }, [
    'new',
    'working',
    'contacted',
    'nový',
    'neu',
  ]),
  declareOption('converted', { en: 'Converted', cs: 'Převedený', de: 'Umgewandelt' }, [
    'won',
    'qualified',
    'converted',
  ]),
  declareOption('lost', { en: 'Lost', cs: 'Ztracený', de: 'Verloren' }, [
    'unqualified',
    'closed',
    'nezájem',
    'disqualified',
  ]),
]

const addressLabels = {
  Street: ['Street', 'Ulice', 'Straße'],
  City: ['City', 'Město', 'Ort'],
  Province: ['Province', 'Kraj', 'Bundesland'],
  PostalCode: ['Postal code', 'PSČ', 'Postleitzahl'],
  Country: ['Country', 'Země', 'Land'],
} as const

const { lead, company, person, contact, social } = sections

export const leadFields: readonly FieldDeclaration[] = [
  field(lead, 'topic', 'text', ['Topic', 'Předmět', 'Betreff'], { required: true }),
  field(lead, 'externalId', 'text', ['External id', 'Externí id', 'Externe ID'], { unique: true }),
  field(lead, 'state', 'enum', ['State', 'Stav', 'Status'], { options: states }),
  field(lead, 'priority', 'enum', ['Priority', 'Priorita', 'Priorität'], { options: priorities }),
  field(lead, 'phase', 'enum', ['Phase', 'Fáze', 'Phase'], { codeList: 'leadPhase' }),
  field(lead, 'owner', 'text', ['Owner', 'Vlastník', 'Zuständig'], {
    reference: { kind: 'people', by: ['email', 'name', 'externalId'] },
  }),
  field(lead, 'contactSource', 'enum', ['Source of contact', 'Zdroj kontaktu', 'Kontaktquelle'], {
    codeList: 'contactSource',
  }),
  field(lead, 'category', 'enum', ['Category', 'Kategorie', 'Kategorie'], { codeList: 'leadCategory' }),
  field(lead, 'territory', 'enum', ['Territory', 'Teritorium', 'Gebiet'], { codeList: 'territory' }),
  field(lead, 'tags', 'tags', ['Tags', 'Štítky', 'Schlagwörter'], { maxLength: 100 }),
  field(lead, 'note', 'multiline', ['Note', 'Poznámka', 'Notiz'], { maxLength: 10_000 }),
  field(lead, 'client', 'text', ['Client', 'Klient', 'Kunde'], {
    reference: { kind: 'clients', by: clientAttributes },
  }),
  field(lead, 'contact', 'text', ['Contact person', 'Kontaktní osoba', 'Kontaktperson'], {
    reference: { kind: 'contacts', by: ['externalId', 'email', 'name'] },
  }),
  field(company, 'companyName', 'text', ['Company name', 'Název firmy', 'Firmenname']),
  field(company, 'regNumber', 'text', ['Registration number', 'IČ', 'Handelsregisternummer'], {
    maxLength: 50,
  }),
  field(company, 'taxNumber', 'text', ['Tax number', 'DIČ', 'USt-IdNr.'], { maxLength: 50 }),
  field(person, 'titleBefore', 'text', ['Title before name', 'Titul před jménem', 'Titel vor dem Namen'], {
    maxLength: 50,
  }),
  field(person, 'firstName', 'text', ['First name', 'Jméno', 'Vorname']),
  field(person, 'lastName', 'text', ['Last name', 'Příjmení', 'Nachname']),
  field(person, 'titleAfter', 'text', ['Title after name', 'Titul za jménem', 'Titel nach dem Namen'], {
    maxLength: 50,
  }),
  field(person, 'position', 'text', ['Position', 'Pozice', 'Position']),
  field(contact, 'email', 'email', ['E-mail', 'E-mail', 'E-Mail']),
  field(contact, 'email2', 'email', ['Second e-mail', 'E-mail 2', 'Zweite E-Mail']),
  field(contact, 'phone', 'phone', ['Phone', 'Telefon', 'Telefon']),
  field(contact, 'phone2', 'phone', ['Second phone', 'Telefon 2', 'Zweites Telefon']),
  field(contact, 'fax', 'text', ['Fax', 'Fax', 'Fax'], { maxLength: 50 }),
  field(contact, 'website', 'url', ['Website', 'Web', 'Webseite']),
  field(contact, 'otherContact', 'text', ['Other contact', 'Jiné spojení', 'Weiterer Kontakt']),
  field(contact, 'noMailing', 'boolean', ['No mailings', 'Nezasílat hromadné e-maily', 'Keine Mailings']),
  ...declareAddress(field, sections.address, 'address', addressLabels),
  field(social, 'facebook', 'text', ['Facebook', 'Facebook', 'Facebook']),
  field(social, 'twitter', 'text', ['X (Twitter)', 'X (Twitter)', 'X (Twitter)']),
  field(social, 'linkedin', 'text', ['LinkedIn', 'LinkedIn', 'LinkedIn']),
  field(social, 'instagram', 'text', ['Instagram', 'Instagram', 'Instagram']),
  field(social, 'youtube', 'text', ['YouTube', 'YouTube', 'YouTube']),
  field(social, 'pinterest', 'text', ['Pinterest', 'Pinterest', 'Pinterest']),
  field(social, 'skype', 'text', ['Skype', 'Skype', 'Skype']),
]
