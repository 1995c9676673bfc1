/** Settings: a list of places at the left, those that the person may open. */
import { Link, Outlet } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Permission } from '../../src/accounts/permissions.ts'
import { useSession } from '../session.ts'
import css from './settings-frame.module.css'

const places: readonly { to: string; key: SettingsPlace; permission?: Permission }[] = [
  { to: '/settings/account', key: 'account' },
  { to: '/settings/organisation', key: 'organisation', permission: 'organisation.read' },
  { to: '/settings/people', key: 'people', permission: 'people.read' },
  { to: '/settings/roles', key: 'roles' },
  { to: '/settings/import-of-data', key: 'importOfData', permission: 'imports.create' },
  { to: '/settings/fields', key: 'fields', permission: 'fields.manage' },
  { to: '/settings/lists', key: 'lists', permission: 'fields.manage' },
  { to: '/settings/api-keys', key: 'apiKeys', permission: 'api-keys.manage' },
  { to: '/settings/mail', key: 'mail', permission: 'mail.manage' },
  { to: '/settings/history', key: 'history', permission: 'history.read' },
]

type SettingsPlace =
  | 'account'
  | 'organisation'
  | 'people'
  | 'roles'
  | 'importOfData'
  | 'fields'
  | 'lists'
  | 'apiKeys'
  | 'mail'
  | 'history'

export function SettingsFrame(): ReactElement {
  const { t } = useTranslation()
  const { permissions } = useSession()
  const open = places.filter((place) => !place.permission || permissions.includes(place.permission))
  return (
    <div className={css.frame}>
      <nav className={css.places} aria-label={t('settings.places')}>
        <p className={css.title}>{t('shell.settings')}</p>
        <ul>
          {open.map((place) => (
            <li key={place.key}>
              <Link to={place.to} className={css.place} activeProps={{ 'aria-current': 'page' }}>
                {t(`settings.${place.key}`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className={css.content}>
        <Outlet />
      </div>
    </div>
  )
}
