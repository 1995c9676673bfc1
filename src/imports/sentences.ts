/** What a person reads about an import: findings, reasons, how the file was read, the headline of the check. */
import { refuseAccount } from '../accounts/accounts.ts'
import { displayValue } from '../kinds/display.ts'
import type { SuggestionReason } from '../kinds/headers/suggest-columns.ts'
import {
  type FieldDeclaration,
  type KindDeclaration,
  type Kinds,
  type Option,
  refuseKind,
  refuseList,
} from '../kinds/kinds.ts'
import { refuseBlob } from '../platform/blobs.ts'
import { refuseRequest } from '../platform/problem.ts'
import { fillSentence, type Language, type Sentence } from '../platform/refusal.ts'
import { type Finding, refuseFile } from '../tabular/tabular.ts'
import type { GroupOfFindings } from './check/findings.store.ts'
import type { ImportSettings } from './contract.ts'
import { findingCauses } from './finding-causes.ts'
import { findingDeclaration } from './findings.ts'
import type { Mapping } from './map/contract.ts'
import { czechRows } from './read/view-reading.ts'
import { refuseImport } from './refusals.ts'
import type { ImportRun, NewOptions, Reason } from './run.ts'
import type { Counts, FindingView } from './terms.ts'

/** Whatever can end a stage: also what a kind refuses while it is loaded. */
const reasons: Readonly<Record<string, Sentence>> = {
  ...refuseRequest.declarations,
  ...refuseAccount.declarations,
  ...refuseKind.declarations,
  ...refuseList.declarations,
  ...refuseImport.declarations,
  ...refuseFile.declarations,
  ...refuseBlob.declarations,
}

export function reasonSentence(reason: Reason, language: Language): string {
  const declared = reasons[reason.code]
  return declared ? fillSentence(declared[language], reason.params) : reason.code
}

/** Names of fields as a person knows them, also in lists such as `name + email`, and those of children. */
export function fieldLabels(kinds: Kinds, kind: KindDeclaration, names: string, language: Language): string {
  return names
    .split(' + ')
    .map((name) => fieldLabel(kinds, kind, name, language))
    .join(' + ')
}

/** "E-mail", of a child "Contact person 2 – E-mail"; of the child as a whole "Contact person 2". */
export function fieldLabel(kinds: Kinds, kind: KindDeclaration, name: string, language: Language): string {
  const [, childName, group, rest] = /^([a-z][A-Za-z]*)(?:\[(\d+)\])?(?:\.(.+))?$/.exec(name) ?? []
  const child = kinds.all.find((of) => of.name === childName && of.name !== kind.name)
  const own = [...kind.fields, ...(kind.retired ?? [])].find((field) => field.name === name)
  if (own || !child || (group === undefined && rest === undefined)) return own?.labels[language] ?? name
  const which = group === undefined ? child.one[language] : `${child.one[language]} ${group}`
  if (rest === undefined) return which
  return `${which} – ${child.fields.find((field) => field.name === rest)?.labels[language] ?? rest}`
}

export type FindingContext = {
  readonly kinds: Kinds
  readonly kind: KindDeclaration
  readonly columns: readonly string[]
  readonly language: Language
}

/** How a finding of this source is told; one of a source that was taken out since, as it stands. */
export function findingContext(
  kinds: Kinds,
  run: ImportRun,
  source: number,
  language: Language,
): FindingContext {
  const of = run.sources.find((one) => one.source === source)
  return { kinds, kind: kinds.get(of?.kind ?? run.kind), columns: of?.reading.columns ?? [], language }
}

export function viewFinding(finding: Finding, of: FindingContext): FindingView {
  const declaration = findingDeclaration(finding.code)
  const params: Record<string, string | number> = { ...finding.params }
  if (typeof params['fields'] === 'string')
    params['fields'] = fieldLabels(of.kinds, of.kind, params['fields'], of.language)
  // Sources are told from 1, as a person counts them.
  if (typeof params['source'] === 'number') params['source'] += 1
  const field = finding.field === null ? undefined : fieldAt(of, finding.field)
  if (typeof params['attribute'] === 'string')
    params['attribute'] = attributeLabel(of, field, params['attribute'])
  if (typeof params['options'] === 'string' && field?.options)
    params['options'] = optionLabels(field.options, params['options'], of.language)
  return {
    source: finding.source,
    row: finding.row,
    line: finding.line,
    column: finding.column,
    columnName: finding.column === null ? null : (of.columns[finding.column] ?? null),
    field: finding.field,
    code: finding.code,
    severity: finding.severity,
    value: finding.value,
    sentence: fillSentence(declaration[of.language], { value: finding.value ?? '', ...params }),
  }
}

