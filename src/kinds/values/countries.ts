/**
 * Countries by their names in English, Czech and German, their ISO 3166 codes, and what people call them.
 * A code or name with its accents comes first: ČR is the Czech Republic, CR is Costa Rica.
 * A name that two countries bear means neither.
 */
import codes from 'i18n-iso-countries/codes.json' with { type: 'json' }
import czech from 'i18n-iso-countries/langs/cs.json' with { type: 'json' }
import german from 'i18n-iso-countries/langs/de.json' with { type: 'json' }
import english from 'i18n-iso-countries/langs/en.json' with { type: 'json' }
import { type Choice, indexChoices, keyOf } from './nearest-word.ts'

/** Names that people use and the lists leave out; letters are those of vehicle plates and old addresses (D-80331). */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  CZ: 'Česko|ČR|Czech|Czech Rep|Tschechei|Č',
  SK: 'Slovenská republika|SR|Slovak Republic|Slowakische Republik',
  DE: 'D|BRD|SRN|Bundesrepublik Deutschland|Spolková republika Německo|Federal Republic of Germany',
  AT: 'A|Republik Österreich|Oesterreich',
  GB: 'Velká Británie|Anglie|England|Scotland|Skotsko|Wales|Northern Ireland|Severní Irsko|Großbritannien|Britain|Schottland|Nordirland',
  US: 'USA|Spojené státy|US of America|America|Amerika',
  NL: 'Holland|Holandsko|Nizozemí|Holland',
  PL: 'Polska',
  HU: 'H|Magyarország',
  SI: 'SLO',
  FR: 'F',
  IT: 'I|Italia',
  ES: 'E|España',
  BE: 'B|Belgie|Belgique',
  CH: 'Schweiz|Suisse|Svizzera|Switzerland',
  LU: 'L',
  PT: 'P',
  SE: 'S|Sverige',
  NO: 'N|Norge',
  DK: 'Danmark',
  FI: 'Suomi',
  IE: 'Irland|Éire|Republic of Ireland',
  RU: 'Rusko|Ruská federace|Russland|Russia',
  UA: 'Ukrajina',
  HR: 'Hrvatska',
  RO: 'România',
  RS: 'Srbija',
  TR: 'Turecko|Turkey|Türkei|Türkiye',
  CN: 'Čína|China',
  KR: 'Jižní Korea|Südkorea|South Korea',
  KP: 'Severní Korea|Nordkorea|North Korea',
  TW: 'Tchaj-wan|Taiwan',
  VN: 'Vietnam',
  MK: 'Makedonie',
  AE: 'SAE|UAE|VAE|Emiráty',
  MD: 'Moldavsko|Moldova|Moldawien',
  BY: 'Bělorusko|Belarus|Weißrussland',
  LI: 'FL',
  GR: 'EL|Řecko',
  XK: 'Kosovo',
}

type Claims = Map<string, Choice | null>

/** By the name in lower case, accents and all. */
const exactNames: Claims = new Map()
/** By the name as `keyOf` simplifies it. */
const simpleNames: Claims = new Map()

for (const { countries } of [english, czech, german]) {
  for (const [code, names] of Object.entries(countries)) for (const name of [names].flat()) claim(code, name)
}
for (const [code, names] of Object.entries(OTHER_NAMES))
  for (const name of names.split('|')) claim(code, name)
// A code is nothing else than its country, whatever name is spelt the same.
for (const [alpha2, alpha3] of codes) {
  for (const code of [alpha2!, alpha3!]) {
    exactNames.set(code.toLowerCase(), { value: alpha2!, word: code })
    simpleNames.delete(code.toLowerCase())
  }
}

function claim(value: string, word: string): void {
  for (const [claims, key] of [
    [exactNames, word.normalize('NFC').toLowerCase()],
    [simpleNames, keyOf(word)],
  ] as const) {
    const other = claims.get(key)
    claims.set(key, other === undefined || other?.value === value ? { value, word } : null)
  }
}

/** Names for finding the nearest one. */
export const COUNTRY_INDEX = indexChoices(
  Array.from(simpleNames).filter((entry): entry is [string, Choice] => entry[1] !== null),
)

/** ISO 3166 alpha-2 of a name or code. */
export function countryOf(text: string): string | undefined {
  const exact = exactNames.get(text.toLowerCase())
  if (exact !== undefined) return exact?.value
  return (simpleNames.get(keyOf(text)) ?? exactNames.get(keyOf(text)))?.value
}
