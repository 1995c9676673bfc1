/**
 * Code lists: the options that an organisation maintains. A list has those that it came with until somebody
 * changes it; from then on it is the organisation's own. Options that records hold are archived, never deleted.
 */
import { requirePermission } from '../../accounts/accounts.ts'
import { recordEvent } from '../../history/history.ts'
import type { Work } from '../../platform/work.ts'
import { touchRevision } from '../custom-fields/custom-fields.store.ts'
import type { CodeList, FieldDeclaration, KindDeclaration, Kinds, Option } from '../kind.ts'
import { canonicalOf } from '../storage.ts'
import { keyOf } from '../values/nearest-word.ts'
import {
  countUses,
  insertList,
  insertOptions,
  lockList,
  type OptionInput,
  removeOptions,
  updateOption,
  updateOptionPlaces,
} from './code-lists.store.ts'
import type { CodeListSummary, CodeListView } from './contract.ts'
import type { listEvents } from './events.ts'
import { refuseList } from './refusals.ts'

export const MOST_OPTIONS = 5000

type OwnLabel = { readonly en: string | null; readonly cs: string | null }

export async function listCodeLists(work: Work, kinds: Kinds): Promise<{ lists: CodeListSummary[] }> {
  const own = await kinds.of(work)
  return {
    lists: [...own.lists.values()].map((list) => ({
      name: list.name,
      labels: list.labels,
      offered: list.options.filter((option) => !option.isArchived).length,
      archived: list.options.filter((option) => option.isArchived).length,
      usedBy: describeUsers(own, list.name),
    })),
  }
}

export async function findCodeList(work: Work, kinds: Kinds, name: string): Promise<CodeListView> {
  const own = await kinds.of(work)
  const list = requireList(own, name)
  return {
    name,
    labels: list.labels,
    usedBy: describeUsers(own, name),
    options: list.options.map((option) => ({
      value: option.value,
      labels: option.labels,
      synonyms: [...(option.synonyms ?? [])],
      archived: option.isArchived ?? false,
    })),
  }
}

/** Records by option, of every field that offers the list, archived fields included. */
export async function countOptionUses(
  work: Work,
  kinds: Kinds,
  name: string,
  values?: readonly string[],
): Promise<Record<string, number>> {
  const own = await kinds.of(work)
  requireList(own, name)
  const uses: Record<string, number> = {}
  for (const { kind, field } of usersOf(own, name)) {
    const found = await countUses(work, {
      table: kind.table,
      canonical: canonicalOf(field, 't'),
      isSeveral: field.type === 'choices',
      values,
    })
    for (const { value, count } of found) uses[value] = (uses[value] ?? 0) + Number(count)
  }
  return uses
}

export async function addOption(
  work: Work,
  kinds: Kinds,
  name: string,
  input: { readonly label: OwnLabel; readonly synonyms: readonly string[] },
): Promise<CodeListView> {
  requirePermission(work, 'fields.manage')
  const { id, list } = await ownList(work, kinds, name)
  if (list.options.length >= MOST_OPTIONS)
    throw refuseList('list.too_many_options', { maximum: MOST_OPTIONS })
  const option = optionOf(input.label, input.synonyms)
  checkWords(list.options, option)
  await insertOptions(work, name, [option])
  await tell(work, id, list, 'list.option_added', option)
  return findCodeList(work, kinds, name)
}

export async function changeOption(
  work: Work,
  kinds: Kinds,
  name: string,
  change: {
    readonly value: string
    readonly label?: OwnLabel | undefined
    readonly synonyms?: readonly string[] | undefined
    readonly archived?: boolean | undefined
  },
): Promise<CodeListView> {
  requirePermission(work, 'fields.manage')
  const { id, list } = await ownList(work, kinds, name)
  const before = requireOption(list, change.value)
  const label = change.label ?? before.labels
  const { en, cs, synonyms } = optionOf(label, change.synonyms ?? before.synonyms ?? [])
  const wasArchived = before.isArchived ?? false
  const after: OptionInput = {
    value: before.value,
    en,
    cs,
    synonyms,
    isArchived: change.archived ?? wasArchived,
  }
  if (change.label || change.synonyms)
    checkWords(
      list.options.filter((option) => option !== before),
      after,
    )
  await updateOption(work, name, after)
  const event =
    after.isArchived === wasArchived
      ? 'list.option_changed'
      : after.isArchived
        ? 'list.option_archived'
        : 'list.option_unarchived'
  await tell(work, id, list, event, after)
  return findCodeList(work, kinds, name)
}

export async function orderOptions(
  work: Work,
  kinds: Kinds,
  name: string,
  values: readonly string[],
): Promise<CodeListView> {
  requirePermission(work, 'fields.manage')
  const { id, list } = await ownList(work, kinds, name)
  const known = new Set(list.options.map((option) => option.value))
  if (
    values.length !== known.size ||
    new Set(values).size !== known.size ||
    !values.every((of) => known.has(of))
  )
    throw refuseList('list.order_outdated')
  await updateOptionPlaces(work, name, values)
  await tell(work, id, list, 'list.ordered')
  return findCodeList(work, kinds, name)
}

