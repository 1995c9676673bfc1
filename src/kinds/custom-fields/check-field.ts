/** Whether what a person settles about a custom field makes sense: label, type and what belongs to it. Pure. */
import type { CodeList, KindDeclaration } from '../kind.ts'
import { labelsOf } from '../organisation-kinds.ts'
import { keyOf } from '../values/nearest-word.ts'
import type { CustomFieldType } from './contract.ts'
import type { FieldSettings, StoredField } from './custom-fields.store.ts'
import { refuseField } from './refusals.ts'

const SHORTEST = 3

const selections: readonly CustomFieldType[] = ['enum', 'choices']
const withPattern: readonly CustomFieldType[] = ['text', 'url', 'email', 'file']
const withLength: readonly CustomFieldType[] = [...withPattern, 'multiline']

export function isSelection(type: CustomFieldType): boolean {
  return selections.includes(type)
}

/** Refuses a field that could not be used, or that a file's column could not be told apart from another. */
export function checkField(
  field: FieldSettings,
  of: {
    readonly kind: KindDeclaration
    /** The other fields of the kind that are not deleted. */
    readonly others: readonly StoredField[]
    readonly lists: ReadonlyMap<string, CodeList>
  },
): void {
  checkLabel(field, of.kind, of.others)
  if (field.group_name !== null && field.group_name.length < SHORTEST)
    throw refuseField('field.group_too_short')
  if (field.type === 'money' && !isCurrency(field.currency)) throw refuseField('field.currency_needed')
  if (isSelection(field.type) && (field.list === null || !of.lists.has(field.list)))
    throw refuseField('field.list_needed')
  const misplaced = [
    field.type !== 'money' && field.currency !== null && 'currency',
    !isSelection(field.type) && field.list !== null && 'list',
    !withPattern.includes(field.type) && field.pattern !== null && 'pattern',
    !withLength.includes(field.type) && field.max_length !== null && 'maxLength',
  ].find((setting) => setting !== false)
  if (misplaced) throw refuseField('field.setting_not_for_type', { setting: misplaced })
  if (field.pattern !== null) checkPattern(field.pattern)
}

function checkLabel(field: FieldSettings, kind: KindDeclaration, others: readonly StoredField[]): void {
  const given = [field.label_en, field.label_cs].filter((label) => label !== null)
  if (given.length === 0 || given.some((label) => label.length < SHORTEST))
    throw refuseField('field.label_too_short')
  const taken = new Set(
    [
      ...kind.fields.filter((of) => of.custom === undefined).map((of) => of.labels),
      ...others.map(labelsOf),
    ].flatMap(({ en, cs }) => [keyOf(en), keyOf(cs)]),
  )
  const twice = given.find((label) => taken.has(keyOf(label)))
  if (twice !== undefined) throw refuseField('field.label_taken', { label: twice })
}

export function isCurrency(code: string | null): boolean {
  return code !== null && Intl.supportedValuesOf('currency').includes(code)
}

/**
 * A pattern runs over each cell of a million rows, and one cell can be made so that a repetition within a repetition
 * takes for ever. So a group that repeats holds nothing of varying length, and long repetitions are few.
 */
export function checkPattern(pattern: string): void {
  const isCostly = /\\[1-9]|\\k<|\(\?<?[=!]/.test(pattern) || isExplosive(pattern)
  if (isCostly || !isExpression(pattern)) throw refuseField('field.pattern_unusable')
}

function isExpression(pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').source !== ''
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}

const MOST_LONG_REPETITIONS = 4
const LONG = 20

/** Walks the groups of an expression, with what stands in brackets and after a backslash put aside. */
function isExplosive(pattern: string): boolean {
  const plain = pattern
    .replace(/\\[pP]\{[^}]*\}|\\./g, 'a')
    .replace(/\[[^\]]*\]/g, 'a')
    .replace(/\(\?(?::|<\w+>)/g, '(')
  const varies: boolean[] = [false]
  let long = 0
  for (let at = 0; at < plain.length; at += 1) {
    const here = plain[at]
    if (here === '(') varies.push(false)
    else if (here === '|') varies[varies.length - 1] = true
    else if (here !== '?') {
      const isGroup = here === ')'
      const inner = isGroup ? varies.pop() === true : false
      const { least, most } = repetitionAt(plain, at + 1)
      if (inner && most > 1) return true
      if (inner || least !== most) varies[varies.length - 1] = true
      if (most > LONG) long += 1
    }
  }
  return long > MOST_LONG_REPETITIONS
}

function repetitionAt(pattern: string, at: number): { readonly least: number; readonly most: number } {
  const mark = pattern[at]
  if (mark === '*') return { least: 0, most: Number.POSITIVE_INFINITY }
  if (mark === '+') return { least: 1, most: Number.POSITIVE_INFINITY }
  if (mark === '?') return { least: 0, most: 1 }
  const braces = /^\{(\d+)(,(\d*))?\}/.exec(pattern.slice(at, at + 20))
  if (!braces) return { least: 1, most: 1 }
  const least = Number(braces[1])
  if (braces[2] === undefined) return { least, most: least }
  return { least, most: braces[3] ? Number(braces[3]) : Number.POSITIVE_INFINITY }
}
