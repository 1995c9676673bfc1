/** The history over HTTP. */
import type { Api } from '../platform/http.ts'
import { refuseRequest } from '../platform/problem.ts'
import type { Work } from '../platform/work.ts'
import { listHistory as operation } from './contract.ts'
import { type EventCatalogue, listHistory, type ShowValue } from './history.ts'

/** `catalogues`: the declared events of every module, told together; `openShow`: how the caller's values read. */
export function mountHistory(
  api: Api,
  catalogues: readonly EventCatalogue[],
  openShow: (work: Work) => Promise<ShowValue>,
): void {
  const catalogue: EventCatalogue = Object.assign({}, ...catalogues)
  api.mount(operation, async (work, { query }) => {
    const { kind, recordId, cursor, limit } = query
    if (cursor !== undefined && !/^\d{1,18}$/.test(cursor))
      throw refuseRequest('request.invalid', { problem: 'cursor' })
    const page = { kind, recordId, before: cursor, limit }
    const events = await listHistory(work, page, catalogue, await openShow(work))
    return { events, next: events.length === limit ? (events.at(-1)?.id ?? null) : null }
  })
}
