/** Who may import, how much at once, and what a changed file means: the organisation decides, and it holds here. */
import { may, requirePermission } from '../../accounts/accounts.ts'
import { recordEvent } from '../../history/history.ts'
import type { FieldDeclaration, KindDeclaration, Kinds } from '../../kinds/kinds.ts'
import { accessOf } from '../../kinds/records/records.ts'
import type { Work } from '../../platform/work.ts'
import { refuseImport } from '../refusals.ts'
import type { ImportPolicy, KindLimits } from './contract.ts'
import { hasRole, readPolicy, writePolicy } from './policies.store.ts'
import { profiles } from './profiles.ts'

export async function findPolicy(work: Work): Promise<ImportPolicy> {
  return (await readPolicy(work)) ?? profiles.standard
}

export async function changePolicy(
  kinds: Kinds,
  work: Work,
  change: { readonly profile: 'standard' | 'raynet' } | (ImportPolicy & { readonly profile: 'own' }),
): Promise<ImportPolicy> {
  requirePermission(work, 'organisation.manage')
  const policy = change.profile === 'own' ? change : profiles[change.profile]
  for (const name of Object.keys(policy.limits)) if (name !== '*') kinds.get(name)
  await writePolicy(work, policy)
  await recordEvent(work, {
    kind: 'organisation',
    recordId: work.org,
    event: 'import.policy_changed',
    params: { profile: policy.profile },
  })
  return policy
}

export function limitsOf(policy: ImportPolicy, kind: string): KindLimits {
  return policy.limits[kind] ?? policy.limits['*'] ?? { records: null, textLength: null }
}

/** Whether the organisation lets the caller import; what no person does (a task of its own) it lets. */
export async function mayImport(work: Work, policy: ImportPolicy): Promise<boolean> {
  return work.actor.person === null || hasRole(work, work.actor.person, policy.roles)
}

/** Refuses `import.not_your_role`. */
export async function requireImporter(work: Work): Promise<ImportPolicy> {
  const policy = await findPolicy(work)
  if (!(await mayImport(work, policy)))
    throw refuseImport('import.not_your_role', { roles: policy.roles.join(', ') })
  return policy
}

export function mayUndoOf(work: Work, kinds: readonly KindDeclaration[]): boolean {
  return kinds.every((kind) => may(work, accessOf(kind).write))
}

/** Whoever takes records back changes them: people, for one, are rights of their own. */
export function requireUndoOf(work: Work, kinds: readonly KindDeclaration[]): void {
  for (const kind of kinds) requirePermission(work, accessOf(kind).write)
}

const texts: ReadonlySet<string> = new Set(['text', 'multiline', 'email', 'url', 'tags'])

/** Kinds whose texts are no longer than the organisation lets a cell be. */
export function limitTexts(kinds: Kinds, policy: ImportPolicy): Kinds {
  if (Object.values(policy.limits).every(({ textLength }) => textLength === null)) return kinds
  const all = kinds.all.map((kind) => limitKind(kind, limitsOf(policy, kind.name).textLength))
  const byName = new Map(all.map((kind) => [kind.name, kind]))
  return {
    ...kinds,
    all,
    get: (name) => byName.get(name) ?? kinds.get(name),
    referrers: (name) =>
      kinds.referrers(name).map(({ kind, field }) => ({ kind: byName.get(kind.name) ?? kind, field })),
  }
}

function limitKind(kind: KindDeclaration, length: number | null): KindDeclaration {
  if (length === null) return kind
  const limit = (field: FieldDeclaration): FieldDeclaration =>
    texts.has(field.type) && !field.reference
      ? { ...field, maxLength: Math.min(field.maxLength ?? length, length) }
      : field
  return { ...kind, fields: kind.fields.map(limit) }
}
