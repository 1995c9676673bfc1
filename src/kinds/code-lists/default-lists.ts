/**
 * The lists that come with the program: their names in the declarations of kinds, and the options with which an
 * organisation starts. Lists that differ from house to house (category, territory) start small or empty.
 */
import type { CodeList, Labels, Option } from '../kind.ts'

const option = (
  value: string,
  en: string,
  cs: string,
  de: string,
  synonyms: readonly string[] = [],
): Option => ({ value, labels: { en, cs, de }, ...(synonyms.length > 0 ? { synonyms } : {}) })

const categories: readonly Option[] = [
  option('vip', 'VIP', 'VIP', 'VIP'),
  option('regular', 'Regular', 'Běžný', 'Standard', ['standard', 'standardní']),
  option('oneTime', 'One-time', 'Jednorázový', 'Einmalig', ['one-off']),
]

const contactSources: readonly Option[] = [
  option('web', 'Website', 'Web', 'Webseite', ['web form', 'organic search', 'webový formulář']),
  option('referral', 'Referral', 'Doporučení', 'Empfehlung', [
    'recommendation',
    'word of mouth',
    'reference',
  ]),
  option('phone', 'Phone', 'Telefon', 'Telefon', ['cold call', 'phone inquiry', 'call']),
  option('email', 'E-mail', 'E-mail', 'E-Mail', ['email', 'mailing', 'newsletter']),
  option('fair', 'Fair or event', 'Veletrh nebo akce', 'Messe', [
    'trade show',
    'event',
    'conference',
    'veletrh',
  ]),
  option('advertising', 'Advertising', 'Reklama', 'Werbung', [
    'advertisement',
    'paid search',
    'ads',
    'inzerce',
  ]),
  option('partner', 'Partner', 'Partner', 'Partner', ['reseller', 'obchodní partner']),
  option('social', 'Social networks', 'Sociální sítě', 'Soziale Netzwerke', ['social media', 'paid social']),
  option('import', 'Earlier system', 'Původní systém', 'Altsystem', ['import', 'offline', 'purchased list']),
]

const legalForms: readonly Option[] = [
  option('limitedCompany', 'Limited company', 'Společnost s ručením omezeným', 'GmbH', [
    's.r.o.',
    'sro',
    'spol. s r.o.',
    'Ltd',
    'Ltd.',
    'LLC',
  ]),
  option('jointStock', 'Joint-stock company', 'Akciová společnost', 'Aktiengesellschaft', [
    'a.s.',
    'as',
    'AG',
    'plc',
    'Inc',
    'Inc.',
    'Corp',
  ]),
  option('soleTrader', 'Sole trader', 'Fyzická osoba podnikající', 'Einzelunternehmen', [
    'OSVČ',
    'živnostník',
    'self-employed',
    'sole proprietor',
  ]),
  option(
    'generalPartnership',
    'General partnership',
    'Veřejná obchodní společnost',
    'Offene Handelsgesellschaft',
    ['v.o.s.', 'OHG'],
  ),
  option('limitedPartnership', 'Limited partnership', 'Komanditní společnost', 'Kommanditgesellschaft', [
    'k.s.',
    'KG',
    'LP',
  ]),
  option('cooperative', 'Cooperative', 'Družstvo', 'Genossenschaft'),
  option('association', 'Association', 'Spolek', 'Verein', ['z.s.', 'e.V.', 'nonprofit']),
  option('publicBody', 'Public body', 'Veřejná instituce', 'Öffentliche Einrichtung', [
    'state',
    'municipality',
    'obec',
    'příspěvková organizace',
  ]),
  option('other', 'Other', 'Jiná', 'Andere'),
]

const paymentTerms: readonly Option[] = [
  option('prepaid', 'Paid in advance', 'Platba předem', 'Vorkasse', ['prepayment', 'předem', 'proforma']),
  option('onReceipt', 'Due on receipt', 'Při převzetí', 'Sofort fällig', [
    'immediately',
    'hotově',
    'dobírka',
    '0',
  ]),
  option('days7', '7 days', '7 dní', '7 Tage', ['7', 'net 7']),
  option('days14', '14 days', '14 dní', '14 Tage', ['14', 'net 14']),
  option('days30', '30 days', '30 dní', '30 Tage', ['30', 'net 30']),
  option('days60', '60 days', '60 dní', '60 Tage', ['60', 'net 60']),
  option('days90', '90 days', '90 dní', '90 Tage', ['90', 'net 90']),
]

