import { describe, expect, test } from 'vitest'
import type { SuggestibleField } from './suggest-columns.ts'
import { suggestColumns } from './suggest-columns.ts'

/** name | type | English | Czech | German | synonyms */
const CLIENT_FIELDS = `
externalId | text | External ID | Externí ID | Externe ID | id, record id, customer id, client id, account id, company id, contact id, customer number, client number, account number, kód, číslo, kód klienta, kód firmy, kód partnera, číslo klienta, číslo zákazníka, zákaznické číslo, č. zákazníka, ID klienta, ID zákazníka, ID firmy, Kundennummer, Kunden-Nr., KdNr, Kd.-Nr., Kunden-ID, Debitorennummer, Debitor
name | text | Name | Název | Name | company, company name, account name, organization name, organisation name, organization, organisation, client, client name, customer, customer name, full name, display name, business name, legal name, firma, název firmy, jméno firmy, název klienta, název společnosti, společnost, obchodní název, obchodní firma, klient, zákazník, odběratel, jméno a příjmení, celé jméno, Firmenname, Unternehmen, Kunde, Kundenname, Firmenbezeichnung
isPerson | boolean | Is a person | Fyzická osoba | Privatperson | person, is person, individual, jedná se o fyzickou osobu, je fyzická osoba, osoba, FO, natürliche Person, ist Person
firstName | text | First name | Jméno | Vorname | given name, forename, křestní jméno, jméno kontaktu
lastName | text | Last name | Příjmení | Nachname | surname, family name, Familienname, Zuname
titleBefore | text | Title before name | Titul před jménem | Titel | titul, titul před, academic title, degree, akad. Titel, akad. Grad
titleAfter | text | Title after name | Titul za jménem | Titel nachgestellt | titul za, suffix, Namenszusatz
salutation | text | Salutation | Oslovení | Anrede | greeting, Briefanrede
owner | text | Owner | Vlastník | Betreuer | account owner, company owner, record owner, client owner, customer owner, owner name, owner email, assigned to, sales rep, salesperson, account manager, obchodník, obchodní zástupce, správce, odpovědná osoba, přiřazeno, Inhaber, zuständig, Vertriebsmitarbeiter, Kundenbetreuer, Verantwortlicher
rating | enum | Rating | Rating | Bewertung | hodnocení, kategorie ABC, grade, ABC-Analyse
state | enum | State | Stav | Status | client state, account status, customer status, client status, stav klienta, stav zákazníka, Kundenstatus
role | enum | Relationship | Vztah | Beziehung | role, relation, typ vztahu, role klienta, Rolle, account type, customer type
note | multiline | Note | Poznámka | Notiz | notes, notice, comment, comments, description, remark, remarks, poznámky, popis, komentář, Bemerkung, Bemerkungen, Notizen, Kommentar, Beschreibung
flag | text | Flag | Příznak | Kennzeichen | vlajka, označení, Markierung
tags | tags | Tags | Štítky | Schlagwörter | labels, label, keywords, štítek, tagy, klíčová slova, Etiketten, Stichworte
employees | integer | Employees | Počet zaměstnanců | Mitarbeiterzahl | number of employees, employees number, employee count, no. of employees, company size, people count, zaměstnanci, Anzahl Mitarbeiter, Mitarbeiter
turnover | money | Turnover | Obrat | Umsatz | revenue, annual revenue, annual turnover, roční obrat, tržby, Jahresumsatz
regNumber | text | Registration number | IČ | Handelsregisternummer | IČO, IČ/IČO, company registration number, reg. no., company number, company id, registration no., identifikační číslo, identifikační číslo osoby, Registernummer, HRB, Firmenbuchnummer
taxNumber | text | Tax number | DIČ | USt-IdNr. | VAT number, VAT ID, VAT, VAT reg. no., VAT registration number, tax ID, TIN, daňové identifikační číslo, UID, UID-Nummer, USt-ID, Umsatzsteuer-ID, EU-UStID, UStID
taxNumber2 | text | Second tax number | IČ DPH | Steuernummer | IČDPH, IČ pre DPH, Slovak VAT number, local tax number
taxPayer | boolean | VAT payer | Plátce DPH | Umsatzsteuerpflichtig | tax payer, VAT registered, plátce, je plátce DPH, USt-pflichtig
bankAccount | text | Bank account | Bankovní účet | Bankverbindung | bank account number, IBAN, číslo účtu, bankovní spojení, účet, č. účtu, Kontonummer, Bankkonto
databox | text | Data box | Datová schránka | Datenbox | data box id, ID datové schránky, ISDS, DS
court | text | Court file | Spisová značka | Registergericht | court, court registration, zápis v OR, zápis v obchodním rejstříku, obchodní rejstřík, soud, Handelsregister, Amtsgericht
birthday | date | Birthday | Datum narození | Geburtsdatum | birth date, date of birth, DOB, narozeniny, narozen, výročí, Geburtstag
email | email | E-mail | E-mail | E-Mail | email address, mail, e-mail address, emailová adresa, e-mailová adresa, user email, contact email, business email, primary email, E-Mail-Adresse, Mailadresse
email2 | email | E-mail 2 | E-mail 2 | E-Mail 2 | secondary email, second email, další e-mail, druhý e-mail, alternative email, zweite E-Mail
phone | phone | Phone | Telefon | Telefon | phone number, telephone, telephone number, tel., tel, telefonní číslo, telefon 1, contact phone, business phone, work phone, main phone, mobile, mobile phone, cell phone, mobil, mobilní telefon, Telefonnummer, Tel.-Nr., Rufnummer, Handy, Mobiltelefon
phone2 | phone | Phone 2 | Telefon 2 | Telefon 2 | mobile, mobile phone, cell phone, other phone, secondary phone, mobil, mobilní telefon, další telefon, Handy, Mobiltelefon, Zweittelefon
fax | phone | Fax | Fax | Fax | fax number, faxové číslo, Faxnummer, Telefax
website | url | Website | Web | Webseite | www, URL, web page, homepage, website URL, web site, webové stránky, internetové stránky, web adresa, web stránka, Internet, Internetadresse, Webadresse
otherContact | text | Other contact | Jiný kontakt | Weiterer Kontakt | další kontakt, sonstige, other contact info
noMailing | boolean | No mailing | Nezasílat obchodní sdělení | Keine Werbung | do not send, do not mail, do not email, email opt out, opt out, unsubscribed, doNotSendMM, nezasílat hromadné e-maily, neposílat reklamu, nezasílat newsletter, keine Mailings, Werbesperre
facebook | text | Facebook | Facebook | Facebook | facebook page, facebook company page, facebook URL, FB
twitter | text | Twitter | Twitter | Twitter | twitter handle, twitter username, X (Twitter)
linkedin | text | LinkedIn | LinkedIn | LinkedIn | linkedin page, linkedin company page, linkedin URL, linkedin profile
instagram | text | Instagram | Instagram | Instagram | IG, instagram handle
youtube | text | YouTube | YouTube | YouTube | youtube channel
pinterest | text | Pinterest | Pinterest | Pinterest |
skype | text | Skype | Skype | Skype | skype name, skype id
billingName | text | Billing name | Název fakturační adresy | Rechnungsname | recipient, addressee
billingStreet | text | Billing street | Fakturační ulice | Rechnungsstraße | street, street address, address, address line, street and number, street/road name, street/road name of address, ulice, ulice a číslo, ulice a č.p., adresa, Straße, Strasse, Straße und Hausnummer, Str., Adresse, Anschrift
billingCity | text | Billing city | Fakturační město | Rechnungsort | city, town, locality, city/town/village/locality, město, obec, místo, Ort, Stadt
billingProvince | text | Billing province | Fakturační kraj | Rechnungsbundesland | province, region, county, state, kraj, okres, Bundesland, Provinz
billingPostalCode | text | Billing postal code | Fakturační PSČ | Rechnungs-PLZ | postal code, postcode, zip, zip code, PSČ, směrovací číslo, poštovní směrovací číslo, PLZ, Postleitzahl
billingCountry | country | Billing country | Fakturační země | Rechnungsland | country, country code, country/region, země, stát, Land, Staat, EU-Land
shippingName | text | Shipping name | Název dodací adresy | Liefername | name, recipient, company, firma, Firma
shippingStreet | text | Shipping street | Dodací ulice | Lieferstraße | street, street address, address, ulice, ulice a číslo, adresa, Straße, Adresse, Anschrift
shippingCity | text | Shipping city | Dodací město | Lieferort | city, town, město, obec, Ort, Stadt
shippingProvince | text | Shipping province | Dodací kraj | Lieferbundesland | province, region, state, kraj, okres, Bundesland
shippingPostalCode | text | Shipping postal code | Dodací PSČ | Liefer-PLZ | postal code, postcode, zip, zip code, PSČ, PLZ, Postleitzahl
shippingCountry | country | Shipping country | Dodací země | Lieferland | country, country code, země, stát, Land
shippingEmail | email | Shipping e-mail | Dodací e-mail | Liefer-E-Mail | email
shippingPhone | phone | Shipping phone | Dodací telefon | Liefertelefon | phone, telefon, tel, Telefon
`
  .trim()
  .split('\n')
  .map((line): SuggestibleField => {
    const [name = '', type = '', en = '', cs = '', de = '', synonyms = ''] = line
      .split('|')
      .map((part) => part.trim())
    return {
      name,
      type: type as SuggestibleField['type'],
      labels: { en, cs, de },
      synonyms: synonyms
        .split(',')
        .map((word) => word.trim())
        .filter((word) => word !== ''),
    }
  })

