/** Who may do what to an import, by role and over HTTP; what may not be done is refused and not offered. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApiKey } from '../../src/accounts/api-keys/contract.ts'
import { type Role, roles } from '../../src/accounts/permissions.ts'
import { exportKind } from '../../src/exports/contract.ts'
import * as contract from '../../src/imports/contract.ts'
import { deleteImportRecords } from '../../src/imports/undo/contract.ts'
import type { Operation } from '../../src/platform/contract.ts'
import type { Visitor } from '../support/http.ts'
import { csv, openStreet, type Street, sendFile } from '../support/imports.ts'

let street: Street
const visitors = {} as Record<Role, Visitor>

beforeAll(async () => {
  street = await openStreet()
  for (const role of roles) visitors[role] = await street.visitor(role)
})
afterAll(() => street?.close())

const movers: readonly Role[] = ['administrator', 'manager', 'migration']
const readers: readonly Role[] = ['administrator', 'manager', 'operator', 'support', 'migration']

const text = csv([
  ['Name', 'External id'],
  ['Rights s.r.o.', 'R1'],
])

const bodies: Record<string, object> = {
  createImport: { kind: 'clients', fileId: '999999' },
  addSource: { kind: 'clients', fileId: '999999' },
  replaceFile: { fileId: '999999' },
  saveMapping: { columns: [], constants: [] },
}

/** The roles that are granted the operation. */
async function granted(
  operation: Operation,
  input: object,
  permission: string = operation.permission,
): Promise<Role[]> {
  const found: Role[] = []
  for (const role of roles) {
    const response = await street.app.send(operation, input, { as: visitors[role] })
    const answer = await response.text()
    if (response.status === 403)
      expect(JSON.parse(answer)).toMatchObject({
        code: 'permission.denied',
        params: { permission },
      })
    else found.push(role)
  }
  return found
}

test('looking is for those who read imports, changing for those who move data', async () => {
  const { id } = await street.check(text)
  const params = { id, source: 0, format: 'csv', kind: 'clients' }
  const operations = Object.values(contract).filter(
    (of): of is Operation & typeof of => typeof of === 'object' && 'permission' in of && 'path' in of,
  )
  for (const operation of operations as Operation[]) {
    if (operation.id === 'uploadFile') continue
    // A stream of an import that rests ends by itself; what changes something is given what is not there.
    const body = operation.body ? { body: bodies[operation.id] ?? {} } : {}
    const unknown = operation.method === 'GET' ? params : { ...params, id: '999999' }
    const wanted = operation.permission === 'imports.read' ? readers : movers
    expect(await granted(operation, { params: unknown, ...body }), operation.id).toEqual(wanted)
  }
  // What is asked for depends on the kind that goes out.
  expect(await granted(exportKind, { params }, 'clients.export')).toEqual(movers)
  expect((await street.find(id)).status).toBe('waiting_for_approval')
})

test('a file is taken from those who move data, and from nobody who has not signed in', async () => {
  for (const role of roles) {
    const response = await sendFile(street.app.url, text, 'clients.csv', visitors[role])
    expect(response.status, role).toBe(movers.includes(role) ? 201 : 403)
  }
  expect((await sendFile(street.app.url, text, 'clients.csv', {})).status).toBe(401)
  const anonymous = await street.app.refusal(contract.listImports, {}, { as: {} })
  expect(anonymous).toMatchObject({ status: 401, code: 'session.required' })
})

test('an import offers what its reader may do, and nothing else', async () => {
  const { id } = await street.check(text)
  const offered = async (role: Role) =>
    (await street.app.call(contract.findImport, { params: { id } }, { as: visitors[role] })).may
  const all = { edit: true, check: true, approve: true, cancel: true, undo: false, replaceFile: true }
  const none = {
    edit: false,
    check: false,
    approve: false,
    cancel: false,
    undo: false,
    replaceFile: false,
  }
  expect(await offered('manager')).toEqual(all)
  expect(await offered('support')).toEqual(none)
  await street.approve(id)
  expect(await offered('manager')).toEqual({ ...none, undo: true })
  expect(await offered('operator')).toEqual(none)
  await street.undo(id)
  expect(await offered('manager')).toEqual(none)
})

test('an API key may what its scopes say, no more', async () => {
  const { secret } = (await street.app.call(
    createApiKey,
    { body: { name: 'reader', scopes: ['imports.read'] } },
    { as: street.owner },
  )) as unknown as { secret: string }
  const bearer = { as: { bearer: secret } }
  await street.app.call(contract.listImports, {}, bearer)
  const refused = await street.app.refusal(
    contract.createImport,
    { body: { kind: 'clients', fileId: '1' } },
    bearer,
  )
  expect(refused).toMatchObject({ status: 403, params: { permission: 'imports.create' } })
})

test('people are brought in by nobody who may not manage them, and that is said before the file is looked at', async () => {
  const people = csv([
    ['Name', 'E-mail'],
    ['Ema Malá', 'ema@rights.example'],
  ])
  const file = await street.upload(people)
  const body = { kind: 'people', fileId: file.id }
  const refusal = await street.app.refusal(contract.createImport, { body }, { as: visitors.migration })
  expect(refusal).toMatchObject({ code: 'permission.denied', params: { permission: 'people.manage' } })
})

test('people that an import brought are taken back only by who may manage people', async () => {
  const loaded = await street.load(
    csv([
      ['Name', 'E-mail', 'Role'],
      ['New Here', 'new-here@sunrise.example', 'Manager'],
    ]),
    { kind: 'people' },
  )
  const params = { id: loaded.id }
  const as = visitors.manager
  expect((await street.app.call(contract.findImport, { params }, { as })).may.undo).toBe(false)
  expect((await street.find(loaded.id)).may.undo).toBe(true)
  expect(await street.app.refusal(contract.undoImport, { params }, { as })).toMatchObject({
    code: 'permission.denied',
    params: { permission: 'people.manage' },
  })
  expect((await street.app.refusal(deleteImportRecords, { params, body: {} }, { as })).code).toBe(
    'permission.denied',
  )
  expect((await street.find(loaded.id)).status).toBe('completed')
  expect((await street.undo(loaded.id)).status).toBe('undone')
})
