/**
 * Everything about a person, handed out or erased, wherever it lies. Each module tells where it keeps something
 * (`PersonalSource`, registered by the composition root); this one asks them all. The door of this module.
 */
import { erasePerson as eraseAccount, requirePermission } from '../accounts/accounts.ts'
import { readEvents, recordEvents, redactActor, redactHistory } from '../history/history.ts'
import type { Kinds } from '../kinds/kinds.ts'
import {
  collectRecords,
  eraseRecords,
  findPersons,
  type PersonRecord,
  wordsOf,
} from '../kinds/records/erase.ts'
import { forgetAnswers } from '../platform/idempotency.ts'
import type { Work } from '../platform/work.ts'
import { insertErasure, listErasures } from './erasures.store.ts'
import { privacyEvents } from './events.ts'
import { refusePerson } from './refusals.ts'

export { privacyEvents }

/** Who is meant: records that are the person, and how the person is known in them. */
export type PersonSubject = {
  readonly records: readonly PersonRecord[]
  readonly emails: readonly string[]
  readonly phones: readonly string[]
  readonly titles: readonly string[]
}

export type PersonalSource = {
  readonly name: string
  /** What is kept, as plain JSON. */
  readonly collect: (work: Work, subject: PersonSubject) => Promise<unknown>
  /** How much of what was erased. */
  readonly erase: (work: Work, subject: PersonSubject) => Promise<Readonly<Record<string, number>>>
}

/** In this order: imports look at records, so they come before the records go. */
export function openPersonalSources(
  kinds: Kinds,
  others: readonly PersonalSource[],
): readonly PersonalSource[] {
  return [...others, historySource, answersSource, recordsSource(kinds), accountsSource]
}

function recordsSource(kinds: Kinds): PersonalSource {
  return {
    name: 'records',
    collect: (work, subject) => collectRecords(work, kinds, subject.records),
    erase: (work, subject) => eraseRecords(work, kinds, subject.records),
  }
}

function idsByKind(records: readonly PersonRecord[]) {
  const grouped = Map.groupBy(records, ({ kind }) => kind)
  return [...grouped].map(([kind, of]) => ({ kind, ids: of.map(({ id }) => id) }))
}

const historySource: PersonalSource = {
  name: 'history',
  collect: async (work, { records }) => {
    const events = []
    for (const { kind, id } of records) events.push(...(await readEvents(work, kind, id)))
    return events
  },
  // A name is not one person's: in the history of others only addresses and telephones are this one's.
  erase: async (work, { records, emails, phones }) => ({
    events: await redactHistory(work, idsByKind(records), [...emails, ...phones]),
  }),
}

/** Answers that were kept in case a request comes again. */
const answersSource: PersonalSource = {
  name: 'answers',
  collect: () => Promise.resolve([]),
  erase: async (work, { emails, phones }) => {
    const words = [...emails, ...phones]
    return { answers: words.length === 0 ? 0 : await forgetAnswers(work, words) }
  },
}

/** A user of the program becomes a number: what they did is still told, by nobody's name. */
const accountsSource: PersonalSource = {
  name: 'accounts',
  collect: () => Promise.resolve([]),
  erase: async (work, { records }) => {
    let accounts = 0
    for (const { kind, id } of records)
      if (kind === 'people') {
        await redactActor(work, id, await eraseAccount(work, id))
        accounts += 1
      }
    return { accounts }
  },
}

export type Privacy = { readonly kinds: Kinds; readonly sources: readonly PersonalSource[] }

const MOST_RECORDS = 100

export async function findPersonRecords(work: Work, { kinds }: Privacy, search: string) {
  requirePermission(work, 'persons.erase')
  return { records: await findPersons(work, kinds, search, MOST_RECORDS) }
}

async function subjectOf(
  work: Work,
  { kinds }: Privacy,
  records: readonly PersonRecord[],
): Promise<PersonSubject> {
  requirePermission(work, 'persons.erase')
  const words = await wordsOf(work, kinds, records)
  if (words.titles.length === 0) throw refusePerson('person.nothing_kept')
  const { binned, ...known } = words
  const all = [...records, ...binned].map(({ kind, id }) => [`${kind} ${id}`, { kind, id }] as const)
  return { records: [...new Map(all).values()], ...known }
}

export async function exportPerson(work: Work, privacy: Privacy, records: readonly PersonRecord[]) {
  const subject = await subjectOf(work, privacy, records)
  const data: Record<string, unknown> = {}
  for (const source of privacy.sources) data[source.name] = await source.collect(work, subject)
  const count = subject.records.length
  await recordEvents(
    work,
    subject.records.map(({ kind, id }) => ({
      kind,
      recordId: id,
      event: 'person.handed_out',
      params: { count },
    })),
  )
  return { at: work.now.toISOString(), emails: [...subject.emails], phones: [...subject.phones], data }
}

/** Erases for good, in one transaction; keeps only that it was done, by whom, and how much of what. */
export async function erasePerson(work: Work, privacy: Privacy, records: readonly PersonRecord[]) {
  const subject = await subjectOf(work, privacy, records)
  const counts: Record<string, Readonly<Record<string, number>>> = {}
  for (const source of privacy.sources) counts[source.name] = await source.erase(work, subject)
  const id = await insertErasure(work, counts)
  return { id, counts }
}

export async function listPersonErasures(work: Work) {
  requirePermission(work, 'persons.erase')
  const erasures = await listErasures(work)
  return { erasures: erasures.map((of) => ({ ...of, erasedAt: of.erasedAt.toISOString() })) }
}
