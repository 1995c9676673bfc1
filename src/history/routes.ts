/** The history over HTTP. */
import type { Api } from '../platform/http.ts'
import { refuseRequest } from '../platform/problem.ts'
import { listHistory as operation } from './contract.ts'
import { type EventCatalogue, listHistory, type ShowValue } from './history.ts'

/** `catalogues`: the declared events of every module, which are told together. */
export function mountHistory(
  api: Api,
  catalogues: readonly EventCatalogue[],
  show: ShowValue = (_kind, _field, text) => text,
): void {
  const catalogue: EventCatalogue = Object.assign({}, ...catalogues)
  api.mount(operation, async (work, { query }) => {
    const { kind, recordId, cursor, limit } = query
    if (cursor !== undefined && !/^\d{1,18}$/.test(cursor))
      throw refuseRequest('request.invalid', { problem: 'cursor' })
    const events = await listHistory(work, { kind, recordId, before: cursor, limit }, catalogue, show)
    return { events, next: events.length === limit ? (events.at(-1)?.id ?? null) : null }
  })
}
