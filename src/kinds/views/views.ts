/**
 * Views of lists that people keep: seen by their owner, or by everybody who may see the records; changed by their
 * owner, shared ones also by who looks after the fields.
 */
import { may } from '../../accounts/accounts.ts'
import type { Work } from '../../platform/work.ts'
import type { Kinds } from '../kind.ts'
import { openRecords } from '../records/record-scope.ts'
import type { SavedView, ViewDefinition } from './contract.ts'
import { refuseView } from './refusals.ts'
import { dropView, insertView, lockView, readViews, type StoredView, updateView } from './views.store.ts'

export async function listViews(work: Work, kinds: Kinds, kind: string): Promise<{ views: SavedView[] }> {
  await openRecords(work, kinds, kind, 'read')
  const views = await readViews(work, kind)
  return { views: views.map((view) => shown(work, view)) }
}

export async function createView(
  work: Work,
  kinds: Kinds,
  input: { kind: string; name: string; shared: boolean; definition: ViewDefinition },
): Promise<SavedView> {
  await openRecords(work, kinds, input.kind, 'read')
  await requireName(work, input.kind, input.name, null)
  const id = await insertView(work, { ...input, isShared: input.shared })
  return shown(work, (await lockView(work, id))!)
}

export async function changeView(
  work: Work,
  id: string,
  input: {
    name?: string | undefined
    shared?: boolean | undefined
    definition?: ViewDefinition | undefined
  },
): Promise<SavedView> {
  const view = await requireView(work, id)
  const changed: StoredView = {
    ...view,
    name: input.name ?? view.name,
    is_shared: input.shared ?? view.is_shared,
    definition: input.definition ?? view.definition,
  }
  await requireName(work, view.kind, changed.name, id)
  await updateView(work, changed)
  return shown(work, changed)
}

export async function deleteView(work: Work, id: string): Promise<undefined> {
  await requireView(work, id)
  await dropView(work, id)
  return undefined
}

async function requireView(work: Work, id: string): Promise<StoredView> {
  const view = await lockView(work, id)
  if (!view) throw refuseView('view.not_found')
  if (!mayChange(work, view))
    throw refuseView('view.not_yours', { name: view.name, by: view.owner_name ?? '–' })
  return view
}

/** Two views of one name could not be told apart; of those that somebody else keeps to themselves nobody knows. */
async function requireName(work: Work, kind: string, name: string, own: string | null): Promise<void> {
  const views = await readViews(work, kind)
  if (views.some((view) => view.id !== own && view.name.toLowerCase() === name.toLowerCase()))
    throw refuseView('view.name_taken', { name })
}

function mayChange(work: Work, view: StoredView): boolean {
  return view.owner_id === work.actor.person || may(work, 'fields.manage')
}

function shown(work: Work, view: StoredView): SavedView {
  return {
    id: view.id,
    kind: view.kind,
    name: view.name,
    shared: view.is_shared,
    mayChange: mayChange(work, view),
    by: view.owner_name ?? '',
    definition: view.definition,
  }
}
