/** What old systems call the columns of a lead: English, Czech and German, with the headers of the common CRMs. */
import { synonymList as words } from '../../kinds/declare-fields.ts'

export const leadSynonyms: Readonly<Record<string, readonly string[]>> = {
  topic: words(`
    Topic | subject | lead title | deal title | deal name | lead name | opportunity | inquiry | Předmět |
    název leadu | poptávka | zájem o | Betreff | Thema | Anfrage`),
  externalId: words(`
    External ID | id | record id | lead id | lead - id | Externí ID | ID leadu | číslo leadu | Lead-ID |
    Lead-Nummer`),
  state: words('State | status | lead status | is converted | Stav | stav leadu | Leadstatus'),
  priority: words(
    'Priority | rating | importance | lead rating | Priorita | důležitost | Priorität | Dringlichkeit',
  ),
  phase: words(
    'Phase | lead phase | stage | lead stage | deal stage | lifecycle stage | Fáze | fáze leadu | Leadphase',
  ),
  owner: words(`
    Owner | lead owner | deal owner | contact owner | record owner | assigned to | lead - owner | Vlastník |
    obchodník | odpovědná osoba | zuständig | Verantwortlicher | Betreuer`),
  contactSource: words(`
    Source of contact | lead source | contact source | original source | source | Zdroj kontaktu | zdroj leadu |
    zdroj | Leadquelle | Quelle | Kontaktquelle`),
  category: words(
    'Category | lead category | lead type | type | Kategorie | kategorie leadu | Leadkategorie',
  ),
  territory: words('Territory | sales territory | Teritorium | oblast | Gebiet | Vertriebsgebiet'),
  tags: words('Tags | labels | label | lead - label | keywords | Štítky | tagy | Schlagwörter'),
  note: words(`
    Note | notes | description | comment | comments | message | Poznámka | popis | zpráva | Notiz | Bemerkung |
    Beschreibung | Nachricht`),
  client: words('Client | existing client | client id | Klient | stávající klient | Kunde | Kundennummer'),
  contact: words('Contact person | existing contact | contact id | Kontaktní osoba | Ansprechpartner'),
  companyName: words(`
    Company name | company | organization | organisation | organization name | account name | business name |
    lead - organization | Název firmy | firma | společnost | Firma | Firmenname | Unternehmen`),
  regNumber: words(
    'Registration number | company number | reg. no. | IČ | IČO | identifikační číslo | Registernummer | HRB',
  ),
  taxNumber: words('Tax number | VAT number | VAT ID | DIČ | USt-IdNr. | UID | UStID'),
  titleBefore: words('Title before name | academic title | prefix | Titul před jménem | titul | akad. Titel'),
  firstName: words('First name | given name | forename | Jméno | křestní jméno | Vorname'),
  lastName: words(
    'Last name | surname | family name | name | full name | person | Příjmení | Nachname | Familienname',
  ),
  titleAfter: words('Title after name | suffix | Titul za jménem | titul za | Namenszusatz'),
  position: words('Position | job title | title | function | Pozice | funkce | Funktion | Berufsbezeichnung'),
  email: words(`
    E-mail | email address | e-mail address | mail | work email | lead - email | e-mailová adresa |
    E-Mail-Adresse`),
  email2: words('E-mail 2 | secondary email | other email | druhý e-mail | zweite E-Mail'),
  phone: words(`
    Phone | phone number | telephone | business phone | work phone | tel. | Telefon | telefonní číslo |
    Telefonnummer | Rufnummer | mobile | mobile phone | mobil | Handy`),
  phone2: words(
    'Phone 2 | mobile | mobile phone | other phone | cell phone | mobil | Telefon 2 | Handy | Mobiltelefon',
  ),
  fax: words('Fax | fax number | Faxnummer | Telefax'),
  website: words('Website | web | www | URL | website URL | company domain name | webové stránky | Webseite'),
  otherContact: words('Other contact | Jiné spojení | Weiterer Kontakt'),
  noMailing: words(
    'No mailings | email opt out | do not email | unsubscribed | nezasílat hromadné e-maily | Werbesperre',
  ),
  addressStreet: words(
    'Street | street address | address | Ulice | ulice a číslo | adresa | Straße | Adresse',
  ),
  addressCity: words('City | town | Město | obec | Ort | Stadt'),
  addressProvince: words('Province | state/province | region | county | kraj | Bundesland'),
  addressPostalCode: words(
    'Postal code | zip | zip code | zip/postal code | postcode | PSČ | PLZ | Postleitzahl',
  ),
  addressCountry: words('Country | country/region | country code | Země | stát | Land'),
  facebook: words('Facebook | FB'),
  twitter: words('X (Twitter) | Twitter | twitter handle'),
  linkedin: words('LinkedIn | linkedin profile | linkedin URL'),
  instagram: words('Instagram | IG'),
  youtube: words('YouTube'),
  pinterest: words('Pinterest'),
  skype: words('Skype | skype id'),
}
