/** What a person decides about reading, between the API (no null, '' for a mark that is not there) and the reader. */
import type { z } from 'zod'
import type { ReadOptions } from '../../tabular/tabular.ts'
import type { ReadOptions as OptionsView } from './contract.ts'

type Given = z.output<typeof OptionsView>

const marks = ['quote', 'escape', 'comment'] as const

export function toReadOptions(given: Given): ReadOptions {
  const options: Record<string, unknown> = definedOnly(given)
  for (const mark of marks) if (options[mark] === '') options[mark] = null
  return options
}

export function viewOptions(chosen: ReadOptions): Given {
  const { sampleRows: _, ...options } = chosen
  const view: Record<string, unknown> = definedOnly(options)
  for (const mark of marks) if (view[mark] === null) view[mark] = ''
  return view
}

function definedOnly(of: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined))
}