const activities: readonly Option[] = [
  option('agriculture', 'Agriculture', 'Zemědělství', 'Landwirtschaft'),
  option('manufacturing', 'Manufacturing', 'Výroba', 'Produktion', ['industry', 'průmysl']),
  option('construction', 'Construction', 'Stavebnictví', 'Bauwesen'),
  option('trade', 'Trade', 'Obchod', 'Handel', ['retail', 'wholesale', 'maloobchod', 'velkoobchod']),
  option('transport', 'Transport and logistics', 'Doprava a logistika', 'Transport und Logistik'),
  option('hospitality', 'Hospitality', 'Pohostinství', 'Gastgewerbe'),
  option('it', 'Information technology', 'Informační technologie', 'Informationstechnik', [
    'IT',
    'software',
    'technology',
  ]),
  option('finance', 'Finance and insurance', 'Finance a pojištění', 'Finanzen und Versicherung', ['banking']),
  option('services', 'Services', 'Služby', 'Dienstleistungen', ['consulting', 'poradenství']),
  option('education', 'Education', 'Vzdělávání', 'Bildung'),
  option('health', 'Health care', 'Zdravotnictví', 'Gesundheitswesen', ['healthcare']),
  option('publicSector', 'Public sector', 'Veřejná správa', 'Öffentlicher Sektor', ['government']),
]

const languages: readonly Option[] = [
  option('cs', 'Czech', 'Čeština', 'Tschechisch', ['česky', 'cs-CZ', 'cze']),
  option('en', 'English', 'Angličtina', 'Englisch', ['anglicky', 'en-GB', 'en-US', 'eng']),
  option('de', 'German', 'Němčina', 'Deutsch', ['německy', 'de-DE', 'ger']),
  option('sk', 'Slovak', 'Slovenština', 'Slowakisch', ['slovensky', 'sk-SK']),
  option('pl', 'Polish', 'Polština', 'Polnisch', ['polsky', 'pl-PL']),
  option('hu', 'Hungarian', 'Maďarština', 'Ungarisch', ['maďarsky', 'hu-HU']),
  option('fr', 'French', 'Francouzština', 'Französisch', ['francouzsky', 'fr-FR']),
  option('es', 'Spanish', 'Španělština', 'Spanisch', ['španělsky', 'es-ES']),
  option('it', 'Italian', 'Italština', 'Italienisch', ['italsky', 'it-IT']),
  option('uk', 'Ukrainian', 'Ukrajinština', 'Ukrainisch', ['ukrajinsky', 'uk-UA']),
  option('ru', 'Russian', 'Ruština', 'Russisch', ['rusky', 'ru-RU']),
]

const maritalStatuses: readonly Option[] = [
  option('single', 'Single', 'Svobodný/á', 'Ledig', ['svobodný', 'svobodná', 'unmarried']),
  option('married', 'Married', 'Ženatý/vdaná', 'Verheiratet', ['ženatý', 'vdaná']),
  option('partnership', 'Registered partnership', 'Registrované partnerství', 'Eingetragene Partnerschaft'),
  option('divorced', 'Divorced', 'Rozvedený/á', 'Geschieden', ['rozvedený', 'rozvedená']),
  option('widowed', 'Widowed', 'Ovdovělý/á', 'Verwitwet', ['vdovec', 'vdova']),
]

const leadPhases: readonly Option[] = [
  option('new', 'New', 'Nový', 'Neu', ['open', 'nezpracovaný', 'not contacted']),
  option('contacted', 'Contacted', 'Kontaktovaný', 'Kontaktiert', [
    'working',
    'attempted to contact',
    'v řešení',
  ]),
  option('qualified', 'Qualified', 'Kvalifikovaný', 'Qualifiziert', ['sql', 'connected']),
  option('unqualified', 'Unqualified', 'Nekvalifikovaný', 'Nicht qualifiziert', [
    'bad timing',
    'disqualified',
  ]),
  option('won', 'Won', 'Získaný', 'Gewonnen', ['converted', 'closed won', 'úspěšný']),
  option('lost', 'Lost', 'Ztracený', 'Verloren', ['closed lost', 'neúspěšný']),
]

