/** The checked rows as they would be loaded, with bad cells marked; any row can be gone to by its number. */
import { Button, NumberInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listRows, rowActions } from '../../src/imports/check/contract.ts'
import type { Counts, ImportView } from '../../src/imports/contract.ts'
import type { OperationAnswer } from '../../src/platform/contract.ts'
import { call } from '../api.ts'
import { Badge, type Tone } from '../ui/badge.tsx'
import { CellGrid, type GridRow } from '../ui/cell-grid.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { useFormat } from '../ui/format.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { Problem } from '../ui/notice.tsx'
import css from './check-step.module.css'
import { toStep } from './import-address.ts'

type Action = (typeof rowActions)[number]
type Rows = OperationAnswer<typeof listRows>

const pageSize = 100

const tones: Record<Action, Tone> = {
  create: 'green',
  update: 'teal',
  unchanged: 'grey',
  skip: 'amber',
  fail: 'red',
}

export function RowGrid(props: { run: ImportView }): ReactElement {
  const { t } = useTranslation()
  const { run } = props
  const search = useSearch({ from: '/shell/imports/$id/$step' })
  const action = rowActions.find((one) => one === search.action)
  const from = Math.max(1, Number(search.from) || 1)
  const source = run.sources[0]?.source ?? 0
  const query = useQuery({
    queryKey: ['import', run.id, 'rows', source, action, from],
    queryFn: ({ signal }) =>
      call(
        listRows,
        { params: { id: run.id, source }, query: { from, limit: pageSize, ...(action ? { action } : {}) } },
        signal,
      ),
    placeholderData: keepPreviousData,
  })
  const rows = query.data?.rows ?? []
  const fields = action === 'fail' ? troubledFirst(query.data) : (query.data?.fields ?? [])
  return (
    <>
      <div className={css.tools}>
        <ActionTabs run={run} action={action} />
        <GoTo action={action} rows={run.counts?.rows ?? 0} />
      </div>
      <Problem error={query.error} onRetry={() => void query.refetch()} />
      {query.isSuccess && rows.length === 0 ? (
        <EmptyState title={t('import.check.noRows')} />
      ) : (
        !query.error && (
          <div style={{ opacity: query.isPlaceholderData ? 0.5 : 1 }}>
            <CellGrid
              caption={t('import.check.rows')}
              columns={fields.map((one) => ({ key: one.field, header: one.header }))}
              rows={rows.map((row) =>
                toGridRow(row, query.data?.fields ?? [], fields, (action) => t(`import.action.${action}`)),
              )}
              rowHeader={t('import.row')}
              markHeader={t('import.check.becomes')}
              loading={query.isPending}
            />
            <Pages
              run={run}
              action={action}
              from={from}
              first={rows[0]?.row}
              last={rows.at(-1)?.row}
              next={query.data?.next ?? null}
            />
          </div>
        )
      )}
    </>
  )
}

/** Among rows that cannot be loaded, the columns that are to blame stand where they are seen. */
function troubledFirst(page: Rows | undefined): Rows['fields'] {
  if (!page) return []
  const blamed = new Set(page.rows.flatMap((row) => row.findings.map((finding) => finding.field)))
  const isBlamed = (field: { field: string }) => blamed.has(field.field)
  return [...page.fields.filter(isBlamed), ...page.fields.filter((field) => !isBlamed(field))]
}

/** `served` is the order of the row's cells, `fields` the order in which they are shown. */
function toGridRow(
  row: Rows['rows'][number],
  served: Rows['fields'],
  fields: Rows['fields'],
  nameOf: (action: Rows['rows'][number]['action']) => string,
): GridRow {
  const whole = row.findings.find((one) => !fields.some((field) => field.field === one.field))
  return {
    key: String(row.row),
    number: row.row,
    mark: <Badge tone={tones[row.action]}>{nameOf(row.action)}</Badge>,
    ...(whole ? { note: whole.sentence } : {}),
    cells: fields.map((field) => {
      const finding = row.findings.find((one) => one.field === field.field)
      const text = finding?.value ?? row.cells[served.indexOf(field)] ?? ''
      return finding ? { text, problem: finding.sentence, isWarning: finding.severity !== 'error' } : { text }
    }),
  }
}

function ActionTabs(props: { run: ImportView; action: Action | undefined }): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const counts = props.run.counts
  const tabs = [undefined, ...rowActions].filter(
    (action) => action === undefined || action === props.action || countOf(counts, action) > 0,
  )
  return (
    <nav className={css.tabs} aria-label={t('import.check.filter')}>
      {tabs.map((action) => (
        <Link
          key={action ?? 'all'}
          {...toStep(props.run.id, 'check', action ? { action } : {})}
          className={css.tab}
          activeOptions={{ exact: true }}
          data-current={action === props.action}
          {...(action === props.action ? { 'aria-current': 'true' as const } : {})}
        >
          {t(`import.actionTab.${action ?? 'all'}`)}
          <span>{format.number(action ? countOf(counts, action) : (counts?.rows ?? 0))}</span>
        </Link>
      ))}
    </nav>
  )
}

function countOf(counts: Counts | null, action: Action): number {
  if (!counts) return 0
  const by = {
    create: counts.created,
    update: counts.updated,
    unchanged: counts.unchanged,
    skip: counts.skipped,
    fail: counts.failed,
  }
  return by[action]
}

function GoTo(props: { action: Action | undefined; rows: number }): ReactElement {
  const { t } = useTranslation()
  const navigate = useNavigate({ from: '/imports/$id/$step' })
  const [row, setRow] = useState<number | string>('')
  return (
    <form
      className={css.goto}
      onSubmit={(event) => {
        event.preventDefault()
        if (row === '') return
        void navigate({
          to: '/imports/$id/$step',
          search: { ...(props.action ? { action: props.action } : {}), from: String(row) },
        })
      }}
    >
      <NumberInput
        w={120}
        hideControls
        min={1}
        max={Math.max(1, props.rows)}
        allowDecimal={false}
        aria-label={t('import.check.goTo')}
        placeholder={t('import.check.goTo')}
        value={row}
        onChange={setRow}
      />
      <Button type="submit" variant="default">
        {t('import.check.go')}
      </Button>
    </form>
  )
}

function Pages(props: {
  run: ImportView
  action: Action | undefined
  from: number
  first: number | undefined
  last: number | undefined
  next: number | null
}): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const { action, from, next } = props
  const page = (start: number) => ({ ...(action ? { action } : {}), from: String(start) })
  return (
    <div className={css.pages}>
      <span className="quiet num" aria-live="polite">
        {t('import.check.rowsFromTo', {
          from: format.number(props.first ?? 0),
          to: format.number(props.last ?? 0),
        })}
      </span>
      <span style={{ display: 'flex', gap: 8 }}>
        {from > 1 && (
          <LinkButton
            {...toStep(props.run.id, 'check', page(action ? 1 : Math.max(1, from - pageSize)))}
            variant="default"
          >
            {action ? t('import.check.first') : t('import.check.previous')}
          </LinkButton>
        )}
        {next !== null && (
          <LinkButton {...toStep(props.run.id, 'check', page(next))} variant="default">
            {t('import.check.nextRows')}
          </LinkButton>
        )}
      </span>
    </div>
  )
}
