/**
 * ISO 4217 currencies in use, how many decimal places each has, and the signs that people write for them.
 * A sign of several currencies (`$`, `kr`) names all of them; the column decides.
 */

const CODES =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF ' +
  'CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD ' +
  'HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD ' +
  'MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN ' +
  'PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY ' +
  'TTD TWD TZS UAH UGX USD UYU UYW UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG ' +
  // No longer legal tender, but in the files of old systems.
  'HRK SKK DEM ATS'

/** Currencies that do not have two decimal places. */
export const currencyDecimals: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
}

const DOLLARS = 'USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP BMD BSD BZD FJD JMD KYD LRD NAD TTD'

const SIGNS: Readonly<Record<string, string>> = {
  '€': 'EUR',
  euro: 'EUR',
  euros: 'EUR',
  eura: 'EUR',
  eur: 'EUR',
  kč: 'CZK',
  kc: 'CZK',
  kčs: 'CZK',
  korun: 'CZK',
  $: DOLLARS,
  dollar: DOLLARS,
  dollars: DOLLARS,
  us$: 'USD',
  $us: 'USD',
  usd$: 'USD',
  c$: 'CAD',
  ca$: 'CAD',
  a$: 'AUD',
  au$: 'AUD',
  nz$: 'NZD',
  hk$: 'HKD',
  s$: 'SGD',
  r$: 'BRL',
  mx$: 'MXN',
  '£': 'GBP',
  '¥': 'JPY CNY',
  '￥': 'JPY CNY',
  円: 'JPY',
  元: 'CNY',
  kr: 'SEK NOK DKK ISK',
  zł: 'PLN',
  zl: 'PLN',
  ft: 'HUF',
  lei: 'RON',
  lv: 'BGN',
  лв: 'BGN',
  din: 'RSD',
  sk: 'SKK',
  sfr: 'CHF',
  fr: 'CHF',
  fs: 'CHF',
  '₽': 'RUB',
  руб: 'RUB',
  '₴': 'UAH',
  грн: 'UAH',
  '₹': 'INR',
  '₺': 'TRY',
  '₩': 'KRW',
  '₫': 'VND',
  '₪': 'ILS',
  '₱': 'PHP',
  '฿': 'THB',
  '₸': 'KZT',
  '₦': 'NGN',
  '₾': 'GEL',
}

const CURRENCIES: ReadonlySet<string> = new Set(CODES.split(' '))

/** Digits after the decimal mark: 2 for most, 0 for JPY, 3 for KWD. */
export function decimalsOf(currency: string): number {
  return currencyDecimals[currency] ?? 2
}

/** The currencies that a sign or code can mean; none when it is not known. */
export function currenciesOf(sign: string): readonly string[] {
  const upper = sign.toUpperCase()
  if (CURRENCIES.has(upper)) return [upper]
  const known = SIGNS[sign.toLowerCase().replace(/\.$/, '')]
  return known === undefined ? [] : known.split(' ')
}
