/** What follows a successful sign-in, wherever it happened: the session is known, the language is theirs. */
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { SessionView } from '../../src/accounts/contract.ts'
import { changeLanguage } from '../i18n.ts'
import { sessionQuery } from '../session.ts'

export function useEnter(): (session: SessionView, next?: string) => Promise<void> {
  const queries = useQueryClient()
  const router = useRouter()
  return async (session, next) => {
    queries.clear()
    queries.setQueryData(sessionQuery.queryKey, session)
    await changeLanguage(session.language)
    // Only an address of this interface: a link from elsewhere must not send anybody away.
    const isOurs = next?.startsWith('/') === true && !next.startsWith('//')
    if (isOurs) await router.navigate({ href: next })
    else await router.navigate({ to: '/' })
  }
}
