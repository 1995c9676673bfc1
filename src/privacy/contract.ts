/** Everything about a person over HTTP: found, handed out, erased. */
import { z } from 'zod'
import { RecordId } from '../kinds/records/contract.ts'
import { defineOperation } from '../platform/contract.ts'

const PersonRecords = z.object({
  /** The records that are this person; found by a search and confirmed by whoever asks. */
  records: z
    .array(z.object({ kind: z.string().max(40), id: RecordId }))
    .min(1)
    .max(100),
})

const ErasedCounts = z.record(z.string(), z.record(z.string(), z.number()))

export const findPersonRecords = defineOperation({
  id: 'findPersonRecords',
  method: 'GET',
  path: '/persons/records',
  summary: 'Records of every kind that may be one person, by name, e-mail address or telephone',
  tag: 'Personal data',
  permission: 'persons.erase',
  query: z.object({ search: z.string().min(3).max(200) }),
  response: z.object({
    records: z.array(
      z.object({
        kind: z.string(),
        id: RecordId,
        title: z.string(),
        email: z.string().nullable(),
        phone: z.string().nullable(),
        /** It lies in the bin; it goes only when it is named too. */
        isInBin: z.boolean(),
      }),
    ),
  }),
})

export const exportPerson = defineOperation({
  id: 'exportPerson',
  method: 'POST',
  path: '/persons/export',
  summary: 'Everything that is kept about a person, as JSON',
  tag: 'Personal data',
  permission: 'persons.erase',
  role: 'loader',
  isReading: true,
  body: PersonRecords,
  response: z.object({
    at: z.iso.datetime(),
    emails: z.array(z.string()),
    phones: z.array(z.string()),
    /** By where it is kept: records, history, imports, mail. */
    data: z.record(z.string(), z.unknown()),
  }),
  refusals: ['kind.unknown', 'person.nothing_kept', 'import.must_rest'],
})

export const erasePerson = defineOperation({
  id: 'erasePerson',
  method: 'POST',
  path: '/persons/erase',
  summary: 'Erase a person everywhere, for good; hashes, counts and sums stay',
  tag: 'Personal data',
  permission: 'persons.erase',
  role: 'loader',
  body: PersonRecords,
  response: z.object({ id: RecordId, counts: ErasedCounts }),
  refusals: ['kind.unknown', 'person.nothing_kept', 'person.last_administrator', 'import.must_rest'],
})

export const listErasures = defineOperation({
  id: 'listErasures',
  method: 'GET',
  path: '/persons/erasures',
  summary: 'Erasures that were done: when, by whom, how much; nothing about whom',
  tag: 'Personal data',
  permission: 'persons.erase',
  response: z.object({
    erasures: z.array(
      z.object({ id: RecordId, counts: ErasedCounts, erasedAt: z.iso.datetime(), by: z.string() }),
    ),
  }),
})
