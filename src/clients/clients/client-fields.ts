/**
 * The fields of a client: a company or person we do business with. Names and meaning follow the RAYNET
 * "Klient" (RN), its code lists maintained by the organisation, plus external id, flag, tags and two addresses.
 */
import { declareAddress, declareFieldsWith, declareOption } from '../../kinds/declare-fields.ts'
import type { FieldDeclaration, Section } from '../../kinds/kinds.ts'
import { clientSynonyms } from './client-synonyms.ts'

const sections = {
  identity: { name: 'identity', labels: { en: 'Identity', cs: 'Základní údaje', de: 'Stammdaten' } },
  business: { name: 'business', labels: { en: 'Relationship', cs: 'Obchodní vztah', de: 'Beziehung' } },
  registration: {
    name: 'registration',
    labels: { en: 'Registration and tax', cs: 'Registrace a daně', de: 'Register und Steuern' },
  },
  contact: { name: 'contact', labels: { en: 'Contact', cs: 'Spojení', de: 'Kontakt' } },
  billing: {
    name: 'billing',
    labels: { en: 'Billing address', cs: 'Fakturační adresa', de: 'Rechnungsadresse' },
  },
  shipping: {
    name: 'shipping',
    labels: { en: 'Shipping address', cs: 'Dodací adresa', de: 'Lieferadresse' },
  },
  social: { name: 'social', labels: { en: 'Social networks', cs: 'Sociální sítě', de: 'Soziale Netzwerke' } },
} as const satisfies Record<string, Section>

const field = declareFieldsWith(clientSynonyms)
const option = declareOption

const ratings = [
  option('A', { en: 'A', cs: 'A', de: 'A' }, ['hot', 'VIP', 'vysoký', 'hoch']),
  option('B', { en: 'B', cs: 'B', de: 'B' }, ['warm', 'střední', 'mittel']),
  option('C', { en: 'C', cs: 'C', de: 'C' }, ['cold', 'nízký', 'niedrig']),
]

const states = [
  option('potential', { en: 'Potential', cs: 'Potenciální', de: 'Potenziell' }, [
    'A_POTENTIAL',
    'prospect',
    'lead',
    'zájemce',
    'Interessent',
    'potentiell',
  ]),
  option('actual', { en: 'Current', cs: 'Aktuální', de: 'Aktuell' }, [
    'B_ACTUAL',
    'actual',
    'active',
    'aktivní',
    'aktiv',
    'Kunde',
    'zákazník',
  ]),
  option('deferred', { en: 'Deferred', cs: 'Odložený', de: 'Zurückgestellt' }, [
    'C_DEFERRED',
    'on hold',
    'pozastavený',
    'inactive',
    'neaktivní',
    'inaktiv',
    'ruhend',
  ]),
  option('unattractive', { en: 'Unattractive', cs: 'Nezajímavý', de: 'Uninteressant' }, [
    'D_UNATTRACTIVE',
    'lost',
    'not interested',
    'ztracený',
    'unattraktiv',
  ]),
]

const clientRoles = [
  option('customer', { en: 'Customer', cs: 'Odběratel', de: 'Kunde' }, [
    'A_SUBSCRIBER',
    'subscriber',
    'client',
    'zákazník',
    'klient',
    'buyer',
    'Abnehmer',
    'Debitor',
  ]),
  option('partner', { en: 'Partner', cs: 'Partner', de: 'Partner' }, [
    'B_PARTNER',
    'reseller',
    'obchodní partner',
    'Wiederverkäufer',
    'Händler',
  ]),
  option('supplier', { en: 'Supplier', cs: 'Dodavatel', de: 'Lieferant' }, [
    'C_SUPPLIER',
    'vendor',
    'Kreditor',
  ]),
  option('competitor', { en: 'Competitor', cs: 'Konkurent', de: 'Wettbewerber' }, [
    'D_RIVAL',
    'rival',
    'konkurence',
    'Konkurrent',
    'Mitbewerber',
  ]),
]

