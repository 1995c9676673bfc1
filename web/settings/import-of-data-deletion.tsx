/** Delete import: what of it, by record type and label; how many go and how many stay, and why; what became of it. */
import { Button, NativeSelect, Skeleton } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { deleteImportRecords, listImportLabels, previewDeletion } from '../../src/imports/undo/contract.ts'
import type { OperationAnswer } from '../../src/platform/contract.ts'
import { call } from '../api.ts'
import { toImport } from '../imports/import-address.ts'
import { Running } from '../imports/running.tsx'
import { importQuery, isMoving, useImport } from '../imports/use-import.ts'
import { Confirm } from '../ui/confirm.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { useFormat } from '../ui/format.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { Notice, Problem } from '../ui/notice.tsx'
import css from './import-of-data.module.css'
import { DeletionPreview } from './import-of-data-preview.tsx'
import { type RecordType, useRecordTypes } from './import-of-data-types.ts'

type Label = OperationAnswer<typeof listImportLabels>['labels'][number]

const labelsKey = ['import-labels']

export function DeleteImport(props: { mayDelete: boolean }): ReactElement {
  const { t } = useTranslation()
  const search = useSearch({ from: '/shell/settings/import-of-data' })
  const navigate = useNavigate({ from: '/settings/import-of-data' })
  const labels = useQuery({
    queryKey: labelsKey,
    queryFn: ({ signal }) => call(listImportLabels, { query: {} }, signal),
  })
  const all = labels.data?.labels ?? []
  const types = useRecordTypes(all.flatMap((label) => label.kinds.map(({ kind }) => kind)))
  const type = types.find((one) => one.key === search.type) ?? types[0]
  const offered = type ? all.filter((label) => recordsOf(label, type) > 0) : []
  const choose = (change: { type?: string; label?: string }) =>
    void navigate({ search: change, replace: true, resetScroll: false })
  if (labels.isPending) return <Skeleton height={120} />
  return (
    <div className={css.deletion}>
      <Problem error={labels.error} onRetry={() => void labels.refetch()} />
      {labels.isSuccess && !type && !search.label && (
        <EmptyState icon="imports" title={t('importOfData.nothingThere')}>
          {t('importOfData.nothingThereWhy')}
        </EmptyState>
      )}
      {type && (
        <div className={css.pair}>
          <NativeSelect
            label={t('importOfData.recordType')}
            value={type.key}
            onChange={(event) => choose({ type: event.currentTarget.value })}
            data={types.map((one) => ({ value: one.key, label: one.label }))}
          />
          <LabelSelect
            labels={offered}
            type={type}
            value={search.label ?? ''}
            onChange={(label) => choose({ type: type.key, ...(label ? { label } : {}) })}
          />
        </div>
      )}
      {search.label && (
        <Deletion
          key={`${search.label} ${type?.key}`}
          id={search.label}
          type={all.some((label) => label.id === search.label) ? type : undefined}
          mayDelete={props.mayDelete}
        />
      )}
    </div>
  )
}

function LabelSelect(props: {
  labels: readonly Label[]
  type: RecordType
  value: string
  onChange: (label: string) => void
}): ReactElement {
  const { t } = useTranslation()
  return (
    <NativeSelect
      label={t('importOfData.label')}
      value={props.labels.some((label) => label.id === props.value) ? props.value : ''}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      data={[
        { value: '', label: t('importOfData.chooseLabel') },
        ...props.labels.map((label) => ({
          value: label.id,
          label: t('importOfData.labelOf', { label: label.label, count: recordsOf(label, props.type) }),
        })),
      ]}
    />
  )
}

function recordsOf(label: Label, type: RecordType): number {
  return label.kinds.reduce((sum, { kind, records }) => sum + (type.kinds.includes(kind) ? records : 0), 0)
}

/** What would become of the records of one label, and what became of them. */
function Deletion(props: { id: string; type: RecordType | undefined; mayDelete: boolean }): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const { id, type } = props
  const run = useImport(id)
  const isBusy = run.data ? isMoving(run.data) : true
  const preview = useQuery({
    queryKey: ['import', id, 'deletion', type?.key],
    queryFn: ({ signal }) =>
      call(previewDeletion, { params: { id }, query: { kinds: type?.kinds.join(',') ?? '' } }, signal),
    enabled: type !== undefined && !isBusy,
  })
  if (!run.data) return <Problem error={run.error} onRetry={() => void run.refetch()} />
  if (isBusy) return <Running run={run.data} />
  const { undo } = run.data
  return (
    <>
      {undo && (
        <Notice
          tone={undo.blocked + undo.kept > 0 ? 'warning' : 'good'}
          title={t('importOfData.deleted', { count: undo.reversed, label: run.data.label })}
          action={
            <LinkButton {...toImport(id)} variant="default" size="xs">
              {t('import.same.open', { label: run.data.label })}
            </LinkButton>
          }
        >
          {t('importOfData.deletedBy', { who: undo.by.name, when: format.moment(undo.at) })}{' '}
          {undo.blocked + undo.kept > 0
            ? t('importOfData.deletedRest', { count: undo.blocked + undo.kept })
            : t('importOfData.deletedAll')}
        </Notice>
      )}
      <Problem error={preview.error} onRetry={() => void preview.refetch()} />
      {type && preview.isPending && <Skeleton height={160} />}
      {type && preview.data && (
        <>
          <DeletionPreview kinds={preview.data.kinds} />
          <DeleteButton {...props} label={run.data.label} type={type} kinds={preview.data.kinds} />
        </>
      )}
    </>
  )
}

function DeleteButton(props: {
  id: string
  label: string
  type: RecordType
  kinds: OperationAnswer<typeof previewDeletion>['kinds']
  mayDelete: boolean
}): ReactElement | null {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [isAsking, setIsAsking] = useState(false)
  const { id, type } = props
  const going = props.kinds.reduce((sum, kind) => sum + kind.deletable, 0)
  const staying = props.kinds.reduce((sum, kind) => sum + kind.kept, 0)
  const edited = props.kinds.reduce((sum, kind) => sum + kind.edited, 0)
  const remove = useMutation({
    mutationFn: () => call(deleteImportRecords, { params: { id }, body: { kinds: [...type.kinds] } }),
    onSuccess: async () => {
      setIsAsking(false)
      await queries.invalidateQueries({ queryKey: importQuery(id).queryKey })
      await queries.invalidateQueries({ queryKey: labelsKey })
    },
  })
  if (going === 0 || !props.mayDelete) return null
  const deed = t('importOfData.delete', { count: going })
  return (
    <div>
      <Button variant="default" className="danger" onClick={() => setIsAsking(true)}>
        {deed}
      </Button>
      <Confirm
        opened={isAsking}
        onClose={() => setIsAsking(false)}
        title={t('importOfData.sure', { label: props.label })}
        deed={deed}
        danger
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
      >
        <p>{t('importOfData.sureGo', { count: going, type: type.label })}</p>
        {staying > 0 && <p>{t('importOfData.sureStay', { count: staying })}</p>}
        {edited > 0 && <p>{t('importOfData.sureEdited', { count: edited })}</p>}
      </Confirm>
    </div>
  )
}
