/** Clients one by one and in lists: what a person does to them outside of an import. The door of this module. */
import type { z } from 'zod'
import { findOrganisation, findPersonNames, requirePermission } from '../accounts/accounts.ts'
import { recordEvent } from '../history/history.ts'
import { displayMoney, displayValue } from '../kinds/display.ts'
import type { FieldDeclaration } from '../kinds/kinds.ts'
import { parseValue } from '../kinds/parse.ts'
import type { Work } from '../platform/work.ts'
import { clientFields } from './clients/client-fields.ts'
import {
  type ClientFilter,
  type ClientSort,
  countClients,
  insertClient,
  pageClients,
  readClient,
  removeClient,
  type StoredClient,
  updateClient,
} from './clients.store.ts'
import type * as contract from './contract.ts'
import { refuseClient } from './refusals.ts'

export { clients } from './clients/client.ts'
export { contactClients, contacts } from './contacts/contact.ts'
export { clientEvents } from './events.ts'
export { leads } from './leads/lead.ts'

type Values = Readonly<Record<string, string | null>>

export async function findClient(work: Work, id: string): Promise<contract.ClientView> {
  requirePermission(work, 'clients.read')
  const found = await readClient(work, id)
  if (!found) throw refuseClient('client.not_found', { id })
  return viewClient(found)
}

export async function createClient(work: Work, values: Values): Promise<contract.ClientView> {
  requirePermission(work, 'clients.write')
  const canonical = await parseValues(work, values)
  if (!canonical['name'])
    throw invalid(work, 'name', work.actor.language === 'cs' ? 'Vyplňte název.' : 'Fill in a name.')
  const id = await guardUnique(canonical, () => insertClient(work, canonical))
  await recordEvent(work, { kind: 'clients', recordId: id, event: 'client.created' })
  return findClient(work, id)
}

/** Changes the given fields; refused when somebody else was faster. */
export async function changeClient(
  work: Work,
  id: string,
  version: number,
  values: Values,
): Promise<contract.ClientView> {
  requirePermission(work, 'clients.write')
  const canonical = await parseValues(work, values)
  const before = await readClient(work, id, 'lock')
  if (!before) throw refuseClient('client.not_found', { id })
  if (before.version !== version)
    throw refuseClient('client.changed_meanwhile', { name: before.updated_by_name })
  if ('name' in canonical && !canonical['name'])
    throw invalid(work, 'name', work.actor.language === 'cs' ? 'Vyplňte název.' : 'Fill in a name.')
  const changed = Object.fromEntries(
    Object.entries(canonical).filter(([field, value]) => before.values[field] !== value),
  )
  if (Object.keys(changed).length === 0) return viewClient(before)
  await guardUnique(changed, () => updateClient(work, id, changed))
  await recordEvent(work, {
    kind: 'clients',
    recordId: id,
    event: 'client.changed',
    changes: Object.entries(changed).map(([field, after]) => ({
      field,
      before: before.values[field] ?? null,
      after,
    })),
  })
  return findClient(work, id)
}

export async function deleteClient(work: Work, id: string): Promise<{ deleted: boolean }> {
  requirePermission(work, 'clients.write')
  const before = await readClient(work, id, 'lock')
  if (!before) throw refuseClient('client.not_found', { id })
  await removeClient(work, id)
  await recordEvent(work, {
    kind: 'clients',
    recordId: id,
    event: 'client.deleted',
    params: { name: before.values['name'] ?? id },
  })
  return { deleted: true }
}

export async function listClients(
  work: Work,
  query: ClientFilter & { sort: ClientSort; cursor?: string | undefined; limit: number },
): Promise<z.output<(typeof contract.listClients)['response']>> {
  requirePermission(work, 'clients.read')
  const found = await pageClients(work, query, {
    sort: query.sort,
    after: readCursor(query.cursor),
    limit: query.limit,
  })
  const last = found.at(-1)
  return {
    clients: found.map((of) => ({
      id: of.id,
      name: of.name,
      email: of.email,
      phone: of.phone,
      city: of.city,
      country: of.country,
      state: of.state,
      rating: of.rating,
      regNumber: of.reg_number,
      externalId: of.external_id,
      flag: of.flag,
      tags: of.tags ?? [],
      importLabel: of.import_label,
      updatedAt: of.updated_at.toISOString(),
    })),
    next: last && found.length === query.limit ? writeCursor(last) : null,
    total: await countClients(work, query),
  }
}

function writeCursor(of: { place: string; id: string }): string {
  return Buffer.from(JSON.stringify([of.place.slice(0, 120), of.id])).toString('base64url')
}

function readCursor(cursor: string | undefined): { place: string; id: string } | null {
  if (cursor === undefined) return null
  try {
    const [place, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]
    return typeof place === 'string' && typeof id === 'string' && /^\d{1,18}$/.test(id) ? { place, id } : null
  } catch (cause) {
    if (cause instanceof SyntaxError) return null
    throw cause
  }
}

function viewClient(found: StoredClient): contract.ClientView {
  const isImported = found.import_id !== null && found.import_label !== null
  return {
    id: found.id,
    version: found.version,
    values: Object.fromEntries(
      clientFields.map((field) => [field.name, plain(field, found.values[field.name] ?? null)]),
    ),
    origin: isImported
      ? {
          importId: found.import_id!,
          label: found.import_label!,
          fileName: found.import_file ?? '',
          row: Number(found.import_row),
          source: found.import_source ?? 0,
        }
      : null,
    createdAt: found.created_at.toISOString(),
    updatedAt: found.updated_at.toISOString(),
  }
}

/** Values as the API gives and takes them: nothing that only the store understands. */
function plain(field: FieldDeclaration, canonical: string | null): string | null {
  if (canonical === null) return null
  if (field.type === 'boolean') return canonical === 't' ? 'true' : 'false'
  if (field.type === 'money') return displayMoney(canonical)
  return field.type === 'enum' ? canonical : displayValue(field, canonical, 'en')
}

async function parseValues(work: Work, values: Values): Promise<Record<string, string | null>> {
  const { country, currency, timeZone } = await findOrganisation(work)
  const canonical: Record<string, string | null> = {}
  for (const [name, text] of Object.entries(values)) {
    const field = clientFields.find((candidate) => candidate.name === name)
    if (!field)
      throw invalid(
        work,
        name,
        work.actor.language === 'cs' ? 'Takové pole není.' : 'There is no such field.',
      )
    if (field.reference && text !== null && !(await isSomebody(work, text)))
      throw invalid(
        work,
        name,
        work.actor.language === 'cs' ? 'Takový člověk tu není.' : 'There is no such person.',
      )
    const parsed = parseValue(
      field,
      text,
      { defaultCountry: country, currency, timeZone },
      work.actor.language,
    )
    if ('problem' in parsed) throw invalid(work, field.labels[work.actor.language], parsed.problem)
    canonical[name] = parsed.canonical
  }
  return canonical
}

/** What a client refers to is people; a person is named by id. */
async function isSomebody(work: Work, id: string): Promise<boolean> {
  return /^\d{1,18}$/.test(id) && (await findPersonNames(work, [id])).has(id)
}

function invalid(work: Work, field: string, problem: string): Error {
  const label =
    clientFields.find((candidate) => candidate.name === field)?.labels[work.actor.language] ?? field
  return refuseClient('client.invalid', { field: label, problem })
}

async function guardUnique<T>(values: Values, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if ((error as { code?: string }).code === '23505')
      throw refuseClient('client.external_id_taken', { value: values['externalId'] ?? '' })
    throw error
  }
}
