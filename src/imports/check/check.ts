/**
 * The check after staging: compares the rows with each other and with the store, and counts what loading
 * would do. Writes verdicts and findings; the caller's transaction decides whether they stand.
 */
import type { KindDeclaration, Kinds } from '../../kinds/kinds.ts'
import type { Work } from '../../platform/work.ts'
import type { ImportSettings } from '../contract.ts'
import type { MappedField } from '../map/compile.ts'
import type { RowAction } from '../record.ts'
import type { ImportId, RunSource } from '../run.ts'
import { countActions } from '../staging.store.ts'
import {
  type Comparison,
  findBrokenReferences,
  findDuplicates,
  findExisting,
  findMissing,
  findTaken,
  findUnchanged,
  matchRecords,
  openComparison,
} from './compare.store.ts'

export type CheckInput = {
  readonly work: Work
  readonly kinds: Kinds
  readonly kind: KindDeclaration
  readonly importId: ImportId
  readonly source: RunSource
  readonly fields: readonly MappedField[]
  readonly settings: ImportSettings
}

export type CheckedSource = { readonly actions: Record<RowAction, number>; readonly match: readonly string[] }

/** The key by which existing records are recognised: the chosen one, else the first that the mapping fills. */
export function resolveMatch(
  kind: KindDeclaration,
  fields: readonly MappedField[],
  settings: ImportSettings,
): { key: readonly string[]; isChosen: boolean } {
  if (settings.match.length > 0) return { key: settings.match, isChosen: true }
  const mapped = new Set(fields.map((of) => of.field.name))
  return { key: kind.matchKeys.find((key) => key.every((name) => mapped.has(name))) ?? [], isChosen: false }
}

export async function checkSource(input: CheckInput): Promise<CheckedSource> {
  const of = openComparison(
    input.work,
    input.kinds,
    input.kind,
    input.fields,
    input.importId,
    input.source.source,
  )
  const { key, isChosen } = resolveMatch(input.kind, input.fields, input.settings)
  const isUnique = (name: string): boolean =>
    input.fields.some((mapped) => mapped.field.name === name && mapped.field.unique)
  const unique = input.fields.filter((mapped) => mapped.field.unique).map((mapped) => mapped.field.name)
  const keyIsStrict =
    isChosen || input.settings.existing !== 'create' || (key.length === 1 && isUnique(key[0]!))

  for (const name of unique) if (key.length !== 1 || key[0] !== name) await findDuplicates(of, [name], true)
  if (key.length > 0) await findDuplicates(of, key, keyIsStrict)
  for (const mapped of input.fields) if (mapped.lookup !== null) await findBrokenReferences(of, mapped)

  if (input.settings.existing === 'create') await checkCreates(of, key, keyIsStrict, unique)
  else await checkUpdates(of, key, input.settings.existing, unique)
  return { actions: await countActions(input.work.db, input.importId, input.source.source), match: key }
}

async function checkCreates(
  of: Comparison,
  key: readonly string[],
  isStrict: boolean,
  unique: readonly string[],
): Promise<void> {
  if (key.length > 0) await findExisting(of, key, isStrict)
  for (const name of unique) if (key.length !== 1 || key[0] !== name) await findExisting(of, [name], true)
}

async function checkUpdates(
  of: Comparison,
  key: readonly string[],
  mode: 'update' | 'upsert',
  unique: readonly string[],
): Promise<void> {
  await matchRecords(of, key, mode)
  for (const name of unique) if (key.length !== 1 || key[0] !== name) await findTaken(of, name)
  for (const mapped of of.fields)
    if (mapped.field.required && mode === 'upsert') await findMissing(of, mapped.field.name)
  await findUnchanged(of)
}
