/** One import as it is now: asked once, then followed while it moves, by this browser or by anybody. */
import {
  queryOptions,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useEffect } from 'react'
import { findImport, followImport, type ImportView } from '../../src/imports/contract.ts'
import { operationPath } from '../../src/platform/contract.ts'
import { ApiProblem, call, follow } from '../api.ts'

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['import', id],
    queryFn: ({ signal }) => call(findImport, { params: { id } }, signal),
  })

export function isMoving(run: ImportView): boolean {
  return run.status === 'checking' || run.status === 'in_progress' || run.progress !== null
}

export function useImport(id: string): UseQueryResult<ImportView> {
  const queries = useQueryClient()
  const query = useQuery(importQuery(id))
  const moves = query.data ? isMoving(query.data) : false
  useEffect(() => {
    if (!moves) return undefined
    const stop = new AbortController()
    const followToRest = async () => {
      await watch(id, stop.signal, (run) => queries.setQueryData(importQuery(id).queryKey, run))
      if (stop.signal.aborted) return
      // What hangs on the import (rows, plan, records) has changed with it.
      for (const queryKey of [['import', id], ['imports'], ['history']])
        await queries.invalidateQueries({ queryKey })
    }
    void followToRest()
    return () => stop.abort()
  }, [id, moves, queries])
  return query
}

/** Until it rests; a broken connection is taken up again, a refusal ends it. */
async function watch(id: string, signal: AbortSignal, onMove: (run: ImportView) => void): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const run of follow<ImportView>(operationPath(followImport, { id }), 'import', signal))
        onMove(run)
      const run = await call(findImport, { params: { id } }, signal)
      onMove(run)
      if (!isMoving(run)) return
    } catch (error) {
      if (error instanceof ApiProblem && error.status >= 400 && error.status < 500) return
    }
    await pause(1500, signal)
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** A step of a person: what the server answers is the import's new state. */
export function useImportStep<Input>(id: string, step: (input: Input) => Promise<ImportView>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: step,
    onSuccess: async (run) => {
      queries.setQueryData(importQuery(id).queryKey, run)
      await queries.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] === 'import' && queryKey[1] === id && queryKey.length > 2,
      })
    },
  })
}
