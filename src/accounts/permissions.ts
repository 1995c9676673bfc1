/**
 * Who may do what: the one table. Services check it through the unit of work, the interface shows it.
 * Imported by the browser.
 */
export const roles = ['administrator', 'manager', 'operator', 'support', 'migration', 'member'] as const
export type Role = (typeof roles)[number]

const everyone = roles
const staff = ['administrator', 'manager', 'operator', 'support', 'migration'] as const
const movers = ['administrator', 'manager', 'migration'] as const

/** Permission → the roles that have it. An API key has those of its scopes that its maker has too. */
export const permissions = {
  'imports.read': [...staff],
  'imports.create': movers,
  'imports.approve': movers,
  'imports.undo': movers,
  'clients.read': [...staff],
  'clients.write': ['administrator', 'manager', 'operator', 'migration'],
  'clients.export': ['administrator', 'manager', 'migration'],
  'leads.read': [...staff],
  'leads.write': ['administrator', 'manager', 'operator', 'migration'],
  'leads.export': movers,
  'products.read': [...staff],
  'products.write': ['administrator', 'manager', 'operator', 'migration'],
  'products.export': movers,
  'persons.erase': ['administrator'],
  'history.read': [...staff],
  'people.read': ['administrator', 'manager'],
  'people.manage': ['administrator'],
  'api-keys.manage': ['administrator'],
  'mail.manage': ['administrator'],
  'fields.manage': ['administrator'],
  'organisation.read': everyone,
  'organisation.manage': ['administrator'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions

export function permissionsOf(role: Role): ReadonlySet<Permission> {
  const held = (Object.keys(permissions) as Permission[]).filter((permission) =>
    (permissions[permission] as readonly Role[]).includes(role),
  )
  return new Set(held)
}