export async function deleteOption(
  work: Work,
  kinds: Kinds,
  name: string,
  value: string,
): Promise<CodeListView> {
  requirePermission(work, 'fields.manage')
  const { id, list } = await ownList(work, kinds, name)
  const option = requireOption(list, value)
  const count = (await countOptionUses(work, kinds, name, [value]))[value] ?? 0
  if (count > 0) throw refuseList('list.option_in_use', { count, option: option.labels[work.actor.language] })
  await removeOptions(work, name, [value])
  await tell(work, id, list, 'list.option_deleted', { en: option.labels.en, cs: option.labels.cs })
  return findCodeList(work, kinds, name)
}

/** A list that one custom field brings with it, of options in the organisation's own words. */
export async function makeOwnList(
  work: Work,
  name: string,
  labels: OwnLabel,
  words: readonly string[],
): Promise<void> {
  const options: OptionInput[] = []
  for (const word of words) {
    const option = optionOf({ en: null, cs: null, [work.actor.language]: word }, [])
    checkWords(
      options.map(({ value }) => ({ value, labels: { en: value, cs: value } })),
      option,
    )
    options.push(option)
  }
  await insertList(work, name, labels)
  await insertOptions(work, name, options)
}

/** The list as the organisation's own, with the options that it had until now, locked against others. */
export async function ownList(
  work: Work,
  kinds: Kinds,
  name: string,
): Promise<{ readonly id: string; readonly list: CodeList }> {
  await touchRevision(work)
  const { options } = requireList(await kinds.of(work), name)
  if (await insertList(work, name, { en: null, cs: null }))
    await insertOptions(work, name, options.map(keptOption))
  const id = await lockList(work, name)
  return { id, list: requireList(await kinds.of(work), name) }
}

/** Its German label becomes another word for it: the organisation's own labels are in two languages. */
function keptOption({ value, labels, synonyms, isArchived }: Option): OptionInput {
  const { en, cs, de } = labels
  const words = [...(de !== undefined && de !== en && de !== cs ? [de] : []), ...(synonyms ?? [])]
  return { value, en, cs, synonyms: words, isArchived: isArchived ?? false }
}

function optionOf(label: OwnLabel, synonyms: readonly string[]): OptionInput {
  const en = label.en?.trim() || null
  const cs = label.cs?.trim() || null
  const words = [...new Set(synonyms.map((word) => word.trim()).filter((word) => word !== ''))]
  const bad = [en, cs, ...words].find((word) => word !== null && !isUsable(word))
  const value = en ?? cs
  if (bad != null || value === null) throw refuseList('list.option_unusable', { word: bad ?? '' })
  return { value, en, cs, synonyms: words, isArchived: false }
}

/** Cells with several options are divided at semicolons, bars and lines. */
function isUsable(word: string): boolean {
  return word.length <= 100 && !/[;|\p{Cc}]/u.test(word) && keyOf(word) !== ''
}

/** A word that two options claim would mean neither of them. */
function checkWords(others: readonly Option[], option: OptionInput): void {
  const given = [option.value, option.en, option.cs, ...option.synonyms]
  const words = new Set(given.flatMap((word) => (word ? [keyOf(word)] : [])))
  for (const { value, labels, synonyms } of others) {
    const word = [value, labels.en, labels.cs, ...(synonyms ?? [])].find((of) => words.has(keyOf(of)))
    if (word !== undefined) throw refuseList('list.option_taken', { word, option: labels.en })
  }
}

function requireList(kinds: Kinds, name: string): CodeList {
  const list = kinds.lists.get(name)
  if (!list) throw refuseList('list.not_found', { list: name })
  return list
}

function requireOption(list: CodeList, value: string): Option {
  const option = list.options.find((candidate) => candidate.value === value)
  if (!option) throw refuseList('list.option_not_found', { value })
  return option
}

/** Fields that offer the list; archived and deleted ones hold values of it too. */
function usersOf(
  kinds: Kinds,
  name: string,
): readonly { readonly kind: KindDeclaration; readonly field: FieldDeclaration }[] {
  return kinds.all.flatMap((kind) =>
    [...kind.fields, ...(kind.retired ?? [])]
      .filter((field) => field.codeList === name)
      .map((field) => ({ kind, field })),
  )
}

function describeUsers(kinds: Kinds, name: string): CodeListView['usedBy'] {
  return usersOf(kinds, name)
    .filter(({ kind, field }) => kind.fields.includes(field))
    .map(({ kind, field }) => ({ kind: kind.name, field: field.name, labels: field.labels }))
}

async function tell(
  work: Work,
  id: string,
  list: CodeList,
  event: keyof typeof listEvents,
  option?: OwnLabel,
): Promise<void> {
  const { en, cs } = list.labels
  const named = option
    ? { option: { en: option.en ?? option.cs ?? '', cs: option.cs ?? option.en ?? '' } }
    : {}
  await recordEvent(work, { kind: 'code_lists', recordId: id, event, params: { list: { en, cs }, ...named } })
}
