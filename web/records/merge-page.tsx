/** Two records side by side, field by field: which value stays, what moves, and then one record, with a way back. */
import { Button, Skeleton } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecordView } from '../../src/kinds/records/contract.ts'
import { call } from '../api.ts'
import { type KindWords, useKind, useKindLabels } from '../imports/kinds.ts'
import { NothingHere } from '../shell/odd-pages.tsx'
import { Notice, Problem } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import { useRefresh } from './done-notice.tsx'
import css from './merge-page.module.css'
import { MergeTable } from './merge-table.tsx'
import { isPlace, type Place, type RecordKind, recordKind } from './record-kinds.ts'

export function MergePage(): ReactElement {
  const { place } = useParams({ from: '/shell/$place/merge' })
  const { kept, other } = useSearch({ from: '/shell/$place/merge' })
  if (!isPlace(place) || !recordKind(place).operations.merge || !kept || !other) return <NothingHere />
  return <Both key={`${place} ${kept} ${other}`} place={place} kept={kept} other={other} />
}

function useRecord(of: RecordKind, id: string) {
  return useQuery({
    queryKey: ['record', of.place, id],
    queryFn: ({ signal }) => call(of.operations.find, { params: { id } }, signal),
  })
}

function Both(props: { place: Place; kept: string; other: string }): ReactElement {
  const { t } = useTranslation()
  const of = recordKind(props.place)
  const kind = useKind(props.place)
  const kept = useRecord(of, props.kept)
  const other = useRecord(of, props.other)
  const label = kind.kind ? kind.label(kind.kind.labels) : ''
  return (
    <Page
      title={t('record.merge.title')}
      above={
        <Link to="/$place" params={{ place: of.place }}>
          {label}
        </Link>
      }
      about={t('record.merge.about')}
    >
      <Problem error={kept.error ?? other.error} />
      {kept.data && other.data && kind.kind ? (
        <Merge of={of} kind={kind} kept={kept.data} other={other.data} />
      ) : (
        !(kept.error ?? other.error) && <Skeleton height={360} />
      )}
    </Page>
  )
}

function Merge(props: {
  of: RecordKind
  kind: KindWords
  kept: RecordView
  other: RecordView
}): ReactElement {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const refresh = useRefresh()
  const { of, kind, kept, other } = props
  const [take, setTake] = useState<ReadonlySet<string>>(new Set())
  const merge = useMutation({
    mutationFn: () =>
      call(of.operations.merge!, {
        params: { id: kept.id },
        body: { other: other.id, version: kept.version, otherVersion: other.version, take: [...take] },
      }),
    onSuccess: async ({ bin, moved }) => {
      await navigate({
        to: '/$place/$id',
        params: { place: of.place, id: kept.id },
        search: { bin, moved: String(moved) },
      })
      await refresh()
    },
  })
  const swap = () => {
    setTake(new Set())
    void navigate({
      to: '/$place/merge',
      params: { place: of.place },
      search: { kept: other.id, other: kept.id },
      replace: true,
    })
  }
  return (
    <>
      <MergeTable kind={kind} kept={kept} other={other} take={take} onTake={setTake} />
      <Moves of={of} other={other} kept={kept} />
      <Problem error={merge.error} />
      <div className={css.deeds}>
        <Button loading={merge.isPending} onClick={() => merge.mutate()}>
          {t('record.merge.deed', { title: kept.title })}
        </Button>
        <Button variant="default" onClick={swap}>
          {t('record.merge.swap')}
        </Button>
      </div>
    </>
  )
}

/** What hangs on the record that goes, and hangs on the other from then on. */
function Moves(props: { of: RecordKind; kept: RecordView; other: RecordView }): ReactElement {
  const { t } = useTranslation()
  const labels = useKindLabels()
  const { of, other, kept } = props
  const { data, error } = useQuery({
    queryKey: ['related', of.place, other.id, 'deletion'],
    queryFn: ({ signal }) => call(of.operations.previewDeletion, { params: { id: other.id } }, signal),
  })
  const attached = data?.attached ?? []
  const counted = attached.map(({ kind, count }) =>
    t('record.delete.counted', { kind: labels(kind).many, count }),
  )
  return (
    <div className={css.moves}>
      <Problem error={error} />
      <Notice tone="info">
        {counted.length > 0
          ? t('record.merge.moves', { title: kept.title, what: counted.join(', ') })
          : t('record.merge.movesNothing')}{' '}
        {t('record.merge.goes', { title: other.title })}
      </Notice>
    </div>
  )
}
