/** The code lists that the organisation maintains, with the fields that offer them. */
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { type CodeListSummary, listCodeLists } from '../../src/kinds/code-lists/contract.ts'
import { call } from '../api.ts'
import { kindsQuery, useLabel } from '../imports/kinds.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Icon } from '../ui/icons.tsx'
import { Problem } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import { listsKey } from './field-words.ts'
import css from './fields.module.css'

export function ListsPage(): ReactElement {
  const { t, i18n } = useTranslation()
  const label = useLabel()
  const query = useQuery({ queryKey: listsKey, queryFn: ({ signal }) => call(listCodeLists, {}, signal) })
  const lists = (query.data?.lists ?? []).toSorted((one, other) =>
    label(one.labels).localeCompare(label(other.labels), i18n.language),
  )
  return (
    <Page title={t('settings.lists')} about={t('list.about')}>
      <Problem error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Skeleton height={320} />}
      {query.isSuccess && lists.length === 0 && (
        <EmptyState icon="columns" title={t('list.none')}>
          {t('list.noneWhy')}
        </EmptyState>
      )}
      {lists.length > 0 && (
        <ul className={css.lists} aria-label={t('settings.lists')}>
          {lists.map((list) => (
            <li key={list.name}>
              <Link to="/settings/lists/$name" params={{ name: list.name }} className={css.listLine}>
                <span className={css.name}>{label(list.labels)}</span>
                <span className="quiet">
                  <Users usedBy={list.usedBy} />
                </span>
                <span className="quiet num">{t('list.options', { count: list.offered })}</span>
                <Icon name="right" size={14} />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Page>
  )
}

/** "Clients: Category, Source of contact". */
export function Users(props: { usedBy: CodeListSummary['usedBy'] }): ReactElement {
  const { t } = useTranslation()
  const label = useLabel()
  const { data } = useQuery(kindsQuery)
  if (props.usedBy.length === 0) return <>{t('list.unused')}</>
  const words = [...Map.groupBy(props.usedBy, (use) => use.kind)].map(([name, uses]) => {
    const kind = data?.kinds.find((one) => one.name === name)
    return `${kind ? label(kind.labels) : name}: ${uses.map((use) => label(use.labels)).join(', ')}`
  })
  return <>{words.join(' · ')}</>
}
