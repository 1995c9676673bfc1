/** The rules of an organisation for importing: who, how much at once, how long a text, what a changed file means. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import * as contract from '../../src/imports/contract.ts'
import * as policyContract from '../../src/imports/policies/contract.ts'
import { csv, openStreet, type Street } from '../support/imports.ts'
import { sampleKinds, sampleSchema } from '../support/sample-kinds.ts'

let street: Street

beforeAll(async () => {
  street = await openStreet({ kinds: sampleKinds(), schema: sampleSchema })
})
afterEach(() => street.stored('truncate carryover.import_policies, carryover.sample_firms'))
afterAll(() => street?.close())

const as = () => ({ as: street.owner })
type Policy = Parameters<typeof street.app.call<typeof policyContract.changeImportPolicy>>[1]['body']
const change = (body: Policy) => street.app.call(policyContract.changeImportPolicy, { body }, as())
const usual = {
  profile: 'own',
  roles: ['administrator'],
  limits: { '*': { records: null, textLength: null } },
  changedFile: 'stays',
} as const

test('the usual rules hold until somebody sets others; only an administrator may', async () => {
  const found = await street.app.call(policyContract.findImportPolicy, {}, as())
  expect(found).toEqual({
    profile: 'standard',
    roles: ['administrator', 'manager', 'migration'],
    limits: { '*': { records: 1_000_000, textLength: null } },
    changedFile: 'stays',
  })
  const manager = await street.visitor('manager')
  const refused = await street.app.refusal(
    policyContract.changeImportPolicy,
    { body: { profile: 'raynet' } },
    { as: manager },
  )
  expect(refused.status).toBe(403)
  const unknown = await street.app.refusal(
    policyContract.changeImportPolicy,
    { body: { ...usual, roles: ['administrator'], limits: { ships: { records: 1, textLength: null } } } },
    as(),
  )
  expect(unknown.code).toBe('kind.unknown')
})

test('RN-02 who is not of a role that imports can neither begin, check, approve nor undo, and is offered nothing', async () => {
  const checked = await street.check(csv([['Name'], ['Alfa']]), { kind: 'firms' })
  await change({ profile: 'raynet' })
  const manager = await street.visitor('manager')
  const { id } = checked
  const calls = [
    () => street.bring(csv([['Name'], ['Beta']]), { kind: 'firms', as: manager }),
    () => street.app.call(contract.checkImport, { params: { id } }, { as: manager }),
    () => street.app.call(contract.approveImport, { params: { id }, body: {} }, { as: manager }),
    () => street.app.call(contract.changeSettings, { params: { id }, body: {} }, { as: manager }),
  ]
  for (const call of calls) await expect(call()).rejects.toThrow(/import\.not_your_role/)
  const seen = await street.app.call(contract.findImport, { params: { id } }, { as: manager })
  expect(Object.values(seen.may)).toEqual(Object.values(seen.may).map(() => false))
  // What was checked by other rules is checked again by these, and approved as it is then.
  expect((await street.approve(id)).status).toBe('waiting_for_approval')
  expect((await street.approve(id)).status).toBe('completed')
  await expect(street.app.call(contract.undoImport, { params: { id } }, { as: manager })).rejects.toThrow(
    /import\.not_your_role/,
  )
})

test('RN-13 an import of more records than the rules let in is refused before anything of it is done', async () => {
  await change({ ...usual, roles: ['administrator'], limits: { firms: { records: 3, textLength: null } } })
  const rows = (n: number) => csv([['Name'], ...Array.from({ length: n }, (_, at) => [`Firm ${at}`])])
  const tooMany = await street.check(rows(4), { kind: 'firms' })
  expect(tooMany).toMatchObject({ status: 'failed', counts: null })
  expect(tooMany.reason).toMatch(/more than 3 records of the kind firms/)
  expect((await street.check(rows(3), { kind: 'firms' })).status).toBe('waiting_for_approval')
})

test('the limit counts the kind over all sources of a set, and children by themselves', async () => {
  await change({
    ...usual,
    roles: ['administrator'],
    limits: { firms: { records: 3, textLength: null }, members: { records: 2, textLength: null } },
  })
  const sources = []
  for (const name of ['one', 'two']) {
    const file = await street.upload(csv([['Name'], [`${name} a`], [`${name} b`]]), `${name}.csv`)
    sources.push({ kind: 'firms', fileId: file.id })
  }
  const { id } = await street.app.call(contract.createImport, { body: { sources } }, as())
  expect(await street.checkAgain(id)).toMatchObject({ status: 'failed' })
  const children = await street.check(
    csv([
      ['Name', 'Contact 1 – Last name', 'Contact 2 – Last name', 'Contact 3 – Last name'],
      ['Alfa', 'A', 'B', 'C'],
    ]),
    { kind: 'firms' },
  )
  expect(children.reason).toMatch(/more than 2 records of the kind members/)
})

test('RN-07 the 256th character is a finding, never a cut', async () => {
  await change({ profile: 'raynet' })
  const checked = await street.check(csv([['Name'], ['x'.repeat(255)], ['y'.repeat(256)]]), {
    kind: 'firms',
    settings: { rows: 'valid_only' },
  })
  expect(checked.counts).toMatchObject({ loaded: 1, failed: 1 })
  expect(await street.findings(checked.id)).toMatchObject([{ row: 2, code: 'value.too_long' }])
  await street.approve(checked.id)
  expect(await street.stored('select length(name) as length from carryover.sample_firms')).toEqual([
    { length: 255 },
  ])
})

test('a changed file stays in the import, or is a new one, as the rules say', async () => {
  const { id } = await street.bring(csv([['Name'], ['Alfa']]), { kind: 'firms' })
  const file = await street.upload(csv([['Name'], ['Beta']]))
  const again = { params: { id, source: 0 }, body: { fileId: file.id } }
  expect((await street.app.call(contract.replaceFile, again, as())).sources[0]).toMatchObject({
    fileId: file.id,
  })
  await change({ ...usual, roles: ['administrator'], changedFile: 'new_import' })
  const refused = await street.app.refusal(contract.replaceFile, again, as())
  expect(refused.code).toBe('import.new_file_new_import')
  expect((await street.find(id)).may).toMatchObject({ edit: true, replaceFile: false })
})
