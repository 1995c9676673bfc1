/** Deletes a record into the bin, after saying what hangs on it and asking what becomes of that. */
import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecordView } from '../../src/kinds/records/contract.ts'
import { call } from '../api.ts'
import { useKindLabels } from '../imports/kinds.ts'
import { Confirm } from '../ui/confirm.tsx'
import { Notice } from '../ui/notice.tsx'
import { AttachedChoice } from './bulk-deletion.tsx'
import { useRefresh } from './done-notice.tsx'
import type { RecordKind } from './record-kinds.ts'
import css from './records.module.css'

export function DeleteRecord(props: { of: RecordKind; record: RecordView }): ReactElement {
  const { t } = useTranslation()
  const { of, record } = props
  const navigate = useNavigate()
  const refresh = useRefresh()
  const [isAsking, setIsAsking] = useState(false)
  const [mode, setMode] = useState<'detach' | 'delete'>('detach')
  const preview = useQuery({
    queryKey: ['related', of.place, record.id, 'deletion'],
    queryFn: ({ signal }) => call(of.operations.previewDeletion, { params: { id: record.id } }, signal),
    enabled: isAsking,
    staleTime: 0,
  })
  const attached = preview.data?.attached ?? []
  const asks = attached.some(({ fate }) => fate === 'may_go')
  const isNeeded = attached.some(({ fate }) => fate === 'needs_it')
  const remove = useMutation({
    mutationFn: () =>
      call(of.operations.remove, { params: { id: record.id }, query: { attached: asks ? mode : 'detach' } }),
    onSuccess: async ({ bin }) => {
      await navigate({ to: '/$place', params: { place: of.place }, search: { bin } })
      await refresh()
    },
  })
  return (
    <>
      <Button variant="subtle" color="gray" onClick={() => setIsAsking(true)}>
        {t('record.delete.deed')}
      </Button>
      <Confirm
        opened={isAsking}
        onClose={() => setIsAsking(false)}
        title={t('record.delete.sure', { title: record.title })}
        deed={t('record.delete.deed')}
        danger
        busy={remove.isPending || preview.isFetching}
        error={remove.error ?? preview.error}
        onConfirm={() => remove.mutate()}
      >
        <p>{t('record.delete.why')}</p>
        {attached.length > 0 && (
          <div className={css.windowForm}>
            <AttachedList attached={attached} />
            {asks && <AttachedChoice value={mode} onChange={setMode} />}
            {isNeeded && <Notice tone="warning">{t('record.delete.needed')}</Notice>}
          </div>
        )}
      </Confirm>
    </>
  )
}

type Attached = {
  kind: string
  field: string
  count: number
  fate: 'goes_with' | 'may_go' | 'detached' | 'needs_it'
}

function AttachedList(props: { attached: readonly Attached[] }): ReactElement {
  const { t } = useTranslation()
  const labels = useKindLabels()
  return (
    <ul className={css.attached}>
      {props.attached.map(({ kind, field, count, fate }) => (
        <li key={`${kind} ${field}`}>
          {t('record.delete.counted', { kind: labels(kind).many, count })} – {t(`record.delete.fate.${fate}`)}
        </li>
      ))}
    </ul>
  )
}
