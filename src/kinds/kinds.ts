/**
 * The kinds of an installation: registered once by the composition root, checked when they are, and asked
 * by import, export and lists. The door of this module.
 */
import { declareRefusals } from '../platform/refusal.ts'
import type { FieldDescription, KindDescription } from './contract.ts'
import type { FieldDeclaration, KindDeclaration, ReferenceTarget } from './kind.ts'
import { snakeCase } from './storage.ts'

export type {
  FieldDeclaration,
  KindDeclaration,
  Labels,
  LoadScope,
  Option,
  ReferenceTarget,
  Section,
} from './kind.ts'
export { canonicalOf, columnsOf, type StoredColumn, snakeCase, typedFrom } from './storage.ts'

export const refuseKind = declareRefusals({
  'kind.unknown': {
    status: 404,
    en: 'There is no kind {kind}. Known are: {known}.',
    cs: 'Druh {kind} neexistuje. Známé jsou: {known}.',
  },
})

export type Kinds = {
  readonly all: readonly KindDeclaration[]
  /** Refuses `kind.unknown`. */
  readonly get: (name: string) => KindDeclaration
  readonly target: (kind: string) => ReferenceTarget
  /** Every field, of any kind, that refers to the given kind. */
  readonly referrers: (
    kind: string,
  ) => readonly { readonly kind: KindDeclaration; readonly field: FieldDeclaration }[]
}

export function registerKinds(
  kinds: readonly KindDeclaration[],
  targets: readonly ReferenceTarget[] = [],
): Kinds {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]))
  const byTarget = new Map(targets.map((target) => [target.kind, target]))
  for (const kind of kinds) checkDeclaration(kind, byName, byTarget)
  const get = (name: string): KindDeclaration => {
    const kind = byName.get(name)
    if (!kind) throw refuseKind('kind.unknown', { kind: name, known: [...byName.keys()].join(', ') })
    return kind
  }
  return {
    all: kinds,
    get,
    target: (name) => byTarget.get(name) ?? kindAsTarget(get(name)),
    referrers: (name) =>
      kinds.flatMap((kind) =>
        kind.fields.filter((field) => field.reference?.kind === name).map((field) => ({ kind, field })),
      ),
  }
}

export function fieldOf(kind: KindDeclaration, name: string): FieldDeclaration {
  const field = kind.fields.find((candidate) => candidate.name === name)
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
    options: field.options?.map((option) => ({ value: option.value, labels: option.labels })) ?? null,
    reference: field.reference ? { kind: field.reference.kind, by: [...field.reference.by] } : null,
  }
}

function kindAsTarget(kind: KindDeclaration): ReferenceTarget {
  const attributes = Object.fromEntries(
    kind.fields.filter((field) => !field.reference).map((field) => [field.name, snakeCase(field.name)]),
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
    if (field.type === 'enum' && !field.options?.length) wrong(`field ${field.name} has no options`)
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
