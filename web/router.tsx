/** Every address of the interface. Pages are loaded when first opened; below the shell one must be signed in. */
import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { describeSetup } from '../src/accounts/contract.ts'
import { importStatuses } from '../src/imports/contract.ts'
import { PublicFrame } from './accounts/public-frame.tsx'
import { ApiProblem, call } from './api.ts'
import { changeLanguage } from './i18n.ts'
import { currentLanguage } from './language.ts'
import { readListSearch } from './records/list-address.ts'
import { sessionQuery } from './session.ts'
import { CrashPage, NotFoundPage } from './shell/odd-pages.tsx'
import { Shell } from './shell/shell.tsx'

type Search = Record<string, unknown>

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined

/** Keeps the named parameters that are texts, drops everything else. */
function texts<const Names extends readonly string[]>(names: Names) {
  return (search: Search): { [N in Names[number]]?: string } => {
    const kept: Record<string, string> = {}
    for (const name of names) {
      const value = text(search[name])
      if (value !== undefined) kept[name] = value
    }
    return kept as { [N in Names[number]]?: string }
  }
}

const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  notFoundComponent: NotFoundPage,
  errorComponent: CrashPage,
})

const open = createRoute({ getParentRoute: () => root, id: 'open', component: PublicFrame })

const signIn = createRoute({
  getParentRoute: () => open,
  path: '/sign-in',
  validateSearch: texts(['next']),
  component: lazyRouteComponent(() => import('./accounts/sign-in-page.tsx'), 'SignInPage'),
})

const setup = createRoute({
  getParentRoute: () => open,
  path: '/setup',
  validateSearch: texts(['token']),
  component: lazyRouteComponent(() => import('./accounts/setup-page.tsx'), 'SetupPage'),
})

const forgotten = createRoute({
  getParentRoute: () => open,
  path: '/forgotten-password',
  component: lazyRouteComponent(() => import('./accounts/forgotten-page.tsx'), 'ForgottenPage'),
})

const reset = createRoute({
  getParentRoute: () => open,
  path: '/reset',
  validateSearch: texts(['token']),
  component: lazyRouteComponent(() => import('./accounts/reset-page.tsx'), 'ResetPage'),
})

const invitation = createRoute({
  getParentRoute: () => open,
  path: '/invitation',
  validateSearch: texts(['token']),
  component: lazyRouteComponent(() => import('./accounts/invitation-page.tsx'), 'InvitationPage'),
})

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    try {
      const { language } = await context.queries.ensureQueryData(sessionQuery)
      // The server speaks the person's language; two in one page would be worse than either.
      if (language !== currentLanguage()) await changeLanguage(language)
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 401) throw error
      const { needed } = await call(describeSetup, {})
      if (needed) throw redirect({ to: '/setup' })
      throw redirect({ to: '/sign-in', search: location.pathname === '/' ? {} : { next: location.href } })
    }
  },
})

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: async ({ context }) => {
    const { permissions } = await context.queries.ensureQueryData(sessionQuery)
    throw redirect({ to: permissions.includes('imports.read') ? '/imports' : '/settings/account' })
  },
})

const imports = createRoute({
  getParentRoute: () => shell,
  path: '/imports',
  validateSearch: (search: Search) => ({
    ...texts(['kind', 'search'])(search),
    ...(importStatuses.some((status) => status === search.status)
      ? { status: search.status as (typeof importStatuses)[number] }
      : {}),
  }),
  component: lazyRouteComponent(() => import('./imports/imports-page.tsx'), 'ImportsPage'),
})

const importHome = createRoute({
  getParentRoute: () => shell,
  path: '/imports/$id',
  component: lazyRouteComponent(() => import('./imports/import-page.tsx'), 'ImportHome'),
})

const importStep = createRoute({
  getParentRoute: () => shell,
  path: '/imports/$id/$step',
  validateSearch: texts(['action', 'code', 'field', 'from', 'view', 'outcome', 'source', 'kind']),
  component: lazyRouteComponent(() => import('./imports/import-page.tsx'), 'ImportPage'),
})

/** One address below the root stands for each kind with pages; for any other name its page says that there is none. */
const records = createRoute({
  getParentRoute: () => shell,
  path: '/$place',
  validateSearch: readListSearch,
  component: lazyRouteComponent(() => import('./records/records-page.tsx'), 'RecordsPage'),
})

const recordPages = [
  createRoute({
    getParentRoute: () => shell,
    path: '/$place/new',
    validateSearch: texts(['client', 'product', 'title']),
    component: lazyRouteComponent(() => import('./records/new-record-page.tsx'), 'NewRecordPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/$place/duplicates',
    component: lazyRouteComponent(() => import('./records/duplicates-page.tsx'), 'DuplicatesPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/$place/merge',
    validateSearch: texts(['kept', 'other']),
    component: lazyRouteComponent(() => import('./records/merge-page.tsx'), 'MergePage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/$place/$id',
    validateSearch: texts(['bin', 'moved']),
    component: lazyRouteComponent(() => import('./records/record-page.tsx'), 'RecordPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/$place/$id/person',
    component: lazyRouteComponent(() => import('./records/person-data-page.tsx'), 'PersonDataPage'),
  }),
] as const

const bin = createRoute({
  getParentRoute: () => shell,
  path: '/bin',
  validateSearch: texts(['kind']),
  component: lazyRouteComponent(() => import('./records/bin-page.tsx'), 'BinPage'),
})

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/settings-frame.tsx'), 'SettingsFrame'),
})

const settingsPages = [
  createRoute({
    getParentRoute: () => settings,
    path: '/',
    beforeLoad: () => {
      throw redirect({ to: '/settings/account' })
    },
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/account',
    component: lazyRouteComponent(() => import('./accounts/account-page.tsx'), 'AccountPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/organisation',
    component: lazyRouteComponent(() => import('./accounts/organisation-page.tsx'), 'OrganisationPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/people',
    validateSearch: texts(['search']),
    component: lazyRouteComponent(() => import('./accounts/people-page.tsx'), 'PeoplePage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/roles',
    component: lazyRouteComponent(() => import('./accounts/roles-page.tsx'), 'RolesPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/fields',
    validateSearch: texts(['kind']),
    component: lazyRouteComponent(() => import('./settings/fields-page.tsx'), 'FieldsPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/lists',
    component: lazyRouteComponent(() => import('./settings/lists-page.tsx'), 'ListsPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/lists/$name',
    component: lazyRouteComponent(() => import('./settings/list-page.tsx'), 'ListPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/import-of-data',
    validateSearch: texts(['type', 'label']),
    component: lazyRouteComponent(() => import('./settings/import-of-data-page.tsx'), 'ImportOfDataPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/api-keys',
    component: lazyRouteComponent(() => import('./accounts/api-keys-page.tsx'), 'ApiKeysPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/mail',
    validateSearch: texts(['state', 'message']),
    component: lazyRouteComponent(() => import('./notices/mail-page.tsx'), 'MailPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/history',
    component: lazyRouteComponent(() => import('./history/history-page.tsx'), 'HistoryPage'),
  }),
] as const

const tree = root.addChildren([
  open.addChildren([signIn, setup, forgotten, reset, invitation]),
  shell.addChildren([
    home,
    imports,
    importHome,
    importStep,
    bin,
    records,
    ...recordPages,
    settings.addChildren(settingsPages),
  ]),
])

export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { queries },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultErrorComponent: CrashPage,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}
