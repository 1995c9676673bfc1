/**
 * What old systems and address books call the columns of a contact person: English, Czech and German, with the
 * headers of HubSpot, Salesforce, Pipedrive, Google Contacts, Outlook, LinkedIn and Zoho.
 */
import { synonymList as words } from '../../kinds/declare-fields.ts'

export const contactSynonyms: Readonly<Record<string, readonly string[]>> = {
  name: words(`
    Name | Full name | Display name | contact name | person name | contact person | person - name | file as |
    Celé jméno | jméno a příjmení | příjmení a jméno | kontaktní osoba | kontakt | osoba |
    Vollständiger Name | Ansprechpartner | Kontaktperson | Kontaktname | Anzeigename`),
  firstName: words(`
    First name | given name | forename | person - first name | Jméno | křestní jméno | Vorname | Rufname`),
  lastName: words(`
    Last name | family name | surname | person - last name | Příjmení | Nachname | Familienname | Zuname`),
  titleBefore: words(`
    Title before name | academic title | name prefix | prefix | degree | Titul před jménem | titul | titul před |
    akad. Titel | Titel | akad. Grad`),
  titleAfter: words('Title after name | suffix | name suffix | Titul za jménem | titul za | Namenszusatz'),
  externalId: words(`
    External ID | id | record id | contact id | person id | person - id | customer id | reference id |
    Externí ID | ID kontaktu | ID osoby | kód kontaktu | číslo kontaktu | Kontakt-ID | Kontaktnummer |
    Ansprechpartner-Nr.`),
  salutation: words('Salutation | greeting | form of address | Oslovení | Anrede | Briefanrede'),
  gender: words('Gender | sex | Pohlaví | Geschlecht'),
  birthday: words(`
    Birthday | birth date | birthdate | date of birth | DOB | Datum narození | narozeniny | Geburtstag |
    Geburtsdatum`),
  language: words(
    'Language | preferred language | Jazyk | komunikační jazyk | Sprache | Korrespondenzsprache',
  ),
  maritalStatus: words('Marital status | Rodinný stav | stav rodinný | Familienstand'),
  tags: words(`
    Tags | labels | label | person - label | keywords | group membership | categories | lists | Štítky | štítek |
    tagy | skupiny | Schlagwörter | Etiketten | Gruppen`),
  note: words(`
    Note | notes | comment | comments | description | remark | Poznámka | poznámky | popis | Notiz | Notizen |
    Bemerkung | Bemerkungen | Beschreibung | Kommentar`),
  client: words(`
    Client | company | company name | account | account name | account id | organization | organisation |
    organization name | organisation name | organization 1 - name | person - organization | customer |
    associated company | associated company ids | employer | firma | název firmy | klient | název klienta |
    společnost | zákazník | IČ klienta | IČO | Kunde | Firma | Unternehmen | Firmenname | Kundennummer`),
  position: words(`
    Position | job title | title | role | function | occupation | designation | organization 1 - title |
    organization title | Pozice | funkce | pracovní pozice | pracovní zařazení | Funktion | Stelle |
    Berufsbezeichnung`),
  department: words(
    'Department | organization 1 - department | organization department | Oddělení | útvar | Abteilung',
  ),
  isKeyPerson: words(`
    Key person | key contact | primary contact | main contact | is primary | keyman | Klíčová osoba |
    hlavní kontakt | hlavní osoba | Hauptansprechpartner | Schlüsselperson | Hauptkontakt`),
  owner: words(`
    Owner | contact owner | record owner | person - owner | account owner | owner name | owner id | assigned to |
    Vlastník | obchodník | správce | odpovědná osoba | Betreuer | zuständig | Verantwortlicher`),
  category: words(`
    Category | contact category | contact type | contact record type | lifecycle stage | kategorie |
    kategorie kontaktu | typ kontaktu | Kategorie | Kontaktart`),
  contactSource: words(`
    Source of contact | lead source | contact source | original source | source | Zdroj kontaktu | zdroj |
    Kontaktquelle | Quelle | Herkunft`),
  classification1: words('Classification 1 | person classification 1 | Klasifikace 1 | Klassifikation 1'),
  classification2: words('Classification 2 | person classification 2 | Klasifikace 2 | Klassifikation 2'),
  classification3: words('Classification 3 | person classification 3 | Klasifikace 3 | Klassifikation 3'),
  email: words(`
    E-mail | email address | e-mail address | mail | work email | business email | primary email |
    email id | e-mail 1 - value | email - work | person - email - work | e-mail kontaktu | emailová adresa |
    e-mailová adresa | pracovní e-mail | E-Mail-Adresse | Mailadresse | E-Mail geschäftlich`),
  email2: words(`
    E-mail 2 | secondary email | second email | other email | home email | private email | e-mail 2 address |
    e-mail 2 - value | person - email - home | druhý e-mail | soukromý e-mail | zweite E-Mail | E-Mail privat`),
  phone: words(`
    Phone | phone number | telephone | business phone | work phone | primary phone | phone 1 - value |
    phone - work | person - phone - work | tel. | Telefon | telefonní číslo | pracovní telefon | Telefonnummer |
    Rufnummer | Telefon geschäftlich | mobile | mobile phone | cell phone | mobil | Handy | Mobiltelefon`),
  phone2: words(`
    Phone 2 | second phone | mobile | mobile phone | cell phone | other phone | home phone | phone 2 - value |
    person - phone - mobile | person - phone - home | mobil | mobilní telefon | Telefon 2 | soukromý telefon |
    Handy | Mobiltelefon | Telefon privat | business phone 2`),
  fax: words('Fax | fax number | business fax | Faxnummer | Telefax'),
  website: words(
    'Website | web | www | URL | web page | personal web page | website 1 - value | webové stránky | Webseite',
  ),
  otherContact: words('Other contact | Jiné spojení | další kontakt | Weiterer Kontakt | instant messenger'),
  noMailing: words(`
    No mailings | email opt out | do not email | has opted out of email | unsubscribed | marketing status |
    nezasílat | nezasílat hromadné e-maily | keine Mailings | Werbesperre`),
  privateStreet: words(`
    Private street | home street | street | street address | mailing street | address 1 - street | other street |
    home address street | ulice | ulice a číslo | adresa | Straße | Straße und Hausnummer | Adresse`),
  privateCity: words(
    'Private city | home city | city | mailing city | address 1 - city | město | obec | Ort | Stadt',
  ),
  privateProvince: words(`
    Private province | home state | state | mailing state | mailing state/province | region | address 1 - region |
    kraj | Bundesland`),
  privatePostalCode: words(`
    Private postal code | home postal code | postal code | zip | zip code | mailing zip/postal code |
    mailing postal code | address 1 - postal code | PSČ | PLZ | Postleitzahl`),
  privateCountry: words(`
    Private country | home country/region | country | mailing country | address 1 - country | země | stát | Land`),
  facebook: words('Facebook | facebook profile | FB'),
  twitter: words('X (Twitter) | Twitter | twitter handle'),
  linkedin: words('LinkedIn | linkedin profile | linkedin URL | linkedin bio'),
  instagram: words('Instagram | IG'),
  youtube: words('YouTube | youtube channel'),
  pinterest: words('Pinterest'),
  skype: words('Skype | skype name | skype id | skype identity'),
}
