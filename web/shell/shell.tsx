/** The frame around every page for people who are signed in: rail, search, person; at the bottom when narrow. */
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { type ReactElement, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay, useSession } from '../session.ts'
import { Icon, type IconName } from '../ui/icons.tsx'
import { PersonMenu } from './person-menu.tsx'
import { SearchBox } from './search-box.tsx'
import css from './shell.module.css'

export function Shell(): ReactElement {
  const { t } = useTranslation()
  const { organisation } = useSession()
  const content = useFocusAfterNavigation()
  return (
    <div className={css.shell}>
      <a href="#content" className={css.skip}>
        {t('shell.skip')}
      </a>
      <header className={css.rail}>
        <Link to="/" className={css.organisation} title={organisation.name}>
          <img src="/mark.svg" alt="" width={20} height={20} />
          <span>{organisation.name}</span>
        </Link>
        <SearchBox />
        <Places />
        <PersonMenu />
      </header>
      <main ref={content} id="content" className={css.content} tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  )
}

/** Where the focused link went away with its page, the keyboard goes on at the new content, not at the rail. */
function useFocusAfterNavigation() {
  const content = useRef<HTMLElement>(null)
  const pathname = useLocation({ select: (location) => location.pathname })
  const before = useRef(pathname)
  useEffect(() => {
    if (before.current === pathname) return
    before.current = pathname
    if (document.activeElement === document.body) content.current?.focus({ preventScroll: true })
  }, [pathname])
  return content
}

function Places(): ReactElement {
  const { t } = useTranslation()
  const seesImports = useMay('imports.read')
  const seesClients = useMay('clients.read')
  const seesLeads = useMay('leads.read')
  const seesProducts = useMay('products.read')
  return (
    <nav className={css.places} aria-label={t('shell.places')}>
      <ul>
        {seesImports && <Place to="/imports" icon="imports" label={t('shell.imports')} />}
        {seesClients && <Place to="/clients" icon="clients" label={t('shell.clients')} />}
        {seesClients && <Place to="/contacts" icon="contacts" label={t('shell.contacts')} />}
        {seesLeads && <Place to="/leads" icon="leads" label={t('shell.leads')} />}
        {seesProducts && <Place to="/products" icon="products" label={t('shell.products')} />}
        <Place to="/settings" icon="settings" label={t('shell.settings')} />
      </ul>
    </nav>
  )
}

function Place(props: { to: string; icon: IconName; label: string }): ReactElement {
  return (
    <li>
      <Link to={props.to} className={css.place} activeProps={{ 'aria-current': 'page' }}>
        <Icon name={props.icon} />
        {props.label}
      </Link>
    </li>
  )
}
