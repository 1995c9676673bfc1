/** Code lists over HTTP: the options that an organisation maintains. Imported by the browser. */
import { z } from 'zod'
import { defineOperation } from '../../platform/contract.ts'
import { OwnLabel } from '../custom-fields/contract.ts'

const Labels = z.object({ en: z.string(), cs: z.string(), de: z.string().optional() })
const name = z.string().max(100)
const value = z.string().min(1).max(200)

export const ListOption = z
  .object({
    /** What records, mappings and filters hold; never changes. */
    value: z.string(),
    labels: Labels,
    /** Other words by which files name it. */
    synonyms: z.array(z.string()),
    archived: z.boolean(),
  })
  .meta({ id: 'ListOption' })
export type ListOption = z.infer<typeof ListOption>

const fieldsOf = z.array(z.object({ kind: z.string(), field: z.string(), labels: Labels }))

export const CodeListSummary = z
  .object({
    name: z.string(),
    labels: Labels,
    /** Options that are offered, archived ones left out. */
    offered: z.number(),
    archived: z.number(),
    /** The fields that offer its options. */
    usedBy: fieldsOf,
  })
  .meta({ id: 'CodeListSummary' })
export type CodeListSummary = z.infer<typeof CodeListSummary>

export const CodeListView = z
  .object({ name: z.string(), labels: Labels, usedBy: fieldsOf, options: z.array(ListOption) })
  .meta({ id: 'CodeListView' })
export type CodeListView = z.infer<typeof CodeListView>

const permission = 'fields.manage'
const tag = 'Fields and lists'
const params = z.object({ name })
const synonyms = z.array(z.string().min(1).max(100)).max(50)

export const listCodeLists = defineOperation({
  id: 'listCodeLists',
  method: 'GET',
  path: '/code-lists',
  summary: 'The lists that the organisation maintains',
  tag,
  permission: 'signed-in',
  response: z.object({ lists: z.array(CodeListSummary) }),
})

export const findCodeList = defineOperation({
  id: 'findCodeList',
  method: 'GET',
  path: '/code-lists/:name',
  summary: 'One list with its options in their order, archived ones included',
  tag,
  permission: 'signed-in',
  params,
  response: CodeListView,
  refusals: ['list.not_found'],
})

export const countListUses = defineOperation({
  id: 'countListUses',
  method: 'GET',
  path: '/code-lists/:name/uses',
  summary: 'How many records hold each option; options that none holds are left out',
  tag,
  permission: 'signed-in',
  params,
  response: z.object({ uses: z.record(z.string(), z.number()) }),
  refusals: ['list.not_found'],
})

export const addListOption = defineOperation({
  id: 'addListOption',
  method: 'POST',
  path: '/code-lists/:name/options',
  summary: 'Add an option at the end of a list',
  tag,
  permission,
  params,
  body: z.object({ label: OwnLabel, synonyms: synonyms.default([]) }),
  status: 201,
  response: CodeListView,
  refusals: ['list.not_found', 'list.option_taken', 'list.option_unusable', 'list.too_many_options'],
})

export const changeListOption = defineOperation({
  id: 'changeListOption',
  method: 'PATCH',
  path: '/code-lists/:name/options',
  summary: 'Rename an option, change its other words, archive it or take it back',
  tag,
  permission,
  params,
  body: z.object({
    value,
    label: OwnLabel.optional(),
    synonyms: synonyms.optional(),
    archived: z.boolean().optional(),
  }),
  response: CodeListView,
  refusals: ['list.not_found', 'list.option_not_found', 'list.option_taken', 'list.option_unusable'],
})

export const orderListOptions = defineOperation({
  id: 'orderListOptions',
  method: 'PUT',
  path: '/code-lists/:name/order',
  summary: 'Put the options of a list into an order',
  tag,
  permission,
  params,
  body: z.object({ values: z.array(value).max(5000) }),
  response: CodeListView,
  refusals: ['list.not_found', 'list.order_outdated'],
})

export const deleteListOption = defineOperation({
  id: 'deleteListOption',
  method: 'POST',
  path: '/code-lists/:name/options/delete',
  summary: 'Delete an option that no record holds',
  tag,
  permission,
  params,
  body: z.object({ value }),
  response: CodeListView,
  refusals: ['list.not_found', 'list.option_not_found', 'list.option_in_use'],
})
