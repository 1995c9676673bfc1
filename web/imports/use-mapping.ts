/**
 * The mapping of a source as it is being made: every change is saved at once, one save after another, the last
 * one winning; what the server says of a save stays until the next.
 */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { type ImportView, saveMapping } from '../../src/imports/contract.ts'
import type { ColumnMapping, Mapping } from '../../src/imports/map/contract.ts'
import { call } from '../api.ts'
import { importQuery } from './use-import.ts'

export type MappingEditor = {
  readonly mapping: Mapping
  readonly state: 'saved' | 'saving' | 'failed'
  readonly error: unknown
  readonly columnOf: (field: string) => ColumnMapping | undefined
  readonly ofColumn: (column: number) => ColumnMapping | undefined
  /** Gives a column a field; a field that another column had moves here. Null: the column is not imported. */
  readonly assign: (column: number, header: string, field: string | null) => void
  /** Field that keeps a column without a field of its own as text. */
  readonly keptIn: (column: number) => string | undefined
  readonly refine: (column: number, change: Partial<ColumnMapping>) => void
  /** One value for all rows; null takes it away. */
  readonly setConstant: (field: string, value: string | null) => void
  readonly retry: () => void
}

const nothing: Mapping = { columns: [], constants: [] }

export function useMapping(run: ImportView, source: number): MappingEditor {
  const served = run.sources.find((one) => one.source === source)?.mapping ?? nothing
  const [mapping, setMapping] = useState<Mapping>(served)
  const { state, error, save } = useSaving(run.id, source)
  useEffect(() => {
    // Somebody else, or another window, has changed it; nothing of ours is under way.
    if (state === 'saved') setMapping(served)
  }, [state, served])
  const change = (next: Mapping) => {
    setMapping(next)
    save(next)
  }
  const ofColumn = (column: number) => mapping.columns.find((one) => one.column === column)
  return {
    mapping,
    state,
    error,
    columnOf: (field) => mapping.columns.find((one) => one.field === field),
    ofColumn,
    keptIn: (column) => {
      const gather = mapping.gather ?? served.gather
      return gather?.columns.some((one) => one.column === column) ? gather.field : undefined
    },
    assign: (column, header, field) => {
      const others = mapping.columns.filter((one) => one.column !== column && one.field !== field)
      const columns = field === null ? others : [...others, { column, header, field }]
      change({
        columns: columns.sort((a, b) => a.column - b.column),
        constants: mapping.constants.filter((one) => one.field !== field),
      })
    },
    refine: (column, refinement) =>
      change({
        ...mapping,
        columns: mapping.columns.map((one) => (one.column === column ? { ...one, ...refinement } : one)),
      }),
    setConstant: (field, value) => {
      const others = mapping.constants.filter((one) => one.field !== field)
      change({
        columns: mapping.columns.filter((one) => one.field !== field),
        constants: value === null ? others : [...others, { field, value }],
      })
    },
    retry: () => save(mapping),
  }
}

function useSaving(id: string, source: number) {
  const queries = useQueryClient()
  const [state, setState] = useState<MappingEditor['state']>('saved')
  const [error, setError] = useState<unknown>(null)
  const waiting = useRef<Mapping | null>(null)
  const isRunning = useRef(false)
  const save = (mapping: Mapping) => {
    waiting.current = mapping
    setState('saving')
    if (!isRunning.current) void run()
  }
  const run = async () => {
    isRunning.current = true
    try {
      while (waiting.current) {
        const body = waiting.current
        waiting.current = null
        const view = await call(saveMapping, { params: { id, source }, body })
        if (waiting.current) continue
        queries.setQueryData(importQuery(id).queryKey, view)
        await queries.invalidateQueries({ queryKey: ['import', id, 'columns'] })
      }
      setError(null)
      setState('saved')
    } catch (problem) {
      setError(problem)
      setState('failed')
    } finally {
      isRunning.current = false
    }
  }
  return { state, error, save }
}
