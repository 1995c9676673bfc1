import { expect, test } from 'vitest'
import { accountEvents } from './events.ts'
import { permissions, permissionsOf, roles } from './permissions.ts'
import { refuseAccount } from './refusals.ts'
import { describeRoles } from './roles.ts'

test('the table that is shown is the table that is checked', () => {
  const shown = describeRoles()
  expect(shown.roles.map((role) => role.name)).toEqual([...roles])
  for (const role of shown.roles) expect(new Set(role.permissions)).toEqual(permissionsOf(role.name))
  for (const { name, roles: holders } of shown.permissions) expect(holders).toEqual([...permissions[name]])
})

test('an administrator may do everything, and nobody but an administrator manages people and keys', () => {
  expect(permissionsOf('administrator').size).toBe(Object.keys(permissions).length)
  for (const role of roles.filter((name) => name !== 'administrator'))
    for (const permission of ['people.manage', 'api-keys.manage', 'mail.manage'] as const)
      expect(permissionsOf(role).has(permission)).toBe(false)
})

function namesIn(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort()
}

test('every sentence has the same parameters in both languages', () => {
  const sentences = { ...accountEvents, ...refuseAccount.declarations }
  for (const [code, { en, cs }] of Object.entries(sentences))
    expect({ code, names: namesIn(cs) }).toEqual({ code, names: namesIn(en) })
})
