/** Whether what a person settles about a custom field makes sense: label, type and what belongs to it. Pure. */
import type { CodeList, KindDeclaration } from '../kind.ts'
import { labelsOf } from '../organisation-kinds.ts'
import { keyOf } from '../values/nearest-word.ts'
import type { CustomFieldType } from './contract.ts'
import type { FieldSettings, StoredField } from './custom-fields.store.ts'
import { refuseField } from './refusals.ts'

const SHORTEST = 3

const selections: readonly CustomFieldType[] = ['enum', 'choices']
const withPattern: readonly CustomFieldType[] = ['text', 'multiline', 'url', 'email', 'file']

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
    !withPattern.includes(field.type) && field.max_length !== null && 'maxLength',
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
 * A pattern runs over each cell of a million rows, so a group that repeats and holds a repetition itself, which can
 * take for ever on one cell, is refused. Back references and look-behinds are as costly and nobody needs them here.
 */
export function checkPattern(pattern: string): void {
  const isCostly = /\\[1-9]|\\k<|\(\?<?[=!]/.test(pattern) || repeatsWithin(pattern)
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

/** Walks the groups of a valid expression: does one that is repeated without end hold such a repetition? */
function repeatsWithin(pattern: string): boolean {
  const plain = pattern.replace(/\\./g, 'a').replace(/\[[^\]]*\]/g, 'a')
  const inner: boolean[] = [false]
  for (let at = 0; at < plain.length; at += 1) {
    if (plain[at] === '(') inner.push(false)
    else if (plain[at] === ')') {
      const holds = inner.pop() === true
      const isRepeated = isEndless(plain, at + 1)
      if (holds && isRepeated) return true
      if (holds || isRepeated) inner[inner.length - 1] = true
    } else if (isEndless(plain, at) && plain[at - 1] !== ')') inner[inner.length - 1] = true
  }
  return false
}

function isEndless(pattern: string, at: number): boolean {
  const rest = pattern.slice(at, at + 12)
  return /^[*+]/.test(rest) || /^\{\d+,(?:\d{3,})?\}/.test(rest)
}
