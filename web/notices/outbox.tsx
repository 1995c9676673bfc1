/** The outbox: every message with its state; those that waited for a server leave when somebody releases them. */
import { Button, NativeSelect } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import {
  listOutbox,
  type MessageState,
  messageStates,
  type OutboxItem,
  sendWaiting,
} from '../../src/notices/contract.ts'
import { call } from '../api.ts'
import { Badge, type Tone } from '../ui/badge.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { useFormat } from '../ui/format.ts'
import { MoreRows } from '../ui/more-rows.tsx'
import { Notice, Problem } from '../ui/notice.tsx'
import { Section } from '../ui/page.tsx'
import css from './mail.module.css'
import { mailQuery } from './mail-server.tsx'
import { MessageReader } from './message-reader.tsx'

const tones: Record<MessageState, Tone> = {
  waiting_for_server: 'amber',
  queued: 'teal',
  sent: 'green',
  failed: 'red',
}

export function Outbox(): ReactElement {
  const { t } = useTranslation()
  const search = useSearch({ from: '/shell/settings/mail' })
  const navigate = useNavigate({ from: '/settings/mail' })
  const state = messageStates.find((one) => one === search.state)
  const columns = useOutboxColumns()
  const list = useInfiniteQuery({
    queryKey: ['mail', 'outbox', state],
    queryFn: ({ pageParam, signal }) =>
      call(
        listOutbox,
        { query: { ...(state ? { state } : {}), ...(pageParam ? { cursor: pageParam } : {}) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    refetchInterval: (query) => (query.state.data?.pages[0]?.counts.queued ? 3000 : false),
  })
  const messages = list.data?.pages.flatMap((page) => page.messages) ?? []
  return (
    <Section
      title={t('mail.outbox')}
      about={t('mail.outboxWhy')}
      actions={
        <NativeSelect
          aria-label={t('mail.state')}
          value={state ?? ''}
          onChange={(event) => {
            const chosen = event.currentTarget.value
            void navigate({ search: chosen ? { state: chosen } : {}, replace: true })
          }}
          data={[
            { value: '', label: t('mail.anyState') },
            ...messageStates.map((one) => ({ value: one, label: t(`mail.states.${one}`) })),
          ]}
        />
      }
    >
      <WaitingMessages count={list.data?.pages[0]?.counts.waiting_for_server ?? 0} />
      <Problem error={list.error} onRetry={() => void list.refetch()} />
      {list.isSuccess && messages.length === 0 ? (
        <EmptyState title={t('mail.emptyOutbox')}>{t('mail.emptyOutboxWhy')}</EmptyState>
      ) : (
        <DataTable
          caption={t('mail.outbox')}
          columns={columns}
          rows={messages}
          rowKey={(message) => message.id}
          loading={list.isPending}
          skeletonRows={6}
        />
      )}
      <MoreRows
        shown={messages.length}
        hasMore={list.hasNextPage}
        loading={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
      {search.message && <MessageReader id={search.message} />}
    </Section>
  )
}

function WaitingMessages(props: { count: number }): ReactElement | null {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const { data } = useQuery(mailQuery)
  const send = useMutation({
    mutationFn: () => call(sendWaiting, {}),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['mail'] }),
  })
  if (props.count === 0) return null
  return (
    <div className={css.waiting}>
      <Notice
        tone="warning"
        title={t('mail.waiting', { count: props.count })}
        action={
          data?.settings && (
            <Button size="xs" loading={send.isPending} onClick={() => send.mutate()}>
              {t('mail.sendWaiting', { count: props.count })}
            </Button>
          )
        }
      >
        {data?.settings ? t('mail.waitingRelease') : t('mail.waitingSet')}
      </Notice>
      <Problem error={send.error} />
    </div>
  )
}

function useOutboxColumns(): readonly Column<OutboxItem>[] {
  const { t } = useTranslation()
  const format = useFormat()
  return [
    {
      id: 'subject',
      header: t('mail.subject'),
      narrow: 'lead',
      cell: (message) => (
        <Link
          to="/settings/mail"
          search={(now) => ({ ...now, message: message.id })}
          resetScroll={false}
          data-row-link
        >
          {message.subject}
        </Link>
      ),
    },
    { id: 'to', header: t('mail.to'), narrow: 'keep', cell: (message) => message.to },
    {
      id: 'state',
      header: t('mail.state'),
      narrow: 'keep',
      cell: (message) => (
        <Badge tone={tones[message.state]} moving={message.state === 'queued'}>
          {t(`mail.states.${message.state}`)}
        </Badge>
      ),
    },
    {
      id: 'when',
      header: t('mail.when'),
      numeric: true,
      narrow: 'keep',
      cell: (message) => (
        <time dateTime={message.createdAt} title={format.moment(message.createdAt)}>
          {format.ago(message.createdAt)}
        </time>
      ),
    },
  ]
}
