/** What in an import is the same thing twice, by the rules of its kinds: groups of rows, and of records there. */
import type { Work } from '../platform/work.ts'
import type * as checkContract from './check/contract.ts'
import { pageDuplicates } from './check/duplicate-groups.store.ts'
import { type Key, plainKey, ruleKeys } from './check/duplicates.store.ts'
import { type ImportEngine, kindsOf } from './engine.ts'
import { findRun } from './imports.store.ts'
import type { Answer } from './look.ts'
import { type Part, partSources, partsOf } from './part.ts'
import { refuseImport } from './refusals.ts'
import { isStaged } from './staging.store.ts'

type Asked = { readonly part: Part; readonly key: Key }

export async function listDuplicates(
  engine: ImportEngine,
  work: Work,
  input: { id: string; kind?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<Answer<typeof checkContract.listDuplicates>> {
  const run = await findRun(work, input.id)
  if (!run.plan) throw refuseImport('import.not_checked')
  const kinds = await kindsOf(engine, work)
  const parts = partsOf(partSources(kinds, run)).filter(
    ({ kind }) => input.kind === undefined || kind.name === input.kind,
  )
  for (const part of parts)
    if (!(await isStaged(work.db, run.id, part))) throw refuseImport('import.not_checked')
  const questions = questionsOf(parts)
  const [at = 0, skip = 0] =
    /^(\d{1,4})\.(\d{1,9})$/
      .exec(input.cursor ?? '')
      ?.slice(1)
      .map(Number) ?? []
  const groups: Answer<typeof checkContract.listDuplicates>['groups'] = []
  let next: string | null = null
  for (const [number, question] of questions.entries()) {
    if (number < at || next !== null) continue
    const offset = number === at ? skip : 0
    const limit = input.limit - groups.length
    const kind = question[0]!.part.kind
    const found = await pageDuplicates(work, kind, question, { offset, limit })
    groups.push(...found.map((group) => ({ ...group, kind: kind.name, fields: [...question[0]!.key.by] })))
    if (found.length === limit) next = `${number}.${offset + found.length}`
  }
  return { groups, next }
}

/** One question for each kind and rule, about all parts that fill the rule's fields. */
function questionsOf(parts: readonly Part[]): readonly (readonly Asked[])[] {
  const asked = new Map<string, Asked[]>()
  for (const part of parts)
    for (const key of keysOf(part)) {
      const name = `${part.kind.name} ${key.by.join(' + ')}`
      asked.set(name, [...(asked.get(name) ?? []), { part, key }])
    }
  return [...asked.values()]
}

function keysOf(part: Part): readonly Key[] {
  const rules = part.kind.duplicateRules
  if (rules) return ruleKeys({ part, record: { part } }, rules)
  const mapped = new Set(
    part.fields.filter((of) => !of.isParent && of.lookup === null).map(({ field }) => field.name),
  )
  return part.kind.matchKeys
    .filter((key) => key.every((name) => mapped.has(name)))
    .map((key) => plainKey(key))
}
