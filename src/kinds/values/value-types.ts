/**
 * The table of value types, and the one way from a cell's text to canonical text. Canonical text is what
 * PostgreSQL casts: dates `YYYY-MM-DD`, numbers with a point, booleans `t` and `f`, countries alpha-2,
 * money `minor units, U+001F, currency`, phones `E.164, U+001F, as given`, tags and choices joined by U+001F,
 * per cents without their sign, times `HH:MM:SS`.
 */
import { cleanLine, isClean } from './clean-text.ts'
import { compileEmail, compileUrl } from './convert-address.ts'
import { compileBoolean } from './convert-boolean.ts'
import { compileChoices, compileCountry, compileEnum } from './convert-choice.ts'
import { compileDate, compileDatetime } from './convert-date.ts'
import { compileFile } from './convert-file.ts'
import { compileMoney } from './convert-money.ts'
import { compileInteger, compileNumber, compilePercent } from './convert-number.ts'
import { compilePhone } from './convert-phone.ts'
import { compileMultiline, compileTags, compileText, compileTextRules } from './convert-text.ts'
import { compileTime } from './convert-time.ts'
import { compileNullWords } from './null-words.ts'
import type { Compile, Convert, FieldValueRules, ValueFormat, ValueTypeName } from './value.ts'

export type {
  ConversionProblem,
  Convert,
  Converted,
  EnumOption,
  FieldValueRules,
  ValueFormat,
  ValueProblemCode,
  ValueTypeName,
} from './value.ts'

type ValueType = {
  readonly compile: Compile
  /** The type's own `compile` cleans the text and knows blank cells: text keeps what others take off. */
  readonly isText?: true
  /** Length and pattern of the field apply to the canonical text. */
  readonly hasTextRules?: true
}

const VALUE_TYPES: Readonly<Record<ValueTypeName, ValueType>> = {
  text: { compile: compileText, isText: true },
  multiline: { compile: compileMultiline, isText: true },
  tags: { compile: compileTags, isText: true },
  integer: { compile: compileInteger },
  number: { compile: compileNumber },
  boolean: { compile: compileBoolean },
  date: { compile: compileDate },
  datetime: { compile: compileDatetime },
  country: { compile: compileCountry },
  phone: { compile: compilePhone },
  email: { compile: compileEmail, hasTextRules: true },
  url: { compile: compileUrl, hasTextRules: true },
  money: { compile: compileMoney },
  enum: { compile: compileEnum },
  choices: { compile: compileChoices, isText: true },
  percent: { compile: compilePercent },
  time: { compile: compileTime },
  file: { compile: compileFile, hasTextRules: true },
}

export const valueTypeNames = Object.keys(VALUE_TYPES) as readonly ValueTypeName[]

/**
 * Makes the converter of one column. It never throws, gives null for a blank cell or a null word, and a problem
 * for everything that is not surely a value of the type. Compile once and call for each cell.
 */
export function compileConvert(type: ValueTypeName, rules: FieldValueRules, format: ValueFormat): Convert {
  const { compile, isText, hasTextRules } = VALUE_TYPES[type]
  const convert = compile(rules, format)
  if (isText) return convert
  const isNull = compileNullWords(type, format)
  const isChosenNull = format.nullWords === undefined ? null : isNull
  const check = hasTextRules ? compileTextRules(rules) : null
  return (text) => {
    const line = isClean(text) ? text : cleanLine(text)
    if (typeof line !== 'string') return line
    if (line.length === 0 || isChosenNull?.(line)) return null
    const converted = convert(line)
    if (typeof converted === 'string') return check === null ? converted : check(converted)
    // Words like `-` and `none` are asked only now: most cells are values, and an option may be called None.
    return isNull(line) ? null : converted
  }
}
