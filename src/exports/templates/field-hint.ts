/** What belongs into a field, in a sentence or two for the person who fills it in. Pure. */
import type { FieldDeclaration, Kinds } from '../../kinds/kinds.ts'
import { capitalised, offeredOptions, type TemplateColumn } from '../../kinds/templates/template-plan.ts'
import type { Language } from '../../platform/refusal.ts'
import type { TemplateWords } from './template-words.ts'

export type Setting = {
  readonly kinds: Kinds
  readonly language: Language
  readonly words: TemplateWords
  /** Kinds that the template has sheets for. */
  readonly inFile: ReadonlySet<string>
  /** Of the organisation: ISO code and name. */
  readonly country: { readonly code: string; readonly name: string }
  readonly currency: string
}

/** Options that are named in a hint; of a longer list the drop-down tells. */
const mostNamed = 6

/** Whether it is required, what it is, its limits, and what the organisation says of it. */
export function hintOf(setting: Setting, column: TemplateColumn, all: readonly TemplateColumn[]): string {
  const { words } = setting
  const { field } = column
  return [
    requiredHint(setting, column, all),
    typeHint(setting, column),
    ...(field.min !== undefined && field.max !== undefined
      ? [words('range', { min: numberIn(setting, field.min), max: numberIn(setting, field.max) })]
      : []),
    ...(field.unique ? [words('unique')] : []),
    ...(field.pattern === undefined ? [] : [words('pattern', { pattern: field.pattern })]),
    field.hint ?? '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')
}

function requiredHint(
  { words, language }: Setting,
  { field, group }: TemplateColumn,
  all: readonly TemplateColumn[],
): string {
  if (field.required)
    return group ? words('requiredInGroup', { one: group.kind.one[language] }) : words('requiredSentence')
  const { requiredIf } = field
  const other = all.find(
    (column) => column.field.name === requiredIf?.field && column.group?.number === group?.number,
  )
  if (!requiredIf || !other) return ''
  const name = other.field.labels[language]
  if (requiredIf.values.every((value) => value === '')) return words('requiredIfBlank', { field: name })
  const values = requiredIf.values.map((value) => valueIn({ words, language }, other.field, value))
  return words('requiredIf', { field: name, values: values.join(', ') })
}

function valueIn(
  { words, language }: Pick<Setting, 'words' | 'language'>,
  field: FieldDeclaration,
  value: string,
): string {
  if (field.type === 'boolean') return words(value === 't' ? 'yes' : 'no')
  return field.options?.find((option) => option.value === value)?.labels[language] ?? value
}

function typeHint(setting: Setting, { field, lookup }: TemplateColumn): string {
  const { words, language } = setting
  if (field.reference) return referenceHint(setting, field.reference.kind, lookup ?? field.reference.by[0]!)
  const max = field.maxLength
  switch (field.type) {
    case 'text':
      return max === undefined ? words('textFree') : words('text', { max: numberIn(setting, max) })
    case 'multiline':
      return max === undefined ? words('textFree') : words('multiline', { max: numberIn(setting, max) })
    case 'money':
      return field.currency
        ? words('moneyFixed', { currency: field.currency })
        : words('money', { currency: setting.currency })
    case 'phone':
      return words('phone', { country: setting.country.name })
    case 'enum':
    case 'choices': {
      const options = offeredOptions(field).map(({ labels }) => labels[language])
      if (options.length === 0) return words('enumEmpty')
      if (field.type === 'choices') return words('choices', { options: options.join('; ') })
      return options.length > mostNamed ? words('enum') : words('enumWith', { options: options.join(', ') })
    }
    default:
      return words(field.type)
  }
}

/** Attributes under the labels that the referred kind gives them. */
function referenceHint({ kinds, language, words, inFile }: Setting, kind: string, by: string): string {
  const target = kinds.all.find(({ name }) => name === kind)
  const attribute = target?.fields.find(({ name }) => name === by)?.labels[language] ?? capitalised(by)
  if (!target) return words('referencePerson', { attribute })
  return words(inFile.has(kind) ? 'referenceInFile' : 'reference', { attribute, one: target.one[language] })
}

export function numberIn({ language }: Pick<Setting, 'language'>, number: number): string {
  return new Intl.NumberFormat(language === 'en' ? 'en-GB' : 'cs').format(number)
}
