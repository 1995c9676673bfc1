/**
 * A lead becomes a client and a contact person, made from its fields or taken from those that are there; the lead
 * stays, says what it became, and can take the conversion back.
 */
import type { z } from 'zod'
import { recordEvent } from '../../history/history.ts'
import type { Kinds } from '../../kinds/kinds.ts'
import {
  applyChanges,
  createRecord,
  findRecord,
  openRecords,
  previewDeletion,
  removeRecord,
  requireRecord,
  requireVersion,
  viewRecord,
} from '../../kinds/records/records.ts'
import type { Work } from '../../platform/work.ts'
import type * as contract from '../contract.ts'
import { insertConversion, markUndone, readConversion } from './conversions.store.ts'
import { refuseLead } from './refusals.ts'

type Plain = Readonly<Record<string, string | null>>
type Input = z.output<typeof contract.convertLead.body>

export async function convertLead(
  work: Work,
  kinds: Kinds,
  id: string,
  input: Input,
): Promise<z.output<typeof contract.LeadConversion>> {
  const of = await openRecords(work, kinds, 'leads', 'write')
  const stored = await requireRecord(of, id, 'lock')
  requireVersion(stored, input.version)
  if (await readConversion(work, id)) throw refuseLead('lead.converted_already', { title: stored.title })
  const lead = viewRecord(of, stored).values
  const client = input.client
    ? await findRecord(work, kinds, 'clients', input.client)
    : await createRecord(work, kinds, 'clients', clientValues(lead))
  const contact = await contactOf(work, kinds, lead, client.id, input)
  const before = Object.fromEntries(
    ['state', 'client', 'contact'].map((field) => [field, stored.values[field] ?? null]),
  )
  const values = {
    state: 'converted',
    client: client.id,
    contact: contact?.id ?? stored.values['contact'] ?? null,
  }
  await applyChanges(of, stored, values, 'record.changed')
  const madeClient = input.client === undefined
  const madeContact = contact !== null && input.contact === undefined
  const conversion = await insertConversion(work, id, {
    client_id: client.id,
    contact_id: contact?.id ?? null,
    made_client: madeClient,
    made_contact: madeContact,
    before,
  })
  await recordEvent(work, {
    kind: 'leads',
    recordId: id,
    event: 'lead.converted',
    params: { client: client.title },
  })
  const params = { topic: stored.title }
  await recordEvent(work, { kind: 'clients', recordId: client.id, event: 'lead.became', params })
  if (contact)
    await recordEvent(work, { kind: 'contacts', recordId: contact.id, event: 'lead.became', params })
  return { id: conversion, client, contact, madeClient, madeContact }
}

async function contactOf(work: Work, kinds: Kinds, lead: Plain, client: string, input: Input) {
  if (input.contact) return findRecord(work, kinds, 'contacts', input.contact)
  const namesPerson = Boolean(lead['lastName'] || lead['firstName'])
  if (!(input.withContact ?? (namesPerson && lead['companyName']))) return null
  return createRecord(work, kinds, 'contacts', contactValues(lead, client))
}

const personal = ['titleBefore', 'firstName', 'lastName', 'titleAfter', 'position'] as const
const reached = [
  'email',
  'email2',
  'phone',
  'phone2',
  'fax',
  'website',
  'otherContact',
  'noMailing',
  'facebook',
  'twitter',
  'linkedin',
  'instagram',
  'youtube',
  'pinterest',
  'skype',
] as const
const addressParts = ['Street', 'City', 'Province', 'PostalCode', 'Country'] as const

function taken(lead: Plain, names: readonly string[]): Record<string, string | null> {
  return Object.fromEntries(names.flatMap((name) => (lead[name] ? [[name, lead[name]]] : [])))
}

/** A lead without a company is a person as a client. Its address is where invoices go. */
function clientValues(lead: Plain): Record<string, string | null> {
  const isPerson = !lead['companyName']
  const name = [lead['firstName'], lead['lastName']].filter(Boolean).join(' ')
  const person = isPerson && lead['lastName']
  return {
    name: lead['companyName'] || name || lead['topic'] || null,
    ...(person ? { isPerson: 'true', ...taken(lead, personal.slice(0, 4)) } : {}),
    ...taken(lead, reached),
    ...taken(lead, ['regNumber', 'taxNumber', 'owner', 'contactSource', 'territory', 'tags', 'note']),
    ...Object.fromEntries(addressParts.map((part) => [`billing${part}`, lead[`address${part}`] ?? null])),
    state: 'potential',
  }
}

function contactValues(lead: Plain, client: string): Record<string, string | null> {
  return {
    ...taken(lead, personal),
    ...(lead['lastName'] || lead['firstName'] ? {} : { name: lead['companyName'] || lead['topic'] || null }),
    ...(lead['lastName'] || !lead['firstName'] ? {} : { name: lead['firstName'] }),
    ...taken(lead, reached),
    ...taken(lead, ['owner', 'contactSource', 'tags']),
    client,
  }
}

type Kept = z.output<typeof contract.undoLeadConversion.response>['kept']

export async function undoConversion(work: Work, kinds: Kinds, id: string) {
  const of = await openRecords(work, kinds, 'leads', 'write')
  const stored = await requireRecord(of, id, 'lock')
  const conversion = await readConversion(work, id)
  if (!conversion) throw refuseLead('lead.not_converted', { title: stored.title })
  // The lead lets go first: its own reference must not keep what it made.
  await applyChanges(of, stored, conversion.before, 'record.changed')
  const kept: Kept = []
  if (conversion.made_contact && conversion.contact_id)
    await takeBack(work, kinds, 'contacts', conversion.contact_id, kept)
  if (conversion.made_client) await takeBack(work, kinds, 'clients', conversion.client_id, kept)
  await markUndone(work, conversion.id)
  await recordEvent(work, { kind: 'leads', recordId: id, event: 'lead.conversion_undone' })
  return { lead: viewRecord(of, await requireRecord(of, id)), kept }
}

/** What the conversion made goes into the bin, unless somebody has worked with it since. */
async function takeBack(work: Work, kinds: Kinds, kind: string, id: string, kept: Kept): Promise<void> {
  const found = await findRecord(work, kinds, kind, id).catch((error: { code?: string }) => {
    if (error.code === 'record.not_found') return null
    throw error
  })
  if (!found) return
  if (found.version > 1) return void kept.push({ kind, id, reason: 'changed' })
  const { attached } = await previewDeletion(work, kinds, kind, id)
  if (attached.length > 0) return void kept.push({ kind, id, reason: 'attached' })
  await removeRecord(work, kinds, kind, id, 'refuse')
}