const units: readonly Option[] = [
  option('piece', 'piece', 'kus', 'Stück', ['pcs', 'pc', 'ks', 'ea', 'each', 'unit', 'Stk']),
  option('set', 'set', 'sada', 'Satz', ['kit', 'souprava']),
  option('package', 'package', 'balení', 'Packung', ['pack', 'bal', 'box']),
  option('hour', 'hour', 'hodina', 'Stunde', ['h', 'hod', 'hr', 'hrs', 'Std']),
  option('day', 'day', 'den', 'Tag', ['d']),
  option('month', 'month', 'měsíc', 'Monat', ['mo', 'měs']),
  option('year', 'year', 'rok', 'Jahr', ['yr', 'r']),
  option('licence', 'licence', 'licence', 'Lizenz', ['license', 'seat', 'user']),
  option('metre', 'metre', 'metr', 'Meter', ['m', 'meter', 'bm']),
  option('squareMetre', 'square metre', 'metr čtvereční', 'Quadratmeter', ['m2', 'm²', 'sqm']),
  option('kilogram', 'kilogram', 'kilogram', 'Kilogramm', ['kg']),
  option('litre', 'litre', 'litr', 'Liter', ['l', 'liter']),
]

const taxRates: readonly Option[] = [
  option('21', '21 %', '21 %', '21 %', ['21%', '21 % DPH', '0.21', 'standard', 'základní']),
  option('12', '12 %', '12 %', '12 %', ['12%', '12 % DPH', '0.12', 'reduced', 'snížená']),
  option('0', '0 %', '0 %', '0 %', ['0%', 'exempt', 'osvobozeno', 'zero', 'none', 'bez DPH']),
]

const list = (
  name: string,
  en: string,
  cs: string,
  de: string,
  options: readonly Option[] = [],
): [string, CodeList] => [name, { name, labels: { en, cs, de }, options }]

export const defaultLists: Readonly<Record<string, CodeList & { readonly labels: Labels }>> =
  Object.fromEntries([
    list('category', 'Category of clients', 'Kategorie klientů', 'Kundenkategorie', categories),
    list('contactCategory', 'Category of contact persons', 'Kategorie kontaktních osob', 'Kontaktkategorie'),
    list('leadCategory', 'Category of leads', 'Kategorie leadů', 'Leadkategorie'),
    list('contactSource', 'Source of contact', 'Zdroj kontaktu', 'Kontaktquelle', contactSources),
    list('legalForm', 'Legal form', 'Právní forma', 'Rechtsform', legalForms),
    list('paymentTerm', 'Payment term', 'Splatnost', 'Zahlungsziel', paymentTerms),
    list('economicActivity', 'Line of business', 'Obor', 'Branche', activities),
    list('classification1', 'Classification 1', 'Klasifikace 1', 'Klassifikation 1'),
    list('classification2', 'Classification 2', 'Klasifikace 2', 'Klassifikation 2'),
    list('classification3', 'Classification 3', 'Klasifikace 3', 'Klassifikation 3'),
    list('territory', 'Territory', 'Teritorium', 'Gebiet'),
    list('language', 'Language', 'Jazyk', 'Sprache', languages),
    list('maritalStatus', 'Marital status', 'Rodinný stav', 'Familienstand', maritalStatuses),
    list('leadPhase', 'Phase of lead', 'Fáze leadu', 'Leadphase', leadPhases),
    list('productCategory', 'Product category', 'Kategorie produktů', 'Produktkategorie'),
    list('productLine', 'Product line', 'Produktová řada', 'Produktlinie'),
    list('unit', 'Unit', 'Jednotka', 'Einheit', units),
    list('taxRate', 'Tax rate', 'Sazba DPH', 'Steuersatz', taxRates),
  ])
