/**
 * The street of an import as its callers walk it, over HTTP with a worker beside it: bring a file, check it,
 * approve it, undo it, and look at what lies in the store afterwards.
 */
import type { z } from 'zod'
import type { Role } from '../../src/accounts/permissions.ts'
import * as checkContract from '../../src/imports/check/contract.ts'
import * as contract from '../../src/imports/contract.ts'
import type * as mapContract from '../../src/imports/map/contract.ts'
import type * as readContract from '../../src/imports/read/contract.ts'
import { resting } from '../../src/imports/status.ts'
import type { Kinds } from '../../src/kinds/kinds.ts'
import { asAdmin, createTestPlatform, type TestPlatform } from './database.ts'
import { eventually } from './eventually.ts'
import { AnsweredProblem, createTestApp, type TestApp, type Visitor } from './http.ts'
import { createTestOrganisation, type TestOrganisation, testPassword } from './organisation.ts'

export type Bytes = string | Uint8Array
export type Settings = Partial<contract.ImportSettings>
export type Bring = {
  readonly name?: string
  readonly settings?: Settings
  readonly mapping?: Partial<mapContract.Mapping>
  readonly reading?: z.input<typeof readContract.ReadOptions>
  readonly kind?: string
  readonly as?: Visitor
}
export type File = z.output<typeof readContract.UploadedFile>

export type Street = {
  readonly world: TestPlatform
  readonly app: TestApp
  readonly organisation: TestOrganisation
  /** The administrator of the organisation; the default caller. */
  readonly owner: Visitor
  /** Somebody of this role, signed in. */
  readonly visitor: (role: Role) => Promise<Visitor>
  readonly upload: (bytes: Bytes, name?: string, as?: Visitor) => Promise<File>
  readonly bring: (bytes: Bytes, options?: Bring) => Promise<contract.ImportView>
  /** Brings and checks. */
  readonly check: (bytes: Bytes, options?: Bring) => Promise<contract.ImportView>
  /** Brings, checks, approves and loads. */
  readonly load: (bytes: Bytes, options?: Bring) => Promise<contract.ImportView>
  readonly checkAgain: (id: string) => Promise<contract.ImportView>
  readonly approve: (id: string) => Promise<contract.ImportView>
  readonly undo: (id: string) => Promise<contract.ImportView>
  readonly find: (id: string) => Promise<contract.ImportView>
  /** Waits until nothing happens to the import until a person acts. */
  readonly rest: (id: string, seconds?: number) => Promise<contract.ImportView>
  readonly findings: (id: string, code?: string) => Promise<contract.FindingView[]>
  /** Rows as they lie in the database, beside every row policy. */
  readonly stored: <T = Record<string, unknown>>(sql: string, values?: unknown[]) => Promise<T[]>
  readonly close: () => Promise<void>
}

export async function openStreet(
  options: { isWorking?: boolean; name?: string; kinds?: Kinds; schema?: string } = {},
): Promise<Street> {
  const world = await createTestPlatform()
  const { schema } = options
  if (schema) await asAdmin((admin) => admin.query(schema), world.platform.database.target.database)
  const organisation = await createTestOrganisation(world.platform, options.name ?? 'sunrise')
  return streetOf(world, organisation, options.isWorking ?? true, asAdmin, options.kinds)
}

export async function streetOf(
  world: TestPlatform,
  organisation: TestOrganisation,
  isWorking: boolean,
  ask: typeof asAdmin = asAdmin,
  kinds?: Kinds,
): Promise<Street> {
  const app = await createTestApp(world.platform, kinds)
  if (isWorking) await app.work()
  const visitor = (role: Role): Promise<Visitor> => app.enter(organisation.emailOf(role), testPassword)
  const owner = await visitor('administrator')
  const as = { as: owner }
  const byId = (id: string) => ({ params: { id } })
  const find: Street['find'] = (id) => app.call(contract.findImport, byId(id), as)
  const stored: Street['stored'] = async <T>(sql: string, values: unknown[] = []) =>
    ask(
      async (admin) => (await admin.query(sql, values)).rows as T[],
      world.platform.database.target.database,
    )
  const rest: Street['rest'] = async (id, seconds = 30) => {
    try {
      return await eventually(async () => {
        const view = await find(id)
        return resting.includes(view.status) && view
      }, seconds)
    } catch (cause) {
      const failed = await stored('select name, output from pgboss.job where output is not null')
      throw new Error(`The import ${id} does not rest: ${JSON.stringify(failed)}`, { cause })
    }
  }
  const upload: Street['upload'] = async (bytes, name = 'clients.csv', by = owner) => {
    const response = await sendFile(app.url, bytes, name, by)
    if (!response.ok) throw new AnsweredProblem((await response.json()) as never)
    return (await response.json()) as File
  }
  const bring: Street['bring'] = async (bytes, { name, kind = 'clients', as: by = owner, ...rules } = {}) => {
    const file = await upload(bytes, name, by)
    return app.call(contract.createImport, { body: { kind, fileId: file.id, ...rules } }, { as: by })
  }
  const checkAgain: Street['checkAgain'] = async (id) => {
    await app.call(contract.checkImport, byId(id), as)
    return rest(id)
  }
  const approve: Street['approve'] = async (id) => {
    await app.call(contract.approveImport, { ...byId(id), body: {} }, as)
    return rest(id)
  }
  const check: Street['check'] = async (bytes, rules) => checkAgain((await bring(bytes, rules)).id)
  return {
    world,
    app,
    organisation,
    owner,
    visitor,
    upload,
    bring,
    check,
    load: async (bytes, rules) => approve((await check(bytes, rules)).id),
    checkAgain,
    approve,
    undo: async (id) => {
      await app.call(contract.undoImport, byId(id), as)
      return rest(id)
    },
    find,
    rest,
    findings: async (id, code) => {
      const found: contract.FindingView[] = []
      let cursor: string | null = null
      do {
        const query = { limit: 1000, ...(code ? { code } : {}), ...(cursor ? { cursor } : {}) }
        const page: z.output<typeof checkContract.listFindings.response> = await app.call(
          checkContract.listFindings,
          { ...byId(id), query },
          as,
        )
        found.push(...page.findings)
        cursor = page.next
      } while (cursor !== null)
      return found
    },
    stored,
    close: async () => {
      await app.close()
      await world.close()
    },
  }
}

/** A whole file in one request, as `POST /files` takes it. */
export function sendFile(url: string, bytes: Bytes, name: string, as: Visitor): Promise<Response> {
  return fetch(`${url}/api/v1/files?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/octet-stream',
      ...(as.cookie === undefined ? {} : { cookie: as.cookie }),
    },
    body: bytes as never,
  })
}

/** Everything that an import may change of the clients, as text; apart from sequences, a whole dump. */
export const clientsDump = `select (to_jsonb(c) - 'version')::text as client from carryover.clients c order by org_id, id`

/** Lines of cells, quoted where needed. */
export function csv(rows: readonly (readonly (string | number)[])[]): string {
  const quote = (cell: string | number): string =>
    /[",\n\r]|^\s|\s$/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell)
  return rows.map((row) => `${row.map(quote).join(',')}\n`).join('')
}