/** `header = field` pairs; a header without one must stay unassigned. */
function expectColumns(list: string, samples: Readonly<Record<string, string[]>> = {}): void {
  const expected = list
    .trim()
    .split('\n')
    .map((line) => line.split(' = ').map((part) => part.trim()))
  const suggestions = suggestColumns(
    expected.map(([name = '']) => ({ name, samples: samples[name] ?? [] })),
    CLIENT_FIELDS,
  )
  const found = expected.map(([name], at) => {
    const { field } = suggestions[at]!
    return field === null ? name : `${name} = ${field}`
  })
  expect(found).toEqual(expected.map((pair) => pair.join(' = ')))
}

describe('headers that systems export', () => {
  test('Shopify customers', () => {
    expectColumns(
      `
      Customer ID = externalId
      First Name = firstName
      Last Name = lastName
      Email = email
      Accepts Email Marketing
      Default Address Company = name
      Default Address Address1 = billingStreet
      Default Address Address2
      Default Address City = billingCity
      Default Address Province Code = billingProvince
      Default Address Country Code = billingCountry
      Default Address Zip = billingPostalCode
      Default Address Phone
      Phone = phone
      Accepts SMS Marketing
      Total Spent
      Total Orders
      Note = note
      Tax Exempt
      Tags = tags`,
      { 'Accepts Email Marketing': ['yes', 'no', 'yes'], Email: ['a@example.com', 'b@example.com'] },
    )
  })

  test('WooCommerce customers', () => {
    expectColumns(
      `
      ID = externalId
      customer_id
      user_email = email
      user_registered
      billing_first_name = firstName
      billing_last_name = lastName
      billing_company = name
      billing_address_1 = billingStreet
      billing_address_2
      billing_city = billingCity
      billing_state = billingProvince
      billing_postcode = billingPostalCode
      billing_country = billingCountry
      billing_email
      billing_phone = phone
      shipping_first_name
      shipping_last_name
      shipping_company = shippingName
      shipping_address_line1 = shippingStreet
      shipping_city = shippingCity
      shipping_postcode = shippingPostalCode
      shipping_country = shippingCountry
      total_spent
      orders`,
    )
  })

  test('HubSpot companies', () => {
    expectColumns(`
      Record ID = externalId
      Company name = name
      Company owner = owner
      Create Date
      Phone Number = phone
      Last Activity Date
      City = billingCity
      Country/Region = billingCountry
      State/Region = billingProvince
      Postal Code = billingPostalCode
      Street Address = billingStreet
      Industry
      Number of Employees = employees
      Annual Revenue = turnover
      Lifecycle Stage
      Website URL = website
      LinkedIn Company Page = linkedin
      Facebook Company Page = facebook
      Twitter Handle = twitter
      Description = note
      Time Zone
      Parent Company
      Year Founded
      Is Public`)
  })

  test('Salesforce accounts, by label and by name', () => {
    expectColumns(`
      Account ID = externalId
      Account Name = name
      Account Owner = owner
      Parent Account
      Billing Street = billingStreet
      Billing City = billingCity
      Billing State/Province = billingProvince
      Billing Zip/Postal Code = billingPostalCode
      Billing Country = billingCountry
      Shipping Street = shippingStreet
      Shipping City = shippingCity
      Shipping State/Province = shippingProvince
      Shipping Zip/Postal Code = shippingPostalCode
      Shipping Country = shippingCountry
      Phone = phone
      Fax = fax
      Website = website
      Industry
      Employees = employees
      Annual Revenue = turnover
      Rating = rating
      Description = note
      Last Activity
      Ticker Symbol
      Created Date
      Created By
      Last Modified By`)
    expectColumns(`
      Name = name
      BillingStreet = billingStreet
      BillingPostalCode = billingPostalCode
      ShippingCity = shippingCity
      NumberOfEmployees = employees
      AnnualRevenue = turnover
      IsDeleted
      LastModifiedDate
      SystemModstamp`)
  })

  test('Dynamics accounts', () => {
    expectColumns(`
      Account Name = name
      Account Number = externalId
      Primary Contact
      Main Phone = phone
      Other Phone = phone2
      Email = email
      Parent Account
      Address 1: Street 1 = billingStreet
      Address 1: City = billingCity
      Address 1: State/Province = billingProvince
      Address 1: ZIP/Postal Code = billingPostalCode
      Address 1: Country/Region = billingCountry
      Address 2: City
      Number of Employees = employees
      Credit Hold
      Do not allow Phone Calls
      Status Reason`)
  })

  test('Pipedrive organisations', () => {
    expectColumns(`
      Organization - ID = externalId
      Organization - Name = name
      Organization - Label = tags
      Organization - Owner = owner
      Organization - Street/road name of Address = billingStreet
      Organization - City/town/village/locality of Address = billingCity
      Organization - Region of Address = billingProvince
      Organization - ZIP/Postal code of Address = billingPostalCode
      Organization - Country of Address = billingCountry
      Organization - Open deals
      Organization - Next activity date
      Organization - Update time`)
  })

  test('a Czech accounting system', () => {
    expectColumns(`
      Číslo = externalId
      Firma = name
      Oddělení
      Jméno = firstName
      Ulice = billingStreet
      Obec = billingCity
      PSČ = billingPostalCode
      Stát = billingCountry
      IČ = regNumber
      DIČ = taxNumber
      IČ DPH = taxNumber2
      Dodací - firma = shippingName
      Dodací - ulice = shippingStreet
      Dodací - obec = shippingCity
      Dodací - PSČ = shippingPostalCode
      Tel. = phone
      Mobil = phone2
      Fax = fax
      E-mail = email
      WWW = website
      Splatnost
      Kód banky
      Číslo účtu = bankAccount
      Skupina
      Poznámka = note`)
  })

  test('a Czech CRM', () => {
    expectColumns(
      `
      ID klienta = externalId
      Název = name
      Titul před = titleBefore
      Příjmení = lastName
      Titul za = titleAfter
      Stav = state
      Vztah = role
      Rating = rating
      Vlastník = owner
      IČO = regNumber
      DIČ = taxNumber
      Plátce DPH = taxPayer
      Fakturační adresa - ulice = billingStreet
      Fakturační adresa - město = billingCity
      Fakturační adresa - PSČ = billingPostalCode
      Země (fakturační) = billingCountry
      Město dodací = shippingCity
      Telefon 1 = phone
      Telefon 2 = phone2
      E-maily = email
      E-mail 2 = email2
      Webové stránky = website
      Obor
      Obrat (Kč) = turnover
      Počet zaměstnanců = employees
      Datum narození = birthday
      Spisová značka = court
      Datová schránka = databox
      Štítky = tags
      Nezasílat obchodní sdělení = noMailing
      Založil
      Datum vytvoření`,
      { Vlastník: ['jan@example.com', 'eva@example.com'] },
    )
  })

  test('a German accounting system', () => {
    expectColumns(`
      Kunden-Nr. = externalId
      Name (Adressattyp Unternehmen) = name
      Unternehmensgegenstand
      Vorname = firstName
      Nachname = lastName
      Kurzbezeichnung
      EU-UStID = taxNumber
      Anrede = salutation
      Titel/Akad. Grad = titleBefore
      Adressart
      Straße = billingStreet
      Postfach
      Postleitzahl = billingPostalCode
      Ort = billingCity
      Land = billingCountry
      Telefon = phone
      Bemerkung (Telefon)
      E-Mail = email
      Internet = website
      Fax = fax
      Bankleitzahl
      IBAN = bankAccount
      Lieferanschrift Ort = shippingCity
      Liefer-PLZ = shippingPostalCode
      Lieferant
      Lieferbedingung
      Zahlungsbedingung`)
  })
})

describe('headers that mean something else', () => {
  test('stay unassigned', () => {
    expectColumns(`
      Contact Name
      Partner email
      Created date
      Invoice number
      Order number
      Lieferant
      Status objednávky
      Email Opt In
      Phone verified
      Marketing consent
      Country of origin
      VAT rate
      Kontrakt
      Cena
      Number
      Číslo popisné
      Kontaktní osoba
      Telefon kontaktní osoby
      Website visits
      Title
      Job title
      Type
      Datum
      Account
      Last contacted
      Parent account name
      Name 2
      PLZ/Ort
      IČO/DIČ
      SWIFT
      Ansprechpartner
      Customer since`)
  })
})
