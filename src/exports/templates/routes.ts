/** Templates over HTTP: the answer is the file. */
import type { Kinds } from '../../kinds/kinds.ts'
import type { Api } from '../../platform/http.ts'
import { inWork, type Work } from '../../platform/work.ts'
import * as contract from './contract.ts'
import { listTemplates, makeTemplate } from './templates.ts'

const contentTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** `kindsOf`: the kinds as an organisation may fill them in, with the limits that hold for its imports. */
export function mountTemplates(api: Api, kindsOf: (work: Work) => Promise<Kinds>): void {
  api.mount(contract.listTemplates, async (work) => ({
    templates: [...listTemplates(work, await kindsOf(work))],
  }))
  api.mountRaw(contract.downloadTemplate, async ({ scope, input, reply }) => {
    const { format, language, shape } = input.query
    const file = await inWork(api.platform, scope, async (work) =>
      makeTemplate(work, await kindsOf(work), { kind: input.params.kind, format, language, shape }),
    )
    return reply
      .type(contentTypes[format])
      .header('content-disposition', `attachment; filename="${file.name}"`)
      .send(file.bytes)
  })
}
