/** Starts the interface. */
import '@mantine/core/styles.layer.css'
import './ui/tokens.css'
import './ui/base.css'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { z } from 'zod'
import { startLanguage } from './i18n.ts'
import { makeQueryClient } from './queries.ts'
import { makeRouter } from './router.tsx'
import { theme, variables } from './theme.ts'

// The page's policy forbids code made at run time, which zod would otherwise try.
z.config({ jitless: true })

const scheme = localStorageColorSchemeManager({ key: 'carryover.scheme' })

await startLanguage()

const queries = makeQueryClient(() => void router.navigate({ to: '/sign-in', search: whereFrom() }))
const router = makeRouter(queries)

function whereFrom(): { next?: string } {
  const { pathname, href } = router.state.location
  return pathname === '/sign-in' || pathname === '/' ? {} : { next: href }
}

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      colorSchemeManager={scheme}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
