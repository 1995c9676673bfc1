/** The checked rows as they would be loaded, with bad cells marked; any row can be gone to by its number. */
import { Button, NumberInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listRows, rowActions } from '../../src/imports/check/contract.ts'
import type { ImportView } from '../../src/imports/contract.ts'
import type { OperationAnswer } from '../../src/platform/contract.ts'
import { call } from '../api.ts'
import { Badge, type Tone } from '../ui/badge.tsx'
import { CellGrid, type GridCell, type GridRow } from '../ui/cell-grid.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { useFormat } from '../ui/format.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { Problem } from '../ui/notice.tsx'
import css from './check-step.module.css'
import { toStep } from './import-address.ts'
import { useKind } from './kinds.ts'
import { type Action, ActionTabs, keepSource, SourceChoice } from './row-tabs.tsx'

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
  const of = run.sources.find((one) => String(one.source) === search.source) ?? run.sources[0]
  const source = of?.source ?? 0
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
  const children = childColumns(rows)
  const kind = useKind(of?.kind ?? run.kind)
  return (
    <>
      {run.sources.length > 1 && <SourceChoice run={run} source={source} />}
      <div className={css.tools}>
        <ActionTabs run={run} source={of} action={action} />
        <GoTo rows={of?.counts?.rows ?? run.counts?.rows ?? 0} />
      </div>
      <Problem error={query.error} onRetry={() => void query.refetch()} />
      {query.isSuccess && rows.length === 0 ? (
        <EmptyState title={t('import.check.noRows')} />
      ) : (
        !query.error && (
          <div style={{ opacity: query.isPlaceholderData ? 0.5 : 1 }}>
            <CellGrid
              caption={t('import.check.rows')}
              columns={[
                ...fields.map((one) => ({ key: one.field, header: one.header })),
                ...children.map((one) => ({ key: one, header: kind.fieldLabel(one) })),
              ]}
              rows={rows.map((row) =>
                toGridRow(row, { served: query.data?.fields ?? [], fields, children }, (action) =>
                  t(`import.action.${action}`),
                ),
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

/** Records of other kinds that stand in the rows, a column for each numbered group: `contacts[2]`. */
function childColumns(rows: Rows['rows']): readonly string[] {
  const found = new Map<string, { kind: string; group: number }>()
  for (const row of rows)
    for (const { kind, group } of row.children) found.set(`${kind}[${group}]`, { kind, group })
  return [...found]
    .sort(([, one], [, other]) => one.kind.localeCompare(other.kind) || one.group - other.group)
    .map(([name]) => name)
}

type Shown = {
  /** The order of a row's cells. */
  readonly served: Rows['fields']
  /** The order in which they are shown. */
  readonly fields: Rows['fields']
  readonly children: readonly string[]
}

function toGridRow(
  row: Rows['rows'][number],
  { served, fields, children }: Shown,
  nameOf: (action: Rows['rows'][number]['action']) => string,
): GridRow {
  const isOfChild = (field: string | null, child: string) => field?.startsWith(child) ?? false
  const whole = row.findings.find(
    (one) =>
      !fields.some((field) => field.field === one.field) &&
      !children.some((child) => isOfChild(one.field, child)),
  )
  return {
    key: String(row.row),
    number: row.row,
    mark: <Badge tone={tones[row.action]}>{nameOf(row.action)}</Badge>,
    ...(whole ? { note: whole.sentence } : {}),
    cells: [
      ...fields.map((field) => {
        const finding = row.findings.find((one) => one.field === field.field)
        const text = finding?.value ?? row.cells[served.indexOf(field)] ?? ''
        return markCell(text, finding)
      }),
      ...children.map((name) => {
        const child = row.children.find((one) => `${one.kind}[${one.group}]` === name)
        const values = child?.values.flatMap(({ value }) => (value ? [value] : [])) ?? []
        return markCell(
          values.join(' · '),
          row.findings.find((one) => isOfChild(one.field, name)),
        )
      }),
    ],
  }
}

function markCell(text: string, finding: Rows['rows'][number]['findings'][number] | undefined): GridCell {
  return finding ? { text, problem: finding.sentence, isWarning: finding.severity !== 'error' } : { text }
}

function GoTo(props: { rows: number }): ReactElement {
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
          search: (now) => ({
            ...keepSource(now),
            ...(now.action ? { action: now.action } : {}),
            from: String(row),
          }),
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
  const { source } = useSearch({ from: '/shell/imports/$id/$step' })
  const page = (start: number) => ({
    view: 'rows',
    ...(source ? { source } : {}),
    ...(action ? { action } : {}),
    from: String(start),
  })
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
