/** Exports over HTTP: the answer is the file. */
import type { Kinds } from '../kinds/kinds.ts'
import type { Api } from '../platform/http.ts'
import { inWork } from '../platform/work.ts'
import { exportKind } from './contract.ts'
import { exportRecords, recordExport } from './exports.ts'

const contentTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

export function mountExports(api: Api, kinds: Kinds): void {
  api.mountRaw(exportKind, async ({ scope, input, reply }) => {
    const { kind, format } = input.params
    const { search, where, importId, columns, sort, language } = input.query
    const wanted = {
      kind,
      format,
      filter: { search, where, importId },
      columns: columns?.split(',').map((name) => name.trim()),
      sort,
      language,
    }
    const own = await inWork(api.platform, scope, async (work) => {
      const known = await kinds.of(work)
      await recordExport(work, known, wanted)
      return known
    })
    const stream = exportRecords(api.platform, own, scope, wanted)
    return reply
      .type(contentTypes[format])
      .header('content-disposition', `attachment; filename="${kind}.${format}"`)
      .send(stream)
  })
}
