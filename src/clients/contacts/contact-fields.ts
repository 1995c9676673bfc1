/**
 * The fields of a contact person: somebody at a client. Names and meaning follow the RAYNET "Kontaktní osoba" (RN).
 * `client` is the main client; further ones are records of the kind `contactClients`.
 */
import { declareAddress, declareFieldsWith, declareOption } from '../../kinds/declare-fields.ts'
import type { FieldDeclaration, Section } from '../../kinds/kinds.ts'
import { contactSynonyms } from './contact-synonyms.ts'

const sections = {
  identity: { name: 'identity', labels: { en: 'Identity', cs: 'Základní údaje', de: 'Stammdaten' } },
  position: { name: 'position', labels: { en: 'At the client', cs: 'U klienta', de: 'Beim Kunden' } },
  contact: { name: 'contact', labels: { en: 'Contact', cs: 'Spojení', de: 'Kontakt' } },
  private: {
    name: 'private',
    labels: { en: 'Private address', cs: 'Soukromá adresa', de: 'Privatadresse' },
  },
  social: { name: 'social', labels: { en: 'Social networks', cs: 'Sociální sítě', de: 'Soziale Netzwerke' } },
} as const satisfies Record<string, Section>

const field = declareFieldsWith(contactSynonyms)

const genders = [
  declareOption('male', { en: 'Male', cs: 'Muž', de: 'Männlich' }, [
    'MALE',
    'M',
    'man',
    'mr',
    'pan',
    'Herr',
    'Mann',
  ]),
  declareOption('female', { en: 'Female', cs: 'Žena', de: 'Weiblich' }, [
    'FEMALE',
    'F',
    'W',
    'woman',
    'mrs',
    'ms',
    'paní',
    'Frau',
  ]),
  declareOption('other', { en: 'Other', cs: 'Jiné', de: 'Divers' }, ['D', 'X', 'non-binary', 'neutral']),
]

const addressLabels = {
  Street: ['Private street', 'Soukromá ulice', 'Privatstraße'],
  City: ['Private city', 'Soukromé město', 'Privatort'],
  Province: ['Private province', 'Soukromý kraj', 'Privatbundesland'],
  PostalCode: ['Private postal code', 'Soukromé PSČ', 'Private PLZ'],
  Country: ['Private country', 'Soukromá země', 'Privatland'],
} as const

/** By what a client can be named, the surest first. */
export const clientAttributes = ['externalId', 'regNumber', 'name', 'email', 'taxNumber'] as const

const { identity, position, contact, social } = sections

export const contactFields: readonly FieldDeclaration[] = [
  // Filled from the parts, or from what else there is, where it is blank (see the migration): as long as all of them.
  field(identity, 'name', 'text', ['Full name', 'Celé jméno', 'Vollständiger Name'], { maxLength: 700 }),
  field(identity, 'titleBefore', 'text', ['Title before name', 'Titul před jménem', 'Titel vor dem Namen'], {
    maxLength: 50,
  }),
  field(identity, 'firstName', 'text', ['First name', 'Jméno', 'Vorname']),
  field(identity, 'lastName', 'text', ['Last name', 'Příjmení', 'Nachname'], {
    requiredIf: { field: 'name', values: [''] },
  }),
  field(identity, 'titleAfter', 'text', ['Title after name', 'Titul za jménem', 'Titel nach dem Namen'], {
    maxLength: 50,
  }),
  field(identity, 'externalId', 'text', ['External id', 'Externí id', 'Externe ID'], { unique: true }),
  field(identity, 'salutation', 'text', ['Salutation', 'Oslovení', 'Anrede']),
  field(identity, 'gender', 'enum', ['Gender', 'Pohlaví', 'Geschlecht'], { options: genders }),
  field(identity, 'birthday', 'date', ['Birthday', 'Datum narození', 'Geburtstag']),
  field(identity, 'language', 'enum', ['Language', 'Jazyk', 'Sprache'], { codeList: 'language' }),
  field(identity, 'maritalStatus', 'enum', ['Marital status', 'Rodinný stav', 'Familienstand'], {
    codeList: 'maritalStatus',
  }),
  field(identity, 'tags', 'tags', ['Tags', 'Štítky', 'Schlagwörter'], { maxLength: 100 }),
  field(identity, 'note', 'multiline', ['Note', 'Poznámka', 'Notiz'], { maxLength: 10_000 }),
  field(position, 'client', 'text', ['Client', 'Klient', 'Kunde'], {
    reference: { kind: 'clients', by: clientAttributes },
  }),
  field(position, 'position', 'text', ['Position', 'Pozice', 'Position']),
  field(position, 'department', 'text', ['Department', 'Oddělení', 'Abteilung']),
  field(position, 'isKeyPerson', 'boolean', ['Key person', 'Klíčová osoba', 'Schlüsselperson']),
  field(position, 'owner', 'text', ['Owner', 'Vlastník', 'Zuständig'], {
    reference: { kind: 'people', by: ['email', 'name', 'externalId'] },
  }),
  field(position, 'category', 'enum', ['Category', 'Kategorie', 'Kategorie'], {
    codeList: 'contactCategory',
  }),
  field(position, 'contactSource', 'enum', ['Source of contact', 'Zdroj kontaktu', 'Kontaktquelle'], {
    codeList: 'contactSource',
  }),
  field(position, 'classification1', 'enum', ['Classification 1', 'Klasifikace 1', 'Klassifikation 1'], {
    codeList: 'contactClassification1',
  }),
  field(position, 'classification2', 'enum', ['Classification 2', 'Klasifikace 2', 'Klassifikation 2'], {
    codeList: 'contactClassification2',
  }),
  field(position, 'classification3', 'enum', ['Classification 3', 'Klasifikace 3', 'Klassifikation 3'], {
    codeList: 'contactClassification3',
  }),
  field(contact, 'email', 'email', ['E-mail', 'E-mail', 'E-Mail']),
  field(contact, 'email2', 'email', ['Second e-mail', 'E-mail 2', 'Zweite E-Mail']),
  field(contact, 'phone', 'phone', ['Phone', 'Telefon', 'Telefon']),
  field(contact, 'phone2', 'phone', ['Second phone', 'Telefon 2', 'Zweites Telefon']),
  field(contact, 'fax', 'text', ['Fax', 'Fax', 'Fax'], { maxLength: 50 }),
  field(contact, 'website', 'url', ['Website', 'Web', 'Webseite']),
  field(contact, 'otherContact', 'text', ['Other contact', 'Jiné spojení', 'Weiterer Kontakt']),
  field(contact, 'noMailing', 'boolean', ['No mailings', 'Nezasílat hromadné e-maily', 'Keine Mailings']),
  ...declareAddress(field, sections.private, 'private', addressLabels),
  field(social, 'facebook', 'text', ['Facebook', 'Facebook', 'Facebook']),
  field(social, 'twitter', 'text', ['X (Twitter)', 'X (Twitter)', 'X (Twitter)']),
  field(social, 'linkedin', 'text', ['LinkedIn', 'LinkedIn', 'LinkedIn']),
  field(social, 'instagram', 'text', ['Instagram', 'Instagram', 'Instagram']),
  field(social, 'youtube', 'text', ['YouTube', 'YouTube', 'YouTube']),
  field(social, 'pinterest', 'text', ['Pinterest', 'Pinterest', 'Pinterest']),
  field(social, 'skype', 'text', ['Skype', 'Skype', 'Skype']),
]
