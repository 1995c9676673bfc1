/**
 * The words that all value types share: what a column's format settles, which rules a field adds,
 * and what converting a cell can give. Plain JSON throughout, so that a mapping can carry it.
 */
import type { valueFindings } from '../findings.ts'

export type ValueTypeName =
  | 'text'
  | 'multiline'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'country'
  | 'phone'
  | 'email'
  | 'url'
  | 'money'
  | 'enum'
  | 'tags'
  | 'choices'
  | 'percent'
  | 'time'
  | 'file'

/** Settled for a whole column, never for a cell. */
export type ValueFormat = {
  readonly decimal?: '.' | ','
  /** Not given: the other mark, a space or an apostrophe, in regular groups of three. `''`: none. */
  readonly thousands?: '.' | ',' | ' ' | "'" | ''
  readonly dateOrder?: 'ymd' | 'dmy' | 'mdy'
  /** The last year that two digits can mean, such as 2049: then 49 is 2049 and 50 is 1950. */
  readonly pivotYear?: number
  /** IANA name; the zone of times that do not state one. */
  readonly timeZone?: string
  /** Numbers are days since an epoch of Excel's; without this a bare number is never a date. */
  readonly excelSerial?: '1900' | '1904'
  /** ISO 3166 alpha-2, for phone numbers without a country code. */
  readonly defaultCountry?: string
  /** ISO 4217, for amounts without a currency; a cell that names another one is a problem. */
  readonly currency?: string
  /** Replaces the type's own words for "nothing here". */
  readonly nullWords?: readonly string[]
  /** What stands between tags; not given: comma, semicolon or bar. */
  readonly separator?: string
}

export type EnumOption = {
  readonly value: string
  readonly labels: { readonly en: string; readonly cs: string; readonly de?: string }
  readonly synonyms?: readonly string[]
}

export type FieldValueRules = {
  /** In characters (code points); for tags, of each tag. */
  readonly maxLength?: number
  /** Of numbers; of money in whole units of the currency. */
  readonly min?: number
  readonly max?: number
  /** Regular expression (`u` flag) that the whole canonical text must match. */
  readonly pattern?: string
  readonly options?: readonly EnumOption[]
  /** A word that is no option is one to create: it converts to itself, in the spelling met first. */
  readonly createsOptions?: boolean
  /** ISO 4217: the one currency of a money field; a cell that names another one is a problem. */
  readonly currency?: string
}

export type ValueProblemCode = keyof typeof valueFindings

export type ConversionProblem = {
  readonly code: ValueProblemCode
  readonly params: Readonly<Record<string, string | number>>
}

/** Canonical text, nothing (the cell is blank), or what is wrong. */
export type Converted = string | null | ConversionProblem
export type Convert = (text: string) => Converted

/** Stands between the parts of canonical text that has several: money, phone, tags, choices. */
export const PART_SEPARATOR = '\u001f'

/** What a type's own file gives: a converter for text that is already clean, on one line and not empty. */
export type Compile = (rules: FieldValueRules, format: ValueFormat) => Convert

export function problem(code: ValueProblemCode, params: ConversionProblem['params'] = {}): ConversionProblem {
  return { code, params }
}

/** A cell inside a sentence: whole when short, otherwise its beginning. */
export function quoted(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`
}
