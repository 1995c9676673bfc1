/** The further clients of a contact person, beside the main one that stands in its own field. */
import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createContactClient, listContactClients } from '../../src/clients/contract.ts'
import type { RecordListItem, RecordView } from '../../src/kinds/records/contract.ts'
import { call } from '../api.ts'
import { Problem } from '../ui/notice.tsx'
import { Panel } from '../ui/panel.tsx'
import { useRelation } from './client-panels.tsx'
import { useRefresh } from './done-notice.tsx'
import css from './record-page.module.css'
import { ReferenceInput } from './reference-input.tsx'
import { RelationLine } from './relation-line.tsx'

export function ContactPanels(props: { contact: RecordView; mayWrite: boolean }): ReactElement {
  const { t } = useTranslation()
  const { contact, mayWrite } = props
  const { data, error } = useQuery({
    queryKey: ['related', 'clientsOf', contact.id],
    queryFn: ({ signal }) =>
      call(listContactClients, { query: { where: [`contact=${contact.id}`], limit: 100 } }, signal),
  })
  const main = contact.references['client']
  return (
    <Panel title={t('record.contacts.clients')}>
      <Problem error={error} />
      {data && data.total === 0 && !main && <p className="quiet">{t('record.contacts.noClients')}</p>}
      <ul className={css.related}>
        {main && (
          <RelationLine
            place="clients"
            id={main.id}
            title={main.title}
            lines={[contact.values['position'], t('record.contacts.main')]}
            isKey={contact.values['isKeyPerson'] === 'true'}
          />
        )}
        {data?.records.map((relation) => (
          <FurtherClient key={relation.id} relation={relation} mayWrite={mayWrite} />
        ))}
      </ul>
      {mayWrite && <AddClient contact={contact} />}
    </Panel>
  )
}

function FurtherClient(props: { relation: RecordListItem; mayWrite: boolean }): ReactElement {
  const { values, references } = props.relation
  const { change, remove } = useRelation(props.relation)
  return (
    <RelationLine
      place="clients"
      id={references['client']?.id ?? ''}
      title={references['client']?.title ?? ''}
      lines={[values['position'], values['note']]}
      isKey={values['isKeyPerson'] === 'true'}
      error={change.error ?? remove.error}
      onKey={props.mayWrite ? (isKey) => change.mutate(isKey) : undefined}
      onRemove={props.mayWrite ? () => remove.mutate() : undefined}
    />
  )
}

function AddClient(props: { contact: RecordView }): ReactElement {
  const { t } = useTranslation()
  const refresh = useRefresh()
  const [draft, setDraft] = useState<{ client: string; position: string } | null>(null)
  const add = useMutation({
    mutationFn: ({ client, position }: { client: string; position: string }) =>
      call(createContactClient, {
        body: { values: { contact: props.contact.id, client, position: position.trim() || null } },
      }),
    onSuccess: async () => {
      setDraft(null)
      await refresh()
    },
  })
  if (!draft)
    return (
      <div className={css.add}>
        <Button variant="default" size="xs" onClick={() => setDraft({ client: '', position: '' })}>
          {t('record.contacts.addClient')}
        </Button>
      </div>
    )
  return (
    <form
      className={css.addForm}
      onSubmit={(event) => {
        event.preventDefault()
        add.mutate(draft)
      }}
    >
      <ReferenceInput
        kind="clients"
        value={draft.client}
        label={t('record.contacts.client')}
        shown
        autoFocus
        onChange={(client) => setDraft({ ...draft, client })}
      />
      <TextInput
        label={t('record.contacts.position')}
        value={draft.position}
        onChange={(event) => setDraft({ ...draft, position: event.currentTarget.value })}
      />
      <Problem error={add.error} />
      <div className={css.add}>
        <Button type="submit" size="xs" disabled={draft.client === ''} loading={add.isPending}>
          {t('record.contacts.addClient')}
        </Button>
        <Button variant="subtle" color="gray" size="xs" onClick={() => setDraft(null)}>
          {t('ui.keep')}
        </Button>
      </div>
    </form>
  )
}
