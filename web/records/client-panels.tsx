/** What belongs to a client: contact persons, its own and those of other clients that are active here too, and leads. */
import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  changeContact,
  changeContactClient,
  createContactClient,
  deleteContactClient,
  listContactClients,
  listContacts,
  listLeads,
} from '../../src/clients/contract.ts'
import type { RecordListItem, RecordView } from '../../src/kinds/records/contract.ts'
import { call } from '../api.ts'
import { useMay } from '../session.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { Problem } from '../ui/notice.tsx'
import { Panel } from '../ui/panel.tsx'
import { useRefresh } from './done-notice.tsx'
import css from './record-page.module.css'
import { ReferenceInput } from './reference-input.tsx'
import { RelationLine } from './relation-line.tsx'

const MOST_SHOWN = 50

export function ClientPanels(props: { client: RecordView; mayWrite: boolean }): ReactElement {
  const seesLeads = useMay('leads.read')
  return (
    <>
      <Contacts {...props} />
      {seesLeads && <Leads client={props.client} />}
    </>
  )
}

function Contacts(props: { client: RecordView; mayWrite: boolean }): ReactElement {
  const { t } = useTranslation()
  const { client, mayWrite } = props
  const query = { where: [`client=${client.id}`], limit: MOST_SHOWN }
  const own = useQuery({
    queryKey: ['related', 'contacts', client.id],
    queryFn: ({ signal }) => call(listContacts, { query: { ...query, sort: 'name' } }, signal),
  })
  const further = useQuery({
    queryKey: ['related', 'contactClients', client.id],
    queryFn: ({ signal }) => call(listContactClients, { query }, signal),
  })
  const total = (own.data?.total ?? 0) + (further.data?.total ?? 0)
  return (
    <Panel title={t('record.contacts.title')} beside={<span className="quiet num">{total || ''}</span>}>
      <Problem error={own.error ?? further.error} />
      {own.isSuccess && total === 0 && <p className="quiet">{t('record.contacts.none')}</p>}
      <ul className={css.related}>
        {own.data?.records.map((contact) => (
          <OwnContact key={contact.id} contact={contact} mayWrite={mayWrite} />
        ))}
        {further.data?.records.map((relation) => (
          <FurtherContact key={relation.id} relation={relation} mayWrite={mayWrite} />
        ))}
      </ul>
      {(own.data?.total ?? 0) > MOST_SHOWN && (
        <Link to="/$place" params={{ place: 'contacts' }} search={{ where: [`client=${client.id}`] }}>
          {t('record.contacts.all', { count: own.data?.total ?? 0 })}
        </Link>
      )}
      {mayWrite && <AddContact client={client} />}
    </Panel>
  )
}

function OwnContact(props: { contact: RecordListItem; mayWrite: boolean }): ReactElement {
  const refresh = useRefresh()
  const { id, version, values, title } = props.contact
  const change = useMutation({
    mutationFn: (isKeyPerson: boolean) =>
      call(changeContact, {
        params: { id },
        body: { version, values: { isKeyPerson: String(isKeyPerson) } },
      }),
    onSuccess: refresh,
  })
  return (
    <RelationLine
      place="contacts"
      id={id}
      title={title}
      lines={[values['position'], values['email'], values['phone']]}
      isKey={values['isKeyPerson'] === 'true'}
      error={change.error}
      onKey={props.mayWrite ? (isKey) => change.mutate(isKey) : undefined}
    />
  )
}

function FurtherContact(props: { relation: RecordListItem; mayWrite: boolean }): ReactElement {
  const { t } = useTranslation()
  const { references, values } = props.relation
  const contact = references['contact']
  const { change, remove } = useRelation(props.relation)
  return (
    <RelationLine
      place="contacts"
      id={contact?.id ?? ''}
      title={contact?.title ?? ''}
      lines={[values['position'], t('record.contacts.further')]}
      isKey={values['isKeyPerson'] === 'true'}
      error={change.error ?? remove.error}
      onKey={props.mayWrite ? (isKey) => change.mutate(isKey) : undefined}
      onRemove={props.mayWrite ? () => remove.mutate() : undefined}
    />
  )
}

/** A relation of a contact person to one more client, from either side. */
export function useRelation({ id, version }: RecordListItem) {
  const refresh = useRefresh()
  const change = useMutation({
    mutationFn: (isKeyPerson: boolean) =>
      call(changeContactClient, {
        params: { id },
        body: { version, values: { isKeyPerson: String(isKeyPerson) } },
      }),
    onSuccess: refresh,
  })
  const remove = useMutation({
    mutationFn: () => call(deleteContactClient, { params: { id }, query: {} }),
    onSuccess: refresh,
  })
  return { change, remove }
}

function AddContact(props: { client: RecordView }): ReactElement {
  const { t } = useTranslation()
  const refresh = useRefresh()
  const { client } = props
  const [contact, setContact] = useState<string | null>(null)
  const add = useMutation({
    mutationFn: (id: string) =>
      call(createContactClient, { body: { values: { contact: id, client: client.id } } }),
    onSuccess: async () => {
      setContact(null)
      await refresh()
    },
  })
  if (contact === null)
    return (
      <div className={css.add}>
        <LinkButton
          to="/$place/new"
          params={{ place: 'contacts' }}
          search={{ client: client.id, title: client.title }}
          variant="default"
          size="xs"
        >
          {t('record.of.contacts.add')}
        </LinkButton>
        <Button variant="subtle" color="gray" size="xs" onClick={() => setContact('')}>
          {t('record.contacts.link')}
        </Button>
      </div>
    )
  return (
    <div className={css.addForm}>
      <ReferenceInput
        kind="contacts"
        value={contact}
        label={t('record.contacts.link')}
        shown
        autoFocus
        onChange={setContact}
      />
      <Problem error={add.error} />
      <div className={css.add}>
        <Button
          size="xs"
          disabled={contact === ''}
          loading={add.isPending}
          onClick={() => add.mutate(contact)}
        >
          {t('record.contacts.linkDeed')}
        </Button>
        <Button variant="subtle" color="gray" size="xs" onClick={() => setContact(null)}>
          {t('ui.keep')}
        </Button>
      </div>
    </div>
  )
}

function Leads(props: { client: RecordView }): ReactElement | null {
  const { t } = useTranslation()
  const where = [`client=${props.client.id}`]
  const { data } = useQuery({
    queryKey: ['related', 'leads', props.client.id],
    queryFn: ({ signal }) => call(listLeads, { query: { where, limit: 10 } }, signal),
  })
  const total = data?.total ?? 0
  if (!data || total === 0) return null
  return (
    <Panel title={t('shell.leads')} beside={<span className="quiet num">{total}</span>}>
      <ul className={css.related}>
        {data.records.map((lead) => (
          <RelationLine key={lead.id} place="leads" id={lead.id} title={lead.title} lines={[]} />
        ))}
      </ul>
      {total > data.records.length && (
        <Link to="/$place" params={{ place: 'leads' }} search={{ where }}>
          {t('record.contacts.all', { count: total })}
        </Link>
      )}
    </Panel>
  )
}