const { identity, business, registration, contact, social } = sections

const billingLabels = {
  Name: ['Billing name', 'Název fakturační adresy', 'Rechnungsname'],
  Street: ['Billing street', 'Fakturační ulice', 'Rechnungsstraße'],
  City: ['Billing city', 'Fakturační město', 'Rechnungsort'],
  Province: ['Billing province', 'Fakturační kraj', 'Rechnungsbundesland'],
  PostalCode: ['Billing postal code', 'Fakturační PSČ', 'Rechnungs-PLZ'],
  Country: ['Billing country', 'Fakturační země', 'Rechnungsland'],
} as const

const shippingLabels = {
  Name: ['Shipping name', 'Název dodací adresy', 'Liefername'],
  Street: ['Shipping street', 'Dodací ulice', 'Lieferstraße'],
  City: ['Shipping city', 'Dodací město', 'Lieferort'],
  Province: ['Shipping province', 'Dodací kraj', 'Lieferbundesland'],
  PostalCode: ['Shipping postal code', 'Dodací PSČ', 'Liefer-PLZ'],
  Country: ['Shipping country', 'Dodací země', 'Lieferland'],
} as const

export const clientFields: readonly FieldDeclaration[] = [
  field(identity, 'name', 'text', ['Name', 'Název', 'Name'], { required: true }),
  field(identity, 'externalId', 'text', ['External id', 'Externí id', 'Externe ID'], { unique: true }),
  field(identity, 'isPerson', 'boolean', ['Is a person', 'Jedná se o fyzickou osobu', 'Ist eine Person']),
  field(identity, 'titleBefore', 'text', ['Title before name', 'Titul před jménem', 'Titel vor dem Namen'], {
    maxLength: 50,
  }),
  field(identity, 'firstName', 'text', ['First name', 'Jméno', 'Vorname']),
  field(identity, 'lastName', 'text', ['Last name', 'Příjmení', 'Nachname'], {
    requiredIf: { field: 'isPerson', values: ['t'] },
  }),
  field(identity, 'titleAfter', 'text', ['Title after name', 'Titul za jménem', 'Titel nach dem Namen'], {
    maxLength: 50,
  }),
  field(identity, 'salutation', 'text', ['Salutation', 'Oslovení', 'Anrede']),
  field(identity, 'birthday', 'date', ['Birthday', 'Datum narození', 'Geburtstag']),
  field(identity, 'flag', 'text', ['Flag', 'Upozornění', 'Hinweis']),
  field(identity, 'tags', 'tags', ['Tags', 'Štítky', 'Schlagwörter'], { maxLength: 100 }),
  field(identity, 'note', 'multiline', ['Note', 'Poznámka', 'Notiz'], { maxLength: 10_000 }),
  field(business, 'owner', 'text', ['Owner', 'Vlastník', 'Zuständig'], {
    reference: { kind: 'people', by: ['email', 'name'] },
  }),
  field(business, 'rating', 'enum', ['Rating', 'Rating', 'Bewertung'], { options: ratings }),
  field(business, 'state', 'enum', ['State', 'Stav', 'Status'], { options: states }),
  field(business, 'role', 'enum', ['Relationship', 'Vztah', 'Beziehung'], { options: clientRoles }),
  field(business, 'category', 'enum', ['Category', 'Kategorie', 'Kategorie'], { codeList: 'category' }),
  field(business, 'contactSource', 'enum', ['Source of contact', 'Zdroj kontaktu', 'Kontaktquelle'], {
    codeList: 'contactSource',
  }),
  field(business, 'economicActivity', 'enum', ['Line of business', 'Obor', 'Branche'], {
    codeList: 'economicActivity',
  }),
  field(business, 'territory', 'enum', ['Territory', 'Teritorium', 'Gebiet'], { codeList: 'territory' }),
  field(business, 'paymentTerm', 'enum', ['Payment term', 'Splatnost', 'Zahlungsziel'], {
    codeList: 'paymentTerm',
  }),
  field(business, 'classification1', 'enum', ['Classification 1', 'Klasifikace 1', 'Klassifikation 1'], {
    codeList: 'classification1',
  }),
  field(business, 'classification2', 'enum', ['Classification 2', 'Klasifikace 2', 'Klassifikation 2'], {
    codeList: 'classification2',
  }),
  field(business, 'classification3', 'enum', ['Classification 3', 'Klasifikace 3', 'Klassifikation 3'], {
    codeList: 'classification3',
  }),
  field(business, 'employees', 'integer', ['Employees', 'Počet zaměstnanců', 'Mitarbeiter'], {
    min: 0,
    max: 100_000_000,
  }),
  field(business, 'turnover', 'money', ['Turnover', 'Obrat', 'Umsatz']),
  field(registration, 'legalForm', 'enum', ['Legal form', 'Právní forma', 'Rechtsform'], {
    codeList: 'legalForm',
  }),
  field(registration, 'regNumber', 'text', ['Registration number', 'IČ', 'Handelsregisternummer'], {
    maxLength: 50,
  }),
  field(registration, 'taxNumber', 'text', ['Tax number', 'DIČ', 'USt-IdNr.'], { maxLength: 50 }),
  field(registration, 'taxNumber2', 'text', ['Second tax number', 'IČ DPH', 'Steuernummer'], {
    maxLength: 50,
  }),
  field(registration, 'taxPayer', 'boolean', ['Pays VAT', 'Plátce DPH', 'Umsatzsteuerpflichtig']),
  field(registration, 'bankAccount', 'text', ['Bank account', 'Bankovní účet', 'Bankverbindung'], {
    maxLength: 100,
  }),
  field(registration, 'databox', 'text', ['Data box', 'Datová schránka', 'Datenbox'], { maxLength: 50 }),
  field(registration, 'court', 'text', ['Court file', 'Spisová značka', 'Registergericht']),
  field(contact, 'email', 'email', ['E-mail', 'E-mail', 'E-Mail']),
  field(contact, 'email2', 'email', ['Second e-mail', 'E-mail 2', 'Zweite E-Mail']),
  field(contact, 'phone', 'phone', ['Phone', 'Telefon', 'Telefon']),
  field(contact, 'phone2', 'phone', ['Second phone', 'Telefon 2', 'Zweites Telefon']),
  field(contact, 'fax', 'text', ['Fax', 'Fax', 'Fax'], { maxLength: 50 }),
  field(contact, 'website', 'url', ['Website', 'Web', 'Webseite']),
  field(contact, 'otherContact', 'text', ['Other contact', 'Jiné spojení', 'Weiterer Kontakt']),
  field(contact, 'noMailing', 'boolean', ['No mailings', 'Nezasílat hromadné e-maily', 'Keine Mailings']),
  ...declareAddress(field, sections.billing, 'billing', billingLabels),
  ...declareAddress(field, sections.shipping, 'shipping', shippingLabels),
  field(sections.shipping, 'shippingEmail', 'email', [
    'Shipping e-mail',
    'E-mail (dodací)',
    'E-Mail (Lieferung)',
  ]),
  field(sections.shipping, 'shippingPhone', 'phone', [
    'Shipping phone',
    'Telefon (dodací)',
    'Telefon (Lieferung)',
  ]),
  field(social, 'facebook', 'text', ['Facebook', 'Facebook', 'Facebook']),
  field(social, 'twitter', 'text', ['X (Twitter)', 'X (Twitter)', 'X (Twitter)']),
  field(social, 'linkedin', 'text', ['LinkedIn', 'LinkedIn', 'LinkedIn']),
  field(social, 'instagram', 'text', ['Instagram', 'Instagram', 'Instagram']),
  field(social, 'youtube', 'text', ['YouTube', 'YouTube', 'YouTube']),
  field(social, 'pinterest', 'text', ['Pinterest', 'Pinterest', 'Pinterest']),
  field(social, 'skype', 'text', ['Skype', 'Skype', 'Skype']),
]
