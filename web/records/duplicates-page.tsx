/** Groups of records that may be the same, by the rules of their kind; two at a time are compared and merged. */
import { Checkbox, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { DuplicateGroup } from '../../src/kinds/records/contract.ts'
import { call } from '../api.ts'
import { type KindWords, useKind } from '../imports/kinds.ts'
import { useMay } from '../session.ts'
import { NothingHere } from '../shell/odd-pages.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { Problem } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import css from './merge-page.module.css'
import { isPlace, type Place, recordKind } from './record-kinds.ts'

type Group = z.output<typeof DuplicateGroup>

const MOST_GROUPS = 100

export function DuplicatesPage(): ReactElement {
  const { place } = useParams({ from: '/shell/$place/duplicates' })
  if (!isPlace(place) || !recordKind(place).operations.duplicates) return <NothingHere />
  return <Duplicates key={place} place={place} />
}

function Duplicates(props: { place: Place }): ReactElement {
  const { t } = useTranslation()
  const { place } = props
  const of = recordKind(place)
  const kind = useKind(place)
  const query = useQuery({
    queryKey: ['duplicates', place],
    queryFn: ({ signal }) => call(of.operations.duplicates!, { query: { limit: MOST_GROUPS } }, signal),
  })
  const groups = query.data?.groups ?? []
  return (
    <Page
      title={t('record.duplicates.title')}
      above={
        <Link to="/$place" params={{ place }}>
          {kind.kind ? kind.label(kind.kind.labels) : ''}
        </Link>
      }
      about={t('record.duplicates.about')}
    >
      <Problem error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Skeleton height={240} />}
      {query.isSuccess && groups.length === 0 && (
        <EmptyState
          icon="check"
          title={t('record.duplicates.none')}
          action={
            <LinkButton to="/$place" params={{ place }} variant="default">
              {t('record.backToList')}
            </LinkButton>
          }
        >
          {t('record.duplicates.noneWhy')}
        </EmptyState>
      )}
      <ul className={css.groups}>
        {groups.map((group) => (
          <li key={`${group.by.join()} ${group.values.join('\n')}`} className={css.group}>
            <GroupOf place={place} kind={kind} group={group} />
          </li>
        ))}
      </ul>
      {groups.length === MOST_GROUPS && (
        <p className="quiet">{t('record.duplicates.more', { count: MOST_GROUPS })}</p>
      )}
    </Page>
  )
}

/** The first two are proposed; of a larger group any two can be chosen. */
function GroupOf(props: { place: Place; kind: KindWords; group: Group }): ReactElement {
  const { t } = useTranslation()
  const { place, kind, group } = props
  const mayWrite = useMay(recordKind(place).may.write)
  const [chosen, setChosen] = useState(() => group.records.slice(0, 2).map((record) => record.id))
  const [kept, other] = chosen
  const alike = group.by
    .map((field, at) => `${kind.fieldLabel(field)}: ${group.values[at] ?? ''}`)
    .join(' · ')
  const toggle = (id: string) =>
    setChosen((now) => (now.includes(id) ? now.filter((one) => one !== id) : [...now, id].slice(-2)))
  return (
    <>
      <p className={css.why}>{alike}</p>
      <ul className={css.members}>
        {group.records.map((record) => (
          <li key={record.id} className={css.member}>
            {mayWrite && group.records.length > 2 && (
              <Checkbox
                size="xs"
                checked={chosen.includes(record.id)}
                aria-label={t('record.bulk.choose', { title: `${record.title} #${record.id}` })}
                onChange={() => toggle(record.id)}
              />
            )}
            <Link to="/$place/$id" params={{ place, id: record.id }}>
              {record.title}
            </Link>
            <span className="quiet num">#{record.id}</span>
          </li>
        ))}
        {group.count > group.records.length && (
          <li className="quiet">
            {t('record.duplicates.further', { count: group.count - group.records.length })}
          </li>
        )}
      </ul>
      {mayWrite && kept && other && (
        <LinkButton
          to="/$place/merge"
          params={{ place }}
          search={{ kept, other }}
          variant="default"
          size="xs"
        >
          {t('record.merge.compare')}
        </LinkButton>
      )}
    </>
  )
}
