/** What happened to one record, or in the whole organisation, newest first. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type HistoryEvent, listHistory } from '../../src/history/contract.ts'
import { call } from '../api.ts'
import { useKind } from '../imports/kinds.ts'
import { Changes } from '../imports/plan-examples.tsx'
import { isPlace } from '../records/record-kinds.ts'
import { useMay } from '../session.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { useFormat } from '../ui/format.ts'
import { MoreRows } from '../ui/more-rows.tsx'
import { Problem } from '../ui/notice.tsx'
import css from './record-history.module.css'

export function RecordHistory(props: {
  kind?: string
  recordId?: string
  compact?: boolean
  /** What stands below an event, such as its way back. */
  after?: (event: HistoryEvent) => ReactNode
}): ReactElement {
  const { t } = useTranslation()
  const maySee = useMay('history.read')
  const filter = {
    ...(props.kind ? { kind: props.kind } : {}),
    ...(props.recordId ? { recordId: props.recordId } : {}),
  }
  const list = useInfiniteQuery({
    queryKey: ['history', filter],
    queryFn: ({ pageParam, signal }) =>
      call(listHistory, { query: { ...filter, ...(pageParam ? { cursor: pageParam } : {}) } }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    enabled: maySee,
  })
  const events = list.data?.pages.flatMap((page) => page.events) ?? []
  if (!maySee) return <p className="quiet">{t('history.notYours')}</p>
  if (list.isSuccess && events.length === 0)
    return props.compact ? (
      <p className="quiet">{t('history.noneSince')}</p>
    ) : (
      <EmptyState title={t('history.none')} />
    )
  return (
    <>
      <Problem error={list.error} onRetry={() => void list.refetch()} />
      <ol className={css.events} data-compact={props.compact ?? false} aria-busy={list.isPending}>
        {events.map((event) => (
          <Event
            key={event.id}
            event={event}
            isLinked={props.recordId === undefined}
            after={props.after?.(event)}
          />
        ))}
      </ol>
      <MoreRows
        shown={events.length}
        hasMore={list.hasNextPage}
        loading={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
    </>
  )
}

function Event(props: { event: HistoryEvent; isLinked: boolean; after: ReactNode }): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const { event } = props
  const kind = useKind(event.kind)
  const to = isPlace(event.kind)
    ? `/${event.kind}/${event.recordId}`
    : event.kind === 'imports'
      ? `/imports/${event.recordId}`
      : null
  return (
    <li className={css.event}>
      <div className={css.line}>
        <p className={css.sentence}>
          {props.isLinked && to ? <Link to={to}>{event.sentence}</Link> : event.sentence}
        </p>
        <p className={css.who}>
          {event.by} · {t(`history.via.${event.via}`)} ·{' '}
          <time dateTime={event.at} title={format.moment(event.at)}>
            {format.ago(event.at)}
          </time>
        </p>
      </div>
      {event.changes.length > 0 && (
        <details className={css.changes}>
          <summary>{t('history.changes', { count: event.changes.length })}</summary>
          <Changes fields={event.changes} kind={kind} />
        </details>
      )}
      {props.after}
    </li>
  )
}
