/** One client: fields in their sections, each changed where it stands; where it came from; its history. */
import { Button, Skeleton } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { changeClient, deleteClient, findClient } from '../../src/clients/contract.ts'
import type { RecordView } from '../../src/kinds/records/contract.ts'
import { ApiProblem, call } from '../api.ts'
import { RecordHistory } from '../history/record-history.tsx'
import { sectionsOf } from '../imports/field-select.tsx'
import { toImport } from '../imports/import-address.ts'
import { useKind } from '../imports/kinds.ts'
import { useMay } from '../session.ts'
import { Tag } from '../ui/badge.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { useFormat } from '../ui/format.ts'
import { KeyValues } from '../ui/key-values.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { Notice, Problem } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import css from './client-page.module.css'
import { FieldInPlace } from './field-in-place.tsx'

export function ClientPage(): ReactElement {
  const { t } = useTranslation()
  const { id } = useParams({ from: '/shell/clients/$id' })
  const query = useQuery({
    queryKey: ['client', id],
    queryFn: ({ signal }) => call(findClient, { params: { id } }, signal),
  })
  const above = <Link to="/clients">{t('client.clients')}</Link>
  if (query.data) return <Client client={query.data} above={above} />
  const isGone = query.error instanceof ApiProblem && query.error.code === 'record.not_found'
  return (
    <Page title={t('client.one')} above={above}>
      {isGone ? (
        <EmptyState
          icon="clients"
          title={query.error?.message ?? ''}
          action={<LinkButton to="/clients">{t('client.toClients')}</LinkButton>}
        />
      ) : query.error ? (
        <Problem error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Skeleton height={480} />
      )}
    </Page>
  )
}

function Client(props: { client: RecordView; above: ReactElement }): ReactElement {
  const { client } = props
  const { values } = client
  const mayWrite = useMay('clients.write')
  return (
    <Page
      title={values.name ?? client.id}
      above={props.above}
      beside={(values.tags ?? '')
        .split(',')
        .map((tag) => tag.trim())
        .filter(Boolean)
        .map((tag) => <Tag key={tag}>{tag}</Tag>)}
      actions={mayWrite && <DeleteClient client={client} />}
    >
      {values.flag && (
        <div className={css.flag}>
          <Notice tone="problem">{values.flag}</Notice>
        </div>
      )}
      <div className={css.layout}>
        <Fields client={client} disabled={!mayWrite} />
        <Side client={client} />
      </div>
    </Page>
  )
}

function Fields(props: { client: RecordView; disabled: boolean }): ReactElement {
  const { t } = useTranslation()
  const { client } = props
  const kind = useKind('clients')
  const queries = useQueryClient()
  const change = useMutation({
    mutationFn: (values: Record<string, string | null>) =>
      call(changeClient, { params: { id: client.id }, body: { version: client.version, values } }),
    onSuccess: (changed) => {
      queries.setQueryData(['client', client.id], changed)
      return Promise.all([
        queries.invalidateQueries({ queryKey: ['history'] }),
        queries.invalidateQueries({ queryKey: ['clients'] }),
      ])
    },
  })
  const [showsBlank, setShowsBlank] = useState(false)
  const isMoved = change.error instanceof ApiProblem && change.error.code === 'record.changed_meanwhile'
  const reload = () => {
    change.reset()
    void queries.invalidateQueries({ queryKey: ['client', client.id] })
    void queries.invalidateQueries({ queryKey: ['history'] })
  }
  const isShown = (field: string) =>
    showsBlank || client.values[field] != null || kind.field(field)?.required === true
  return (
    <div className={css.main}>
      {isMoved ? (
        <Notice
          tone="warning"
          title={t('client.changedMeanwhile')}
          action={
            <Button size="xs" onClick={reload}>
              {t('client.showCurrent')}
            </Button>
          }
        >
          {change.error?.message}
        </Notice>
      ) : (
        <Problem error={change.error} />
      )}
      {!kind.kind && <Skeleton height={480} />}
      {sectionsOf(kind)
        .map((section) => ({ ...section, fields: section.fields.filter(isShown) }))
        .filter((section) => section.fields.length > 0)
        .map((section) => (
          <section key={section.name} className={css.section}>
            <h2 className={css.title}>{section.label}</h2>
            <dl>
              {section.fields.map((name) => {
                const field = kind.field(name)
                return (
                  field && (
                    <FieldInPlace
                      key={name}
                      field={field}
                      kind={kind}
                      value={client.values[name] ?? null}
                      disabled={props.disabled}
                      onSave={(value) => change.mutateAsync({ [name]: value })}
                    />
                  )
                )
              })}
            </dl>
          </section>
        ))}
      <Button variant="default" onClick={() => setShowsBlank(!showsBlank)} aria-pressed={showsBlank}>
        {showsBlank ? t('client.hideBlank') : t('client.showBlank')}
      </Button>
    </div>
  )
}

function Side(props: { client: RecordView }): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const { client } = props
  const { origin } = client
  return (
    <aside className={css.side} aria-label={t('client.aside')}>
      <Panel title={t('client.origin')}>
        {origin ? (
          <KeyValues
            items={[
              {
                key: 'import',
                name: t('client.originImport'),
                value: <Link {...toImport(origin.importId)}>{origin.label}</Link>,
              },
              { key: 'file', name: t('client.originFile'), value: origin.fileName },
              {
                key: 'row',
                name: t('import.row'),
                value: format.number(origin.row),
              },
              { key: 'created', name: t('client.createdAt'), value: format.moment(client.createdAt) },
            ]}
          />
        ) : (
          <p className="quiet">{t('client.byHand', { when: format.moment(client.createdAt) })}</p>
        )}
      </Panel>
      <Panel title={t('history.ofRecord')}>
        <RecordHistory kind="clients" recordId={client.id} compact />
      </Panel>
    </aside>
  )
}

function DeleteClient(props: { client: RecordView }): ReactElement {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [isAsking, setIsAsking] = useState(false)
  const remove = useMutation({
    mutationFn: () => call(deleteClient, { params: { id: props.client.id } }),
    onSuccess: async () => {
      await navigate({ to: '/clients' })
      await queries.invalidateQueries({ queryKey: ['clients'] })
    },
  })
  return (
    <>
      <Button variant="subtle" color="gray" onClick={() => setIsAsking(true)}>
        {t('client.delete')}
      </Button>
      <Confirm
        opened={isAsking}
        onClose={() => setIsAsking(false)}
        title={t('client.deleteSure', { name: props.client.values.name ?? '' })}
        deed={t('client.delete')}
        danger
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
      >
        {t('client.deleteWhy')}
      </Confirm>
    </>
  )
}
