/**
 * "Create the option where it does not exist": what an import does to a list inside its load, and takes back when
 * it is undone. Both are set-based and take the organisation's definitions for themselves until they commit, so a
 * load calls them last.
 */
import { recordEvent } from '../../history/history.ts'
import type { Work } from '../../platform/work.ts'
import type { Kinds } from '../kind.ts'
import { insertOptions, lockList, readCreatedOptions, removeOptions } from './code-lists.store.ts'
import { countOptionUses, MOST_OPTIONS, ownList } from './code-lists.ts'
import { refuseList } from './refusals.ts'

/**
 * Adds the values that the list does not have yet, in their order, each its own label. Gives those that were
 * added; refuses `list.too_many_options`. The import is remembered with each of them.
 */
export async function createOptions(
  work: Work,
  kinds: Kinds,
  input: { readonly list: string; readonly values: readonly string[]; readonly importId: string },
): Promise<string[]> {
  const { id, list } = await ownList(work, kinds, input.list)
  const known = new Set(list.options.map((option) => option.value))
  const wanted = [...new Set(input.values)].filter((value) => !known.has(value))
  if (wanted.length === 0) return []
  if (known.size + wanted.length > MOST_OPTIONS)
    throw refuseList('list.too_many_options', { maximum: MOST_OPTIONS })
  const { language } = work.actor
  const options = wanted.map((value) => ({
    value,
    en: language === 'en' ? value : null,
    cs: language === 'cs' ? value : null,
    synonyms: [],
    isArchived: false,
  }))
  const created = await insertOptions(work, input.list, options, input.importId)
  await tellMany(work, id, list.labels, 'list.options_created', created)
  return created
}

/** Removes the options that the import created and that no record holds any more; after its records are undone. */
export async function removeCreatedOptions(
  work: Work,
  kinds: Kinds,
  importId: string,
): Promise<{ readonly removed: number; readonly kept: number }> {
  const created = Map.groupBy(await readCreatedOptions(work, importId), (option) => option.list)
  let removed = 0
  let kept = 0
  for (const [name, options] of created) {
    const values = options.map((option) => option.value)
    const { lists } = await kinds.of(work)
    const uses = await countOptionUses(work, kinds, name, values)
    const unused = values.filter((value) => uses[value] === undefined)
    kept += values.length - unused.length
    if (unused.length === 0) continue
    const id = await lockList(work, name)
    await removeOptions(work, name, unused)
    removed += unused.length
    await tellMany(work, id, lists.get(name)!.labels, 'list.options_removed', unused)
  }
  return { removed, kept }
}

async function tellMany(
  work: Work,
  id: string,
  { en, cs }: { readonly en: string; readonly cs: string },
  event: 'list.options_created' | 'list.options_removed',
  values: readonly string[],
): Promise<void> {
  const shown = values.slice(0, 20).join(', ') + (values.length > 20 ? ' …' : '')
  const params = { list: { en, cs }, count: values.length, options: shown }
  await recordEvent(work, { kind: 'code_lists', recordId: id, event, params })
}
