/** Who is signed in and what they may do. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { findSession, type SessionView } from '../src/accounts/contract.ts'
import type { Permission } from '../src/accounts/permissions.ts'
import { call } from './api.ts'

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => call(findSession, {}, signal),
  staleTime: 60_000,
  retry: false,
})

/** Only below the shell, which does not open without a session. */
export function useSession(): SessionView {
  const { data } = useQuery(sessionQuery)
  if (!data) throw new Error('no session below the shell')
  return data
}

export function useMay(permission: Permission): boolean {
  return useSession().permissions.includes(permission)
}
