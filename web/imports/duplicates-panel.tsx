/** The same thing twice by the rules of its kind: groups of rows and of records, and whether they are let in. */
import { Switch } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { listDuplicates } from '../../src/imports/check/contract.ts'
import { changeSettings, checkImport, type ImportView } from '../../src/imports/contract.ts'
import type { OperationAnswer } from '../../src/platform/contract.ts'
import { call } from '../api.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { useFormat } from '../ui/format.ts'
import { MoreRows } from '../ui/more-rows.tsx'
import { Problem } from '../ui/notice.tsx'
import { sourceName } from './cell-place.ts'
import css from './duplicates-panel.module.css'
import { toStep } from './import-address.ts'
import { useKind } from './kinds.ts'
import { recordPage } from './record-address.ts'
import { useImportStep } from './use-import.ts'

type Group = OperationAnswer<typeof listDuplicates>['groups'][number]

export function useDuplicates(run: ImportView, enabled: boolean) {
  return useInfiniteQuery({
    queryKey: ['import', run.id, 'duplicates', run.checkedAt],
    queryFn: ({ pageParam, signal }) =>
      call(
        listDuplicates,
        { params: { id: run.id }, query: { limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    enabled,
  })
}

export function DuplicatesPanel(props: {
  run: ImportView
  list: ReturnType<typeof useDuplicates>
}): ReactElement {
  const { t } = useTranslation()
  const { run, list } = props
  const groups = list.data?.pages.flatMap((page) => page.groups) ?? []
  return (
    <>
      <DuplicateSwitch run={run} />
      <Problem error={list.error} onRetry={() => void list.refetch()} />
      {list.isSuccess && groups.length === 0 && (
        <EmptyState icon="check" title={t('import.duplicates.none')}>
          {t('import.duplicates.noneWhy')}
        </EmptyState>
      )}
      {groups.length > 0 && (
        <ul className={css.groups} aria-label={t('import.duplicates.title')}>
          {groups.map((group) => (
            <DuplicateGroup
              key={`${group.kind} ${group.fields.join()} ${group.values.join()}`}
              run={run}
              of={group}
            />
          ))}
        </ul>
      )}
      <MoreRows
        shown={groups.length}
        hasMore={list.hasNextPage}
        loading={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
    </>
  )
}

/** The rule of the import; what it means for the rows is seen when they have been checked again, at once. */
function DuplicateSwitch(props: { run: ImportView }): ReactElement {
  const { t } = useTranslation()
  const { run } = props
  const params = { id: run.id }
  const change = useImportStep(run.id, async (duplicates: 'allow' | 'refuse') => {
    await call(changeSettings, { params, body: { duplicates } })
    return call(checkImport, { params })
  })
  const now = change.isPending ? change.variables : run.settings.duplicates
  return (
    <div className={css.rule}>
      <Switch
        label={t('import.duplicates.allow')}
        description={t(`import.duplicates.${now}Why`)}
        styles={{ description: { paddingInlineStart: 8 } }}
        checked={now === 'allow'}
        disabled={!run.may.edit || change.isPending}
        onChange={(event) => change.mutate(event.currentTarget.checked ? 'allow' : 'refuse')}
      />
      <Problem error={change.error} />
    </div>
  )
}

function DuplicateGroup(props: { run: ImportView; of: Group }): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const { run, of } = props
  const { kind, fieldLabel, label } = useKind(of.kind)
  const isSeveral = new Set(of.rows.map((row) => row.source)).size > 1
  const fileOf = (number: number) => run.sources.find((source) => source.source === number)
  const places: readonly { key: string; text: string; to: ReturnType<typeof toStep> }[] = of.rows.map(
    ({ source, row }, at) => {
      const file = fileOf(source)
      return {
        key: `${source} ${row} ${at}`,
        text:
          isSeveral && file
            ? t('import.duplicates.rowIn', { row, name: sourceName(file) })
            : t('import.rowNumber', { row }),
        to: toStep(run.id, 'check', { view: 'rows', source: String(source), from: String(row) }),
      }
    },
  )
  const rest = of.count - of.rows.length
  return (
    <li className={css.group}>
      <p className={css.name}>
        <strong>{of.values.join(' · ')}</strong>
        <span className="quiet">
          {kind ? label(kind.labels) : of.kind} · {of.fields.map(fieldLabel).join(' + ')}
        </span>
      </p>
      <dl className={css.members}>
        <Members name={t('import.duplicates.inFile', { count: of.count })}>
          {places.map((place) => (
            <Link key={place.key} {...place.to} className={css.place}>
              {place.text}
            </Link>
          ))}
          {rest > 0 && (
            <span className="quiet">{t('import.duplicates.more', { number: format.number(rest) })}</span>
          )}
        </Members>
        {of.records.length > 0 && (
          <Members name={t('import.duplicates.there', { count: of.records.length })}>
            {of.records.map((record) => {
              const page = recordPage(of.kind, record.id)
              return page ? (
                <Link key={record.id} {...page} className={css.place}>
                  {record.title}
                </Link>
              ) : (
                <span key={record.id}>{record.title}</span>
              )
            })}
          </Members>
        )}
      </dl>
    </li>
  )
}

function Members(props: { name: string; children: ReactNode }): ReactElement {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  )
}
