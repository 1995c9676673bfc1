/**
 * The short way for ordinary telephone numbers: a third of a microsecond instead of seven to nineteen. It reads the
 * numbering plans of libphonenumber and says yes only where the library surely says the same (a property test
 * compares them); undefined means "ask the library", never "not a number".
 */
import metadata from 'libphonenumber-js/max/metadata'

type NumberingPlan = {
  readonly callingCode: string
  /** What is dialled before a national number inside the country. */
  readonly nationalPrefix: RegExp | null
  readonly hasSimplePrefix: boolean
  readonly hasZeroZeroAbroad: boolean
  readonly isValid: (national: string) => boolean
}

/**
 * The places of a country's metadata, version 4
 * (https://gitlab.com/catamphetamine/libphonenumber-js/blob/master/METADATA.md); 0 stands for nothing.
 */
type CountryPlan = {
  readonly 0: string
  readonly 1: string
  readonly 2: string
  readonly 3: readonly number[]
  readonly 5?: string | 0
  readonly 7?: string | 0
  readonly 8?: string | 0
  readonly 10?: string | 0
  readonly 11?: readonly (readonly [string, (readonly number[])?] | 0)[] | 0
}

const countries = metadata.countries as Readonly<Record<string, CountryPlan | undefined>>
const countriesOfCode = metadata.country_calling_codes as Readonly<
  Record<string, readonly string[] | undefined>
>

/** Gives E.164 of a clean text, or undefined where only the library can tell. */
export function compileOrdinaryPhone(country: string | undefined): (text: string) => string | undefined {
  const plans = new Map<string, NumberingPlan | null>()
  const planOf = (code: string): NumberingPlan | null => {
    let plan = plans.get(code)
    if (plan === undefined) {
      const main = countriesOfCode[code]?.[0]
      plan = main === undefined ? null : makePlan(main)
      plans.set(code, plan)
    }
    return plan
  }
  const home = country === undefined ? null : makePlan(country)

  const readAbroad = (digits: string): string | undefined => {
    for (let length = 1; length <= 3; length++) {
      const plan = planOf(digits.slice(0, length))
      if (plan !== null) return readNational(digits.slice(length), plan)
    }
    return undefined
  }

  return (text) => {
    const digits = digitsOf(text)
    if (digits === undefined) return undefined
    if (text.charCodeAt(0) === PLUS) return digits.startsWith('0') ? undefined : readAbroad(digits)
    if (home === null) return undefined
    if (home.hasZeroZeroAbroad && digits.startsWith('00')) {
      return digits.startsWith('000') ? undefined : readAbroad(digits.slice(2))
    }
    // The country's own code without a plus is for the library to weigh.
    return digits.startsWith(home.callingCode) ? undefined : readNational(digits, home)
  }
}

const PLUS = 43

/** The digits of a text that holds nothing but them and what usually stands between them. */
function digitsOf(text: string): string | undefined {
  const length = text.length
  if (length > 30) return undefined
  let digits = ''
  let start = -1
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 48 && code <= 57) {
      if (start < 0) start = at
      continue
    }
    // Space, brackets, hyphen, full stop, slash; a plus only in front.
    if (
      code !== 32 &&
      code !== 40 &&
      code !== 41 &&
      (code < 45 || code > 47) &&
      !(code === PLUS && at === 0)
    ) {
      return undefined
    }
    if (start >= 0) {
      digits += text.slice(start, at)
      start = -1
    }
  }
  return start < 0 ? digits : digits + text.slice(start)
}

function readNational(national: string, plan: NumberingPlan): string | undefined {
  if (!plan.hasSimplePrefix) return undefined
  const prefix = plan.nationalPrefix?.exec(national)?.[0] ?? ''
  const number = prefix === '' ? national : national.slice(prefix.length)
  return plan.isValid(number) ? `+${plan.callingCode}${number}` : undefined
}

function makePlan(country: string): NumberingPlan | null {
  const plan = countries[country]
  if (plan === undefined) return null
  const callingCode = plan[0]
  const prefix = plan[7] || plan[5] || null
  // Other countries of a shared code, and prefixes that rewrite a number, are the library's.
  const isMain = countriesOfCode[callingCode]?.[0] === country && !plan[10]
  const isFixed = !plan[8] && !/\((?!\?:)/.test(prefix ?? '')
  return {
    callingCode,
    nationalPrefix: prefix === null || !isFixed ? null : new RegExp(`^(?:${prefix})`),
    hasSimplePrefix: isMain && isFixed,
    hasZeroZeroAbroad: plan[1] === '00',
    isValid: compileValidity(plan),
  }
}

function compileValidity(plan: CountryPlan): (national: string) => boolean {
  const general = new RegExp(`^(?:${plan[2]})$`)
  const patterns = (plan[11] || [])
    .filter((type) => type !== 0 && type[0] !== '')
    .map((type) => {
      const [pattern, lengths] = type as readonly [string, (readonly number[])?]
      return { pattern: new RegExp(`^(?:${pattern})$`), lengths: new Set(lengths ?? plan[3]) }
    })
  return (national) =>
    general.test(national) &&
    patterns.some(({ pattern, lengths }) => lengths.has(national.length) && pattern.test(national))
}
