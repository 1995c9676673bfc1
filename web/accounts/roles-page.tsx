/** The roles and the one table of what each may do, as the server enforces it. */
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { describeRoles } from '../../src/accounts/contract.ts'
import type { OperationAnswer } from '../../src/platform/contract.ts'
import { call } from '../api.ts'
import { useLabel } from '../imports/kinds.ts'
import { Icon } from '../ui/icons.tsx'
import { Problem } from '../ui/notice.tsx'
import { Page, Section } from '../ui/page.tsx'
import css from './accounts.module.css'

export function RolesPage(): ReactElement {
  const { t } = useTranslation()
  const label = useLabel()
  const query = useQuery({ queryKey: ['roles'], queryFn: ({ signal }) => call(describeRoles, {}, signal) })
  return (
    <Page title={t('settings.roles')} about={t('roles.about')}>
      <Problem error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Skeleton height={560} />}
      {query.data && (
        <>
          <dl className={css.roles}>
            {query.data.roles.map((role) => (
              <div key={role.name}>
                <dt className={css.name}>{label(role.labels)}</dt>
                <dd className="quiet">{label(role.description)}</dd>
              </div>
            ))}
          </dl>
          <Section title={t('roles.table')}>
            <PermissionTable table={query.data} />
          </Section>
        </>
      )}
    </Page>
  )
}

function PermissionTable(props: { table: OperationAnswer<typeof describeRoles> }): ReactElement {
  const { t } = useTranslation()
  const label = useLabel()
  const { roles, permissions } = props.table
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div className={css.scroll} role="region" aria-label={t('roles.table')} tabIndex={0}>
      <table className={css.table}>
        <caption className="visually-hidden">{t('roles.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('roles.permission')}</th>
            {roles.map((role) => (
              <th key={role.name} scope="col">
                {label(role.labels)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {permissions.map((permission) => (
            <tr key={permission.name}>
              <th scope="row">{label(permission.labels)}</th>
              {roles.map((role) => (
                <td key={role.name}>
                  {permission.roles.includes(role.name) ? (
                    <>
                      <Icon name="check" />
                      <span className="visually-hidden">{t('value.yes')}</span>
                    </>
                  ) : (
                    <span className="visually-hidden">{t('value.no')}</span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
