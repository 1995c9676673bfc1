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

/** Everything that the history tells of a record, as it lies there: for who asks what is kept about them. */
export async function readEvents(
  work: Work,
  kind: string,
  recordId: string,
): Promise<readonly { at: Date; by: string; event: string; params: EventParams; changes: FieldChange[] }[]> {
  return rows(
    work.db,
    sql<{ at: Date; by: string; event: string; params: EventParams; changes: FieldChange[] }>`
      select at, by_name as "by", event, params, changes from history
      where org_id = ${work.org}::bigint and kind = ${kind}::text and record_id = ${recordId}::bigint order by id`,
  )
}

/**
 * Takes a person's values out of the history: who did what and when stays. `words` are looked for in the events of
 * other records, whole and without case. Returns how many events lost something.
 */
export async function redactHistory(
  work: Work,
  records: readonly { readonly kind: string; readonly ids: readonly string[] }[],
  words: readonly string[],
): Promise<number> {
  let redacted = 0
  for (const { kind, ids } of records)
    redacted += await counted(work, sql`redact_history(${kind}::text, ${[...ids]}::bigint[])`)
  const lower = words.map((word) => word.toLowerCase())
  return lower.length === 0
    ? redacted
    : redacted + (await counted(work, sql`redact_mentions(${lower}::text[])`))
}

/** The events that somebody caused keep everything but the name. */
export async function redactActor(work: Work, person: string, nameInstead: string): Promise<number> {
  return counted(work, sql`redact_actor(${person}::bigint, ${nameInstead}::text)`)
}

async function counted(work: Work, call: RawBuilder<unknown>): Promise<number> {
  const [found] = await rows(work.db, sql<{ n: string }>`select ${call} as n`)
  return Number(found!.n)
}