/** The declaration behind a field's name, also of a child's. */
function fieldAt({ kinds, kind }: FindingContext, name: string): FieldDeclaration | undefined {
  const [, childName, rest] = /^([a-z][A-Za-z]*)(?:\[\d+\])?\.(.+)$/.exec(name) ?? []
  const fields = [...kind.fields, ...(kind.retired ?? [])]
  return (
    fields.find((field) => field.name === name) ??
    kinds.all.find((of) => of.name === childName)?.fields.find((field) => field.name === rest)
  )
}

/** What a record is looked up by, as it is called there. */
function attributeLabel(of: FindingContext, field: FieldDeclaration | undefined, name: string): string {
  const target = of.kinds.all.find((kind) => kind.name === field?.reference?.kind)
  return target?.fields.find((own) => own.name === name)?.labels[of.language] ?? name
}

/** The values of a list as people know them; findings keep them as they are stored. */
function optionLabels(options: readonly Option[], listed: string, language: Language): string {
  const labels = new Map(options.map((option) => [option.value, option.labels[language]]))
  return listed
    .split(', ')
    .map((value) => labels.get(value) ?? value)
    .join(', ')
}

/** "Birthday: no such date"; the field is one of the source's kind. */
export function groupTitle(group: GroupOfFindings, kinds: Kinds, run: ImportRun, language: Language): string {
  const { kind } = findingContext(kinds, run, group.source, language)
  const cause = findingCauses[group.code]?.[language] ?? group.code
  if (group.field === null) return cause.charAt(0).toUpperCase() + cause.slice(1)
  return `${fieldLabel(kinds, kind, group.field, language)}: ${cause}`
}

/** "491 rows are ready, 9 cannot be loaded: 3 dates, 2 duplicates". */
export function headline(
  counts: Counts,
  groups: readonly GroupOfFindings[],
  kinds: Kinds,
  run: ImportRun,
  language: Language,
): string {
  const number = new Intl.NumberFormat(language)
  const causes = groups
    .filter((group) => group.severity === 'error')
    .slice(0, 4)
    .map((group) => `${number.format(group.rows)} × ${groupTitle(group, kinds, run, language)}`)
  const others = groups.filter((group) => group.severity === 'error').length - causes.length
  if (others > 0)
    causes.push(
      language === 'cs'
        ? `další příčiny: ${number.format(others)}`
        : `${number.format(others)} more ${others === 1 ? 'cause' : 'causes'}`,
    )
  const why = causes.length > 0 ? `: ${causes.join('; ')}` : ''
  const parts =
    language === 'cs'
      ? [
          `${number.format(counts.loaded)} ${czechRows(counts.loaded)} je připraveno`,
          ...(counts.unchanged ? [`${number.format(counts.unchanged)} beze změny`] : []),
          ...(counts.skipped ? [`${number.format(counts.skipped)} přeskočeno`] : []),
          ...(counts.failed ? [`${number.format(counts.failed)} nelze načíst${why}`] : []),
        ]
      : [
          `${number.format(counts.loaded)} ${counts.loaded === 1 ? 'row is' : 'rows are'} ready`,
          ...(counts.unchanged ? [`${number.format(counts.unchanged)} would not change`] : []),
          ...(counts.skipped ? [`${number.format(counts.skipped)} skipped`] : []),
          ...(counts.failed ? [`${number.format(counts.failed)} cannot be loaded${why}`] : []),
        ]
  return `${parts.join(', ')}.`
}

