/**
 * The check after staging: compares the rows of a part with each other, with the rest of the set and with the
 * store, and counts what loading would do. Writes verdicts and findings; the caller's transaction decides
 * whether they stand.
 */
import type { Kinds } from '../../kinds/kinds.ts'
import type { Work } from '../../platform/work.ts'
import type { ImportSettings } from '../contract.ts'
import { prepareLookups } from '../lookups.store.ts'
import { chosenMatch } from '../map/complete.ts'
import type { Part } from '../part.ts'
import type { RowAction } from '../record.ts'
import type { RecordSql } from '../record-sql.ts'
import { countActions, type StagedActions } from '../staging.store.ts'
import { type Comparison, openComparison } from './compare.store.ts'
import { leaveOutRepeated } from './distinct.store.ts'
import {
  findDuplicates,
  findDuplicatesInSet,
  findExisting,
  findSameRecordInSet,
  type Key,
  plainKey,
  ruleKeys,
} from './duplicates.store.ts'
import { findMissing, findTaken, findUnchanged, matchRecords } from './match.store.ts'
import { findBrokenReferences, findLostParents } from './references.store.ts'

export type CheckInput = {
  readonly work: Work
  readonly kinds: Kinds
  readonly part: Part
  /** Parts of the set that have been checked before. */
  readonly among: readonly Part[]
  readonly settings: ImportSettings
  /** Kind of the import's first source: what `match` is about. */
  readonly firstKind: string
  readonly staged: StagedActions
}

export type CheckedPart = { readonly actions: Record<RowAction, number>; readonly match: readonly string[] }

/** The key by which existing records are recognised: the chosen one, else the first that the mapping fills. */
function resolveMatch(
  part: Part,
  settings: ImportSettings,
  firstKind: string,
): { key: readonly string[]; isChosen: boolean } {
  const chosen = part.parent
    ? (settings.matchOf?.[part.kind.name] ?? [])
    : chosenMatch(part.kind.name, settings, firstKind)
  if (chosen.length > 0) return { key: chosen, isChosen: true }
  const mapped = new Set(part.fields.map((of) => of.field.name))
  const found = part.kind.matchKeys.find((key) => key.every((name) => mapped.has(name)))
  // Whose child it is says the row; what is left tells it from its siblings, at least its name.
  const own = part.fields.filter((of) => of.isParent || of.lookup !== null).map((of) => of.field.name)
  const key = (found ?? []).filter((name) => !own.includes(name))
  if (key.length > 0 || !part.parent) return { key, isChosen: false }
  return { key: mapped.has(part.kind.title) ? [part.kind.title] : [], isChosen: false }
}

export async function checkPart(input: CheckInput): Promise<CheckedPart> {
  const { work, kinds, part, settings } = input
  const bare = { org: work.org, kinds, part }
  const lookups = await prepareLookups({ work, record: bare, among: input.among, hasVerdicts: false })
  const record: RecordSql = { ...bare, lookups: lookups.tables }
  const of = openComparison(work, record, input.among)
  const { key, isChosen } = resolveMatch(part, settings, input.firstKind)
  const unique = uniqueFields(part)
  const isUniqueKey = key.length === 1 && unique.includes(key[0]!)
  const isStrict = isChosen || settings.existing !== 'create' || isUniqueKey
  const match = plainKey(key, part.parent !== null && !isUniqueKey)
  const others = unique.filter((name) => key.length !== 1 || key[0] !== name)

  // Hints are of no use where the rules of the kind decide.
  const isAsked =
    part.distinct === null &&
    key.length > 0 &&
    (isStrict || settings.duplicates !== 'refuse' || !part.kind.duplicateRules)

  await findLostParents(of)
  if (part.distinct !== null) await leaveOutRepeated(of, part.distinct)
  for (const name of others) await findTwice(of, plainKey([name]), true)
  if (isAsked) await findTwice(of, match, isStrict)
  await findBrokenReferences(of, lookups)
  if (settings.existing === 'create') await checkCreates(of, isAsked ? match : null, isStrict, others)
  else await checkUpdates(of, match, settings.existing, others)
  if (settings.duplicates === 'refuse') await refuseDuplicates(of)
  return { actions: await countActions(work.db, part.importId, part, input.staged), match: key }
}

function uniqueFields(part: Part): string[] {
  return part.fields.filter(({ field }) => field.unique).map(({ field }) => field.name)
}

async function findTwice(of: Comparison, key: Key, isError: boolean): Promise<void> {
  await findDuplicates(of, key, isError)
  await findDuplicatesInSet(of, key, isError)
}

async function checkCreates(
  of: Comparison,
  match: Key | null,
  isStrict: boolean,
  unique: readonly string[],
): Promise<void> {
  if (match && !match.isScoped) await findExisting(of, match, isStrict)
  for (const name of unique) await findExisting(of, plainKey([name]), true)
}

async function checkUpdates(
  of: Comparison,
  match: Key,
  mode: 'update' | 'upsert',
  unique: readonly string[],
): Promise<void> {
  if (match.by.length > 0) await matchRecords(of, match, mode)
  for (const name of unique) await findTaken(of, name)
  await findSameRecordInSet(of)
  if (mode === 'upsert') for (const field of of.part.kind.fields) await findMissing(of, field)
  await findUnchanged(of)
}

/** By the rules of the kind, in the file, in the set and in the store: what is the same thing twice stays out. */
async function refuseDuplicates(of: Comparison): Promise<void> {
  for (const key of ruleKeys(of, of.part.kind.duplicateRules ?? [])) {
    await findTwice(of, key, true)
    await findExisting(of, key, true)
  }
}
