/**
 * Who did what to which record. Events are only ever added, in the transaction of what they tell about; the
 * sentences are declared by the modules whose events they are. The door of this module.
 */
import type { RawBuilder } from 'kysely'
import { rows, run, sql } from '../platform/database.ts'
import type { Language, Sentence } from '../platform/refusal.ts'
import type { Work } from '../platform/work.ts'
import type { HistoryEvent } from './contract.ts'
import { tellEvent } from './event-sentence.ts'

export type FieldChange = {
  readonly field: string
  readonly before: string | null
  readonly after: string | null
}

/** A word that differs by language (a role, a status) is given in both. */
type EventParams = Readonly<Record<string, string | number | Sentence>>

export type EventCatalogue = Readonly<Record<string, Sentence>>

type RecordedEvent = {
  /** What sort of record: `clients`, `imports`, `people`. */
  readonly kind: string
  readonly recordId: string
  /** A code of the module's catalogue: `client.changed`. */
  readonly event: string
  readonly params?: EventParams
  /** Canonical text, shown in the reader's language when it is read. */
  readonly changes?: readonly FieldChange[]
}

/** Declares the sentences of a module's events; `{name}` stands for a parameter. */
export function declareEvents<const T extends EventCatalogue>(declarations: T): T {
  return declarations
}

export async function recordEvent(work: Work, event: RecordedEvent): Promise<void> {
  await recordEvents(work, [event])
}

/** Several events in one statement, in their order. */
export async function recordEvents(work: Work, events: readonly RecordedEvent[]): Promise<void> {
  if (events.length === 0) return
  const { org, now, actor } = work
  await run(
    work.db,
    sql`insert into history (org_id, at, person_id, by_name, via, kind, record_id, event, params, changes)
        select ${org}::bigint, ${now}::timestamptz, ${actor.person}::bigint, ${actor.name}::text,
               ${actor.via}::text, e.kind, e.record_id, e.event, e.params::jsonb, e.changes::jsonb
        from unnest(
          ${events.map((e) => e.kind)}::text[], ${events.map((e) => e.recordId)}::bigint[],
          ${events.map((e) => e.event)}::text[],
          ${events.map((e) => JSON.stringify(e.params ?? {}))}::text[],
          ${events.map((e) => JSON.stringify(e.changes ?? []))}::text[]
        ) with ordinality as e (kind, record_id, event, params, changes, place)
        order by e.place`,
  )
}

/**
 * One event for each row of a query, without the rows passing through this process. `records` selects
 * `record_id bigint, params jsonb, changes jsonb` of the work's organisation. Returns how many there were.
 */
export async function recordEventForEach(
  work: Work,
  event: { readonly kind: string; readonly event: string; readonly records: RawBuilder<unknown> },
): Promise<number> {
  const { org, now, actor } = work
  return run(
    work.db,
    sql`insert into history (org_id, at, person_id, by_name, via, kind, record_id, event, params, changes)
        select ${org}::bigint, ${now}::timestamptz, ${actor.person}::bigint, ${actor.name}::text,
               ${actor.via}::text, ${event.kind}::text, e.record_id, ${event.event}::text, e.params, e.changes
        from (${event.records}) as e (record_id, params, changes)`,
  )
}

type StoredEvent = {
  id: string
  at: Date
  by: string
  via: HistoryEvent['via']
  kind: string
  recordId: string
  event: string
  params: EventParams
  changes: FieldChange[]
}

type HistoryQuery = {
  readonly kind?: string | undefined
  readonly recordId?: string | undefined
  /** Id of the last event of the page before. */
  readonly before?: string | undefined
  readonly limit: number
}

/** A field's canonical text for a reader; text that no kind knows is shown as it is. */
export type ShowValue = (
  kind: string,
  field: string,
  canonical: string | null,
  language: Language,
) => string | null

/** Newest first, with sentences in the actor's language. */
export async function listHistory(
  work: Work,
  query: HistoryQuery,
  catalogue: EventCatalogue,
  show: ShowValue,
): Promise<HistoryEvent[]> {
  const found = await rows(
    work.db,
    sql<StoredEvent>`
      select id, at, by_name as "by", via, kind, record_id as "recordId", event, params, changes
      from history
      where org_id = ${work.org}::bigint
        and (${query.kind ?? null}::text is null or kind = ${query.kind ?? null}::text)
        and (${query.recordId ?? null}::bigint is null or record_id = ${query.recordId ?? null}::bigint)
        and (${query.before ?? null}::bigint is null or id < ${query.before ?? null}::bigint)
      order by id desc limit ${query.limit}::int`,
  )
  const { language } = work.actor
  return found.map(({ params, at, changes, ...event }) => ({
    ...event,
    at: at.toISOString(),
    changes: changes.map(({ field, before, after }) => ({
      field,
      before: show(event.kind, field, before, language),
      after: show(event.kind, field, after, language),
    })),
    sentence: tellEvent(catalogue[event.event], event.event, params, language),
  }))
}
