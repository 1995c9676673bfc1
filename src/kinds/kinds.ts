/**
 * The kinds of an installation: registered once by the composition root, checked when they are, and asked
 * by import, export and lists. The door of this module.
 */
import { declareRefusals } from '../platform/refusal.ts'
import type { Work } from '../platform/work.ts'
import { readLists, readOptions } from './code-lists/code-lists.store.ts'
import type { FieldDescription, KindDescription } from './contract.ts'
import { readFields, readRevision } from './custom-fields/custom-fields.store.ts'
import type { FieldDeclaration, KindDeclaration, Kinds, Option, ReferenceTarget } from './kind.ts'
import { type Definitions, extendKind, listsOf, noDefinitions } from './organisation-kinds.ts'
import { snakeCase } from './storage.ts'

export { castText, fitsField } from './cast-text.ts'
export { createOptions, removeCreatedOptions } from './code-lists/created-options.ts'
export { listEvents } from './code-lists/events.ts'
export { refuseList } from './code-lists/refusals.ts'
export { fieldEvents } from './custom-fields/events.ts'
export { proposeField } from './custom-fields/propose-field.ts'
export type {
  ChildDeclaration,
  CodeList,
  DuplicateRule,
  FieldDeclaration,
  KindDeclaration,
  Kinds,
  Labels,
  LoadScope,
  Option,
  ReferenceTarget,
  Section,
} from './kind.ts'
export { movedToBin, removedByLabel } from './records/bin.store.ts'
export {
  canonicalFrom,
  canonicalOf,
  changedColumns,
  columnsOf,
  insertedColumns,
  type StoredColumn,
  snakeCase,
  storedValue,
  typedFrom,
} from './storage.ts'

export const refuseKind = declareRefusals({
  'kind.unknown': {
    status: 404,
    en: 'There is no kind {kind}. Known are: {known}.',
    cs: 'Druh {kind} neexistuje. Známé jsou: {known}.',
  },
})

/** Organisations whose kinds one process remembers; the one that was not asked for longest goes first. */
const REMEMBERED = 200

export function registerKinds(
  kinds: readonly KindDeclaration[],
  targets: readonly ReferenceTarget[] = [],
): Kinds {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]))
  const byTarget = new Map(targets.map((target) => [target.kind, target]))
  for (const kind of kinds) checkDeclaration(kind, byName, byTarget)
  const remembered = new Map<string, Kinds>()
  const of = async (work: Work): Promise<Kinds> => {
    const revision = await readRevision(work)
    if (revision === null) return declared
    const known = remembered.get(work.org)
    remembered.delete(work.org)
    const found =
      known?.revision === revision ? known : indexKinds(kinds, byTarget, of, await readAll(work), revision)
    remembered.set(work.org, found)
    if (remembered.size > REMEMBERED) remembered.delete(remembered.keys().next().value!)
    return found
  }
  const declared = indexKinds(kinds, byTarget, of, noDefinitions, null)
  return declared
}

function indexKinds(
  kinds: readonly KindDeclaration[],
  targets: ReadonlyMap<string, ReferenceTarget>,
  of: Kinds['of'],
  stored: Definitions,
  revision: string | null,
): Kinds {
  const lists = listsOf(kinds, stored)
  const all = kinds.map((kind) => extendKind(kind, lists, stored.fields))
  const byName = new Map(all.map((kind) => [kind.name, kind]))
  const get = (name: string): KindDeclaration => {
    const kind = byName.get(name)
    if (!kind) throw refuseKind('kind.unknown', { kind: name, known: [...byName.keys()].join(', ') })
    return kind
  }
  return {
    all,
    get,
    target: (name) => targets.get(name) ?? kindAsTarget(get(name)),
    referrers: (name) =>
      all.flatMap((kind) =>
        kind.fields.filter((field) => field.reference?.kind === name).map((field) => ({ kind, field })),
      ),
    lists,
    revision,
    of,
  }
}

async function readAll(work: Work): Promise<Definitions> {
  return {
    fields: await readFields(work),
    lists: await readLists(work),
    options: await readOptions(work),
  }
}

/** A field of the kind, one that the organisation has archived or deleted included. */
export function fieldOf(kind: KindDeclaration, name: string): FieldDeclaration {
  const isNamed = (candidate: FieldDeclaration): boolean => candidate.name === name
  const field = kind.fields.find(isNamed) ?? kind.retired?.find(isNamed)
  if (!field) throw new Error(`The kind ${kind.name} has no field ${name}.`)
  return field
}

export function describeKind(kind: KindDeclaration): KindDescription {
  return {
    name: kind.name,
    labels: kind.labels,
    one: kind.one,
    fields: kind.fields.map(describeField),
    matchKeys: kind.matchKeys.map((key) => [...key]),
  }
}

function describeField(field: FieldDeclaration): FieldDescription {
  return {
    name: field.name,
    type: field.type,
    labels: field.labels,
    section: { name: field.section.name, labels: field.section.labels },
    required: field.required ?? false,
    unique: field.unique ?? false,
    maxLength: field.maxLength ?? null,
    pattern: field.pattern ?? null,
    hint: field.hint ?? null,
    currency: field.currency ?? null,
    custom: field.custom !== undefined,
    codeList: field.codeList ?? null,
    shownIn: field.shownIn ?? { list: true, filter: true, export: true },
    options: field.options?.map(describeOption) ?? null,
    reference: field.reference ? { kind: field.reference.kind, by: [...field.reference.by] } : null,
  }
}

function describeOption({ value, labels, isArchived }: Option) {
  return { value, labels, archived: isArchived ?? false }
}

function kindAsTarget(kind: KindDeclaration): ReferenceTarget {
  const attributes = Object.fromEntries(
    kind.fields
      .filter((field) => !field.reference && field.custom === undefined)
      .map((field) => [field.name, snakeCase(field.name)]),
  )
  return { kind: kind.name, table: kind.table, attributes }
}

/** A wrong declaration is a bug of ours and stops the start, not the first import that meets it. */
function checkDeclaration(
  kind: KindDeclaration,
  kinds: ReadonlyMap<string, KindDeclaration>,
  targets: ReadonlyMap<string, ReferenceTarget>,
): void {
  const names = new Set<string>()
  const wrong = (what: string): never => {
    throw new Error(`Kind ${kind.name}: ${what}.`)
  }
  for (const field of kind.fields) {
    if (names.has(field.name)) wrong(`field ${field.name} is declared twice`)
    names.add(field.name)
    const isSelection = field.type === 'enum' || field.type === 'choices'
    if (isSelection && !field.codeList && !field.options?.length) wrong(`field ${field.name} has no options`)
    const target = field.reference?.kind
    if (target && !kinds.has(target) && !targets.has(target))
      wrong(`field ${field.name} refers to the unknown ${target}`)
  }
  const used = [
    kind.title,
    ...kind.matchKeys.flat(),
    ...(kind.group ? [...kind.group.by, ...kind.group.agreeing] : []),
    ...kind.fields.flatMap((field) => (field.requiredIf ? [field.requiredIf.field] : [])),
  ]
  for (const name of used) if (!names.has(name)) wrong(`there is no field ${name}`)
}
