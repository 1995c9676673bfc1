/** The cache of what the server has said, and what happens when the session has ended meanwhile. */
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiProblem } from './api.ts'

export function makeQueryClient(onSignedOut: () => void): QueryClient {
  const watch = (error: unknown) => {
    if (error instanceof ApiProblem && error.code === 'session.required') onSignedOut()
  }
  return new QueryClient({
    queryCache: new QueryCache({
      // Who asks whether there is a session knows what to do when there is none.
      onError: (error, query) => query.queryKey[0] !== 'session' && watch(error),
    }),
    mutationCache: new MutationCache({ onError: watch }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) => failures < 2 && isOutage(error),
      },
      mutations: { retry: false },
    },
  })
}

/** Only what may be gone in a moment is asked again; a refusal stays one. */
function isOutage(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 0 || error.status >= 502)
}