export function policySentences(
  settings: ImportSettings,
  match: readonly string[],
  kinds: Kinds,
  kind: KindDeclaration,
  language: Language,
): string[] {
  const key = match.length > 0 ? fieldLabels(kinds, kind, match.join(' + '), language) : null
  const rows = {
    all_or_nothing: {
      en: 'All or nothing: if one row could not be loaded, none would be.',
      cs: 'Všechno, nebo nic: kdyby jediný řádek nešlo načíst, nenačte se žádný.',
    },
    valid_only: {
      en: 'Only valid rows are loaded; the others stay in the list of findings.',
      cs: 'Načtou se jen platné řádky; ostatní zůstanou v seznamu nálezů.',
    },
  }
  const existing = {
    create: {
      en: 'New records only; existing ones are left alone.',
      cs: 'Jen nové záznamy; stávající zůstanou beze změny.',
    },
    update: {
      en: `Existing records only, recognised by ${key}; nothing new is created.`,
      cs: `Jen stávající záznamy, rozpoznané podle ${key}; nic nového nevznikne.`,
    },
    upsert: {
      en: `Existing records, recognised by ${key}, are updated; others are created.`,
      cs: `Stávající záznamy, rozpoznané podle ${key}, se aktualizují; ostatní se vytvoří.`,
    },
  }
  const always = {
    en: 'One commit, which can be undone. Nothing is mailed or sent to anyone.',
    cs: 'Jedno zapsání, které lze vrátit. Nikomu se nic neposílá.',
  }
  return [rows[settings.rows][language], existing[settings.existing][language], always[language]]
}

export function suggestionSentence(
  reason: SuggestionReason,
  kinds: Kinds,
  kind: KindDeclaration,
  language: Language,
): string {
  const params: Record<string, string | number> = { ...reason.params }
  if (typeof params['field'] === 'string')
    params['field'] = fieldLabels(kinds, kind, params['field'], language)
  if (typeof params['other'] === 'string')
    params['other'] = fieldLabels(kinds, kind, params['other'], language)
  return fillSentence(suggestionSentences[reason.code][language], params)
}

const suggestionSentences: Readonly<Record<SuggestionReason['code'], Record<Language, string>>> = {
  same_name: { en: 'Same name', cs: 'Stejný název' },
  synonym: { en: 'Another name for it ({name})', cs: 'Jiný název téhož ({name})' },
  similar: { en: 'Similar name ({name})', cs: 'Podobný název ({name})' },
  values: { en: '{share} % of the values look like it', cs: '{share} % hodnot tomu odpovídá' },
  contradicted: { en: 'Named like it, but the values do not fit', cs: 'Název odpovídá, ale hodnoty ne' },
  taken: { en: 'Another column fits this field better', cs: 'Tomuto poli lépe odpovídá jiný sloupec' },
  ambiguous: { en: 'Fits two fields alike ({other})', cs: 'Odpovídá stejně dvěma polím ({other})' },
  none: { en: 'Nothing known fits', cs: 'Nic známého neodpovídá' },
}

export function displayFor(
  kind: KindDeclaration,
  name: string,
  canonical: string | null,
  language: Language,
): string | null {
  const field = kind.fields.find((candidate) => candidate.name === name)
  return field ? displayValue(field, canonical, language) : canonical
}

/** What a load would add to a list, in words. */
export function newOptionsSentence({ list, values }: NewOptions, kinds: Kinds, language: Language): string {
  const name = kinds.lists.get(list)?.labels[language] ?? list
  const shown = values.slice(0, 10).join(', ') + (values.length > 10 ? ' …' : '')
  const sentence = {
    en: 'New options of {name} ({count}): {shown}.',
    cs: 'Nové možnosti číselníku {name} ({count}): {shown}.',
  }
  return fillSentence(sentence[language], { name, count: values.length, shown })
}

/** What a mapping does beyond giving columns to fields. */
export function mappingSentences(
  { gather, distinct }: Pick<Mapping, 'gather' | 'distinct'>,
  kinds: Kinds,
  kind: KindDeclaration,
  language: Language,
): string[] {
  const label = (field: string): string => fieldLabel(kinds, kind, field, language)
  const gathered = {
    en: 'Kept under {field}, each under its header: {columns}.',
    cs: 'V poli {field}, každý pod svým názvem, zůstanou sloupce: {columns}.',
  }
  const once = {
    en: '{kind}: one for each different {field}; rows that say nothing new are skipped.',
    cs: '{kind}: jeden záznam pro každou různou hodnotu {field}; řádky, které nic nového nepřinášejí, se přeskočí.',
  }
  const columns = gather?.columns.map(({ header }) => header).join(', ') ?? ''
  return [
    ...(gather && columns !== ''
      ? [fillSentence(gathered[language], { field: label(gather.field), columns })]
      : []),
    ...(distinct
      ? [fillSentence(once[language], { kind: kind.labels[language], field: label(distinct) })]
      : []),
  ]
}
