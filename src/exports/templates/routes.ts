/** Templates over HTTP: the answer is the file. */
import type { Kinds } from '../../kinds/kinds.ts'
import type { Api } from '../../platform/http.ts'
import { inWork } from '../../platform/work.ts'
import * as contract from './contract.ts'
import { listTemplates, makeTemplate } from './templates.ts'

const contentTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

export function mountTemplates(api: Api, kinds: Kinds): void {
  api.mount(contract.listTemplates, async (work) => ({ templates: [...(await listTemplates(work, kinds))] }))
  api.mountRaw(contract.downloadTemplate, async ({ scope, input, reply }) => {
    const { format, language, shape } = input.query
    const file = await inWork(api.platform, scope, (work) =>
      makeTemplate(work, kinds, { kind: input.params.kind, format, language, shape }),
    )
    return reply
      .type(contentTypes[format])
      .header('content-disposition', `attachment; filename="${file.name}"`)
      .send(file.bytes)
  })
}
