/** The rules of an organisation for importing, over HTTP: who, how much, and what a changed file means. */
import { z } from 'zod'
import { roles } from '../../accounts/permissions.ts'
import { defineOperation } from '../../platform/contract.ts'
import { shared } from '../terms.ts'

export const policyProfiles = ['standard', 'raynet', 'own'] as const

/** Null: no limit of the organisation's; what a field itself takes holds in any case. */
export const KindLimits = z
  .object({
    /** Most records of the kind that one import may bring. */
    records: z.number().int().min(1).max(100_000_000).nullable(),
    /** Most characters of a text. */
    textLength: z.number().int().min(1).max(100_000).nullable(),
  })
  .meta({ id: 'KindLimits' })
export type KindLimits = z.infer<typeof KindLimits>

const policy = {
  /** Roles that may import, of those that the permissions give it to. */
  roles: z.array(z.enum(roles)).min(1),
  /** By kind; `*` holds for every kind that is not named. */
  limits: z.record(z.string().max(40), KindLimits),
  /** Whether a changed file may be uploaded again into the same import, or makes a new one. */
  changedFile: z.enum(['stays', 'new_import']),
}

export const ImportPolicy = z
  .object({ ...policy, profile: z.enum(policyProfiles) })
  .meta({ id: 'ImportPolicy' })
export type ImportPolicy = z.infer<typeof ImportPolicy>

export const findImportPolicy = defineOperation({
  id: 'findImportPolicy',
  method: 'GET',
  path: '/import-policy',
  summary: 'The rules for importing of this organisation',
  permission: 'imports.read',
  response: ImportPolicy,
  ...shared,
})

export const changeImportPolicy = defineOperation({
  id: 'changeImportPolicy',
  method: 'PUT',
  path: '/import-policy',
  summary: 'Set the rules for importing: a profile as it is, or rules of the organisation’s own',
  permission: 'organisation.manage',
  body: z.union([
    z.object({ profile: z.enum(['standard', 'raynet']) }),
    z.object({ profile: z.literal('own'), ...policy }),
  ]),
  response: ImportPolicy,
  refusals: ['kind.unknown'],
  ...shared,
})
