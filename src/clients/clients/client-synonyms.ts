/** What old systems call the columns of a client: English, Czech and German, compared without case, accents and plural. */
import { synonymList as words } from '../../kinds/declare-fields.ts'

export const clientSynonyms: Readonly<Record<string, readonly string[]>> = {
  externalId: words(`
    External ID | Externí ID | Externe ID | id | record id | customer id | client id | account id |
    company id | contact id | customer number | client number | account number | kód | číslo |
    kód klienta | kód firmy | kód partnera | číslo klienta | číslo zákazníka | zákaznické číslo |
    č. zákazníka | ID klienta | ID zákazníka | ID firmy | Kundennummer | Kunden-Nr. | KdNr | Kd.-Nr. |
    Kunden-ID | Debitorennummer | Debitor`),
  name: words(`
    Name | Název | company | company name | account name | organization name | organisation name |
    organization | organisation | client | client name | customer | customer name | full name |
    display name | business name | legal name | firma | název firmy | jméno firmy | název klienta |
    název společnosti | společnost | obchodní název | obchodní firma | klient | zákazník | odběratel |
    jméno a příjmení | celé jméno | Firmenname | Unternehmen | Kunde | Kundenname |
    Firmenbezeichnung`),
  isPerson: words(`
    Is a person | Fyzická osoba | Privatperson | person | is person | individual |
    jedná se o fyzickou osobu | je fyzická osoba | osoba | FO | natürliche Person | ist Person`),
  firstName: words('First name | Jméno | Vorname | given name | forename | křestní jméno | jméno kontaktu'),
  lastName: words('Last name | Příjmení | Nachname | surname | family name | Familienname | Zuname'),
  titleBefore: words(`
    Title before name | Titul před jménem | Titel | titul | titul před | academic title | degree |
    akad. Titel | akad. Grad`),
  titleAfter: words(
    'Title after name | Titul za jménem | Titel nachgestellt | titul za | suffix | Namenszusatz',
  ),
  salutation: words('Salutation | Oslovení | Anrede | greeting | Briefanrede'),
  owner: words(`
    Owner | Vlastník | Betreuer | account owner | company owner | record owner | client owner |
    customer owner | owner name | owner email | assigned to | sales rep | salesperson |
    account manager | obchodník | obchodní zástupce | správce | odpovědná osoba | přiřazeno |
    Inhaber | zuständig | Vertriebsmitarbeiter | Kundenbetreuer | Verantwortlicher`),
  rating: words('Rating | Bewertung | hodnocení | kategorie ABC | grade | ABC-Analyse'),
  state: words(`
    State | Stav | Status | client state | account status | customer status | client status |
    stav klienta | stav zákazníka | Kundenstatus`),
  role: words(`
    Relationship | Vztah | Beziehung | role | relation | typ vztahu | role klienta | Rolle |
    account type | customer type`),
  note: words(`
    Note | Poznámka | Notiz | notes | notice | comment | comments | description | remark | remarks |
    poznámky | popis | komentář | Bemerkung | Bemerkungen | Notizen | Kommentar | Beschreibung`),
  flag: words('Flag | Příznak | Kennzeichen | vlajka | označení | Markierung'),
  tags: words(`
    Tags | Štítky | Schlagwörter | labels | label | keywords | štítek | tagy | klíčová slova |
    Etiketten | Stichworte`),
  employees: words(`
    Employees | Počet zaměstnanců | Mitarbeiterzahl | number of employees | employees number |
    employee count | no. of employees | company size | people count | zaměstnanci |
    Anzahl Mitarbeiter | Mitarbeiter`),
  turnover: words(`
    Turnover | Obrat | Umsatz | revenue | annual revenue | annual turnover | roční obrat | tržby |
    Jahresumsatz`),
  regNumber: words(`
    Registration number | IČ | Handelsregisternummer | IČO | IČ/IČO | company registration number |
    reg. no. | company number | company id | registration no. | identifikační číslo |
    identifikační číslo osoby | Registernummer | HRB | Firmenbuchnummer`),
  taxNumber: words(`
    Tax number | DIČ | USt-IdNr. | VAT number | VAT ID | VAT | VAT reg. no. |
    VAT registration number | tax ID | TIN | daňové identifikační číslo | UID | UID-Nummer | USt-ID |
    Umsatzsteuer-ID | EU-UStID | UStID`),
  taxNumber2: words(`
    Second tax number | IČ DPH | Steuernummer | IČDPH | IČ pre DPH | Slovak VAT number |
    local tax number`),
  taxPayer: words(`
    VAT payer | Plátce DPH | Umsatzsteuerpflichtig | tax payer | VAT registered | plátce |
    je plátce DPH | USt-pflichtig`),
  bankAccount: words(`
    Bank account | Bankovní účet | Bankverbindung | bank account number | IBAN | číslo účtu |
    bankovní spojení | účet | č. účtu | Kontonummer | Bankkonto`),
  databox: words('Data box | Datová schránka | Datenbox | data box id | ID datové schránky | ISDS | DS'),
  court: words(`
    Court file | Spisová značka | Registergericht | court | court registration | zápis v OR |
    zápis v obchodním rejstříku | obchodní rejstřík | soud | Handelsregister | Amtsgericht`),
  birthday: words(`
    Birthday | Datum narození | Geburtsdatum | birth date | date of birth | DOB | narozeniny |
    narozen | výročí | Geburtstag`),
  email: words(`
    E-mail | E-Mail | email address | mail | e-mail address | emailová adresa | e-mailová adresa |
    user email | contact email | business email | primary email | E-Mail-Adresse | Mailadresse`),
  email2: words(`
    E-mail 2 | E-Mail 2 | secondary email | second email | další e-mail | druhý e-mail |
    alternative email | zweite E-Mail`),
  phone: words(`
    Phone | Telefon | phone number | telephone | telephone number | tel. | tel | telefonní číslo |
    telefon 1 | contact phone | business phone | work phone | main phone | mobile | mobile phone |
    cell phone | mobil | mobilní telefon | Telefonnummer | Tel.-Nr. | Rufnummer | Handy |
    Mobiltelefon`),
  phone2: words(`
    Phone 2 | Telefon 2 | mobile | mobile phone | cell phone | other phone | secondary phone | mobil |
    mobilní telefon | další telefon | Handy | Mobiltelefon | Zweittelefon`),
  fax: words('Fax | fax number | faxové číslo | Faxnummer | Telefax'),
  website: words(`
    Website | Web | Webseite | www | URL | web page | homepage | website URL | web site |
    webové stránky | internetové stránky | web adresa | web stránka | Internet | Internetadresse |
    Webadresse`),
  otherContact: words(
    'Other contact | Jiný kontakt | Weiterer Kontakt | další kontakt | sonstige | other contact info',
  ),
  noMailing: words(`
    No mailing | Nezasílat obchodní sdělení | Keine Werbung | do not send | do not mail |
    do not email | email opt out | opt out | unsubscribed | doNotSendMM | nezasílat hromadné e-maily |
    neposílat reklamu | nezasílat newsletter | keine Mailings | Werbesperre`),
  category: words(
    'Category | Kategorie | customer category | client category | kategorie klienta | customer group | Kundengruppe | skupina | label',
  ),
  contactSource: words(`
    Source of contact | Zdroj kontaktu | Kontaktquelle | contact source | lead source | account source |
    original source | source | zdroj | Quelle | Herkunft | Leadquelle`),
  economicActivity: words(`
    Line of business | Obor | Branche | industry | economic activity | business activity | sector |
    obor činnosti | odvětví | předmět činnosti | Wirtschaftszweig | NACE`),
  territory: words(
    'Territory | Teritorium | Gebiet | sales territory | oblast | Vertriebsgebiet | sales region',
  ),
  paymentTerm: words(`
    Payment term | Splatnost | Zahlungsziel | payment terms | payment terms label | splatnost faktur |
    doba splatnosti | platební podmínky | Zahlungsbedingung | Zahlungsbedingungen`),
  classification1: words('Classification 1 | Klasifikace 1 | Klassifikation 1 | company classification 1'),
  classification2: words('Classification 2 | Klasifikace 2 | Klassifikation 2 | company classification 2'),
  classification3: words('Classification 3 | Klasifikace 3 | Klassifikation 3 | company classification 3'),
  legalForm: words(
    'Legal form | Právní forma | Rechtsform | legal entity type | company type | forma | Gesellschaftsform',
  ),
  facebook: words('Facebook | facebook page | facebook company page | facebook URL | FB'),
  twitter: words('Twitter | twitter handle | twitter username | X (Twitter)'),
  linkedin: words('LinkedIn | linkedin page | linkedin company page | linkedin URL | linkedin profile'),
  instagram: words('Instagram | IG | instagram handle'),
  youtube: words('YouTube | youtube channel'),
  pinterest: words('Pinterest'),
  skype: words('Skype | skype name | skype id'),
  billingName: words('Billing name | Název fakturační adresy | Rechnungsname | recipient | addressee'),
  billingStreet: words(`
    Billing street | Fakturační ulice | Rechnungsstraße | street | street address | address |
    address line | street and number | street/road name | street/road name of address | ulice |
    ulice a číslo | ulice a č.p. | adresa | Straße | Strasse | Straße und Hausnummer | Str. |
    Adresse | Anschrift`),
  billingCity: words(`
    Billing city | Fakturační město | Rechnungsort | city | town | locality |
    city/town/village/locality | město | obec | místo | Ort | Stadt`),
  billingProvince: words(`
    Billing province | Fakturační kraj | Rechnungsbundesland | province | region | county | state |
    kraj | okres | Bundesland | Provinz`),
  billingPostalCode: words(`
    Billing postal code | Fakturační PSČ | Rechnungs-PLZ | postal code | postcode | zip | zip code |
    PSČ | směrovací číslo | poštovní směrovací číslo | PLZ | Postleitzahl`),
  billingCountry: words(`
    Billing country | Fakturační země | Rechnungsland | country | country code | country/region |
    země | stát | Land | Staat | EU-Land`),
  shippingName: words(
    'Shipping name | Název dodací adresy | Liefername | name | recipient | company | firma | Firma',
  ),
  shippingStreet: words(`
    Shipping street | Dodací ulice | Lieferstraße | street | street address | address | ulice |
    ulice a číslo | adresa | Straße | Adresse | Anschrift`),
  shippingCity: words('Shipping city | Dodací město | Lieferort | city | town | město | obec | Ort | Stadt'),
  shippingProvince: words(`
    Shipping province | Dodací kraj | Lieferbundesland | province | region | state | kraj | okres |
    Bundesland`),
  shippingPostalCode: words(`
    Shipping postal code | Dodací PSČ | Liefer-PLZ | postal code | postcode | zip | zip code | PSČ |
    PLZ | Postleitzahl`),
  shippingCountry: words(
    'Shipping country | Dodací země | Lieferland | country | country code | země | stát | Land',
  ),
  shippingEmail: words('Shipping e-mail | Dodací e-mail | Liefer-E-Mail | email'),
  shippingPhone: words('Shipping phone | Dodací telefon | Liefertelefon | phone | telefon | tel | Telefon'),
}
