/** May the actor of this work do that? Asked by every operation that changes or shows something. */
import { refuseRequest } from '../platform/problem.ts'
import type { Work } from '../platform/work.ts'
import type { Permission } from './permissions.ts'

export function may(work: Pick<Work, 'actor'>, permission: Permission): boolean {
  return work.actor.permissions.has(permission)
}

/** Refuses with `permission.denied` where the actor may not. */
export function requirePermission(work: Pick<Work, 'actor'>, permission: Permission): void {
  if (!may(work, permission)) throw refuseRequest('permission.denied', { permission })
}
