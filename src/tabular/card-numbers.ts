/**
 * What makes digits a card number: a brand's prefix with that brand's lengths, and the Luhn check. Works on
 * running sums of groups of digits, so that the digits themselves need not be kept.
 */

/** A group of digits without a separator, as sums: enough to judge it, not enough to read it back. */
export type DigitGroup = {
  length: number
  /** Luhn sums if the last digit so far is not doubled, and if it is. */
  luhn0: number
  luhn1: number
  /** GS1 (EAN, GTIN) sums if the last digit so far weighs 1, and if it weighs 3. */
  gs0: number
  gs1: number
  /** The first digits while there are fewer than four of them, then 0. */
  prefix: number
  /** Lengths of numbers that brands issue under this prefix, a bit for each length. */
  lengths: number
}

/** From nothing to a card number: shaped like one, begins like one, is one. */
export type Verdict = 0 | 1 | 2 | 3

export function newGroup(): DigitGroup {
  return { length: 0, luhn0: 0, luhn1: 0, gs0: 0, gs1: 0, prefix: 0, lengths: 0 }
}

export function addDigit(group: DigitGroup, digit: number): void {
  const { luhn0, gs0 } = group
  group.luhn0 = group.luhn1 + digit
  group.luhn1 = luhn0 + (digit < 5 ? digit * 2 : digit * 2 - 9)
  group.gs0 = group.gs1 + digit
  group.gs1 = gs0 + 3 * digit
  if (group.length < 4) group.prefix = group.prefix * 10 + digit
  group.length++
  if (group.length === 4) {
    group.lengths = LENGTHS[group.prefix]!
    group.prefix = 0
  }
}

/** Judges a run of digits in groups; `isGrouped` when a number stands in the groups that cards are printed in. */
export function judgeRun(groups: readonly DigitGroup[]): { verdict: Verdict; isGrouped: boolean } {
  let best: Verdict = 0
  let isGrouped = false
  const count = groups.length
  const consider = (from: number, to: number, isPrinted: boolean): void => {
    const verdict = judgeNumber(groups, from, to)
    if (verdict < best || verdict === 0) return
    isGrouped = verdict > best ? isPrinted : isGrouped || isPrinted
    best = verdict
  }
  if (count > 1) consider(0, count, isPrintedSo(groups, 0, count))
  for (let from = 0; from < count; from++) {
    if (groups[from]!.length >= 13) consider(from, from + 1, false)
    for (let to = from + 3; to <= Math.min(count, from + 5); to++) {
      if (isPrintedSo(groups, from, to)) consider(from, to, true)
    }
  }
  return { verdict: best, isGrouped }
}

function judgeNumber(groups: readonly DigitGroup[], from: number, to: number): Verdict {
  let length = 0
  let luhn = 0
  let gs = 0
  for (let i = to - 1; i >= from; i--) {
    const group = groups[i]!
    luhn += length % 2 === 0 ? group.luhn0 : group.luhn1
    gs += length % 2 === 0 ? group.gs0 : group.gs1
    length += group.length
  }
  if (length < 13 || length > 19) return 0
  if ((groups[from]!.lengths & (1 << length)) === 0) return 1
  if (luhn % 10 !== 0) return 2
  // EAN-13 and GTIN-14 of German goods begin as Visa and Diners numbers do; their own check digit tells.
  if (length <= 14 && gs % 10 === 0) return 2
  return 3
}

const PRINTED = new Set(['4444', '44443', '465', '464'])

function isPrintedSo(groups: readonly DigitGroup[], from: number, to: number): boolean {
  let sizes = ''
  for (let i = from; i < to; i++) sizes += groups[i]!.length
  return PRINTED.has(sizes)
}

const bits = (...lengths: number[]): number => lengths.reduce((all, length) => all | (1 << length), 0)

/** First and last prefix of four digits, and the lengths issued under them (ISO/IEC 7812 ranges in use). */
const BRANDS: readonly (readonly [from: number, to: number, lengths: number])[] = [
  [4000, 4999, bits(13, 16, 19)],
  [5100, 5599, bits(16)],
  [2221, 2720, bits(16)],
  [3400, 3499, bits(15)],
  [3700, 3799, bits(15)],
  [3000, 3059, bits(14, 16)],
  [3095, 3095, bits(14, 16)],
  [3600, 3699, bits(14, 16)],
  [3800, 3999, bits(14, 16)],
  [3528, 3589, bits(16, 19)],
  [6011, 6011, bits(16, 19)],
  [6440, 6599, bits(16, 19)],
  [6200, 6299, bits(16, 17, 18, 19)],
  [2200, 2204, bits(16, 17, 18, 19)],
  [5018, 5020, bits(13, 14, 15, 16, 17, 18, 19)],
  [5038, 5038, bits(13, 14, 15, 16, 17, 18, 19)],
  [5893, 5893, bits(13, 14, 15, 16, 17, 18, 19)],
  [6304, 6304, bits(13, 14, 15, 16, 17, 18, 19)],
  [6759, 6767, bits(13, 14, 15, 16, 17, 18, 19)],
  [9792, 9792, bits(16)],
  [6062, 6062, bits(16)],
]

/** The lengths by prefix: a look-up, because columns of long numbers ask for every cell. */
const LENGTHS = new Int32Array(10_000)
for (const [from, to, issued] of BRANDS) {
  for (let prefix = from; prefix <= to; prefix++) LENGTHS[prefix]! |= issued
}

/** As `judgeRun` for 13 to 19 ASCII digits that stand together in one chunk. */
export function judgeDigits(bytes: Uint8Array, from: number, to: number): Verdict {
  const prefix =
    bytes[from]! * 1000 + bytes[from + 1]! * 100 + bytes[from + 2]! * 10 + bytes[from + 3]! - 48 * 1111
  const length = to - from
  if ((LENGTHS[prefix]! & (1 << length)) === 0) return 1
  let luhn = 0
  let gs = 0
  for (let i = to - 1, isOdd = true; i >= from; i--, isOdd = !isOdd) {
    const digit = bytes[i]! - 48
    luhn += isOdd ? digit : digit < 5 ? digit * 2 : digit * 2 - 9
    gs += isOdd ? digit : digit * 3
  }
  if (luhn % 10 !== 0 || (length <= 14 && gs % 10 === 0)) return 2
  return 3
}
