/** The kinds as a template promises them: the organisation's own fields and lists, and its limits in force. */
import type { Kinds } from '../../kinds/kinds.ts'
import type { Work } from '../../platform/work.ts'
import { findPolicy, limitsOf, limitTexts } from './policies.ts'

export async function kindsToFill(kinds: Kinds, work: Work): Promise<Kinds> {
  const policy = await findPolicy(work)
  const limited = limitTexts(await kinds.of(work), policy)
  const all = limited.all.map((kind) => {
    const rows = limitsOf(policy, kind.name).records ?? kind.limits?.rows
    return rows === undefined ? kind : { ...kind, limits: { ...kind.limits, rows } }
  })
  const byName = new Map(all.map((kind) => [kind.name, kind]))
  return { ...limited, all, get: (name) => byName.get(name) ?? limited.get(name) }
}
