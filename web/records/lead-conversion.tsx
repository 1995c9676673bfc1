/** A lead becomes a client and a contact person, new ones or some that are there, and can be taken back. */
import { Button, Radio } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { convertLead, undoLeadConversion } from '../../src/clients/contract.ts'
import type { RecordView } from '../../src/kinds/records/contract.ts'
import { call } from '../api.ts'
import { Notice, Problem } from '../ui/notice.tsx'
import { Panel } from '../ui/panel.tsx'
import { Window } from '../ui/window.tsx'
import { useRefresh } from './done-notice.tsx'
import css from './records.module.css'
import { ReferenceInput } from './reference-input.tsx'

export function LeadConversion(props: { lead: RecordView; mayWrite: boolean }): ReactElement {
  const { t } = useTranslation()
  const { lead, mayWrite } = props
  const refresh = useRefresh()
  const [isAsking, setIsAsking] = useState(false)
  const { client, contact } = lead.references
  const isConverted = lead.values['state'] === 'converted'
  const undo = useMutation({
    mutationFn: () => call(undoLeadConversion, { params: { id: lead.id } }),
    onSuccess: refresh,
  })
  return (
    <Panel title={t('record.lead.title')}>
      {isConverted ? (
        <div className={css.windowForm}>
          <p>{t('record.lead.became')}</p>
          <ul>
            {client && (
              <li>
                <Link to="/$place/$id" params={{ place: 'clients', id: client.id }}>
                  {client.title}
                </Link>
              </li>
            )}
            {contact && (
              <li>
                <Link to="/$place/$id" params={{ place: 'contacts', id: contact.id }}>
                  {contact.title}
                </Link>
              </li>
            )}
          </ul>
          {mayWrite && (
            <div>
              <Button variant="default" size="xs" loading={undo.isPending} onClick={() => undo.mutate()}>
                {t('record.lead.undo')}
              </Button>
            </div>
          )}
        </div>
      ) : (
        <div className={css.windowForm}>
          <p className="quiet">{t('record.lead.why')}</p>
          {mayWrite && (
            <div>
              <Button size="xs" onClick={() => setIsAsking(true)}>
                {t('record.lead.convert')}
              </Button>
            </div>
          )}
        </div>
      )}
      <Problem error={undo.error} />
      {undo.data && undo.data.kept.length > 0 && (
        <Notice tone="info">{t('record.lead.kept', { count: undo.data.kept.length })}</Notice>
      )}
      {isAsking && <ConversionWindow lead={lead} onClose={() => setIsAsking(false)} />}
    </Panel>
  )
}

function ConversionWindow(props: { lead: RecordView; onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const refresh = useRefresh()
  const { lead, onClose } = props
  const { values, references } = lead
  const person = [values['firstName'], values['lastName']].filter(Boolean).join(' ')
  const namesPerson = person !== '' && Boolean(values['companyName'])
  const [client, setClient] = useState<string | null>(references['client']?.id ?? null)
  // `new`, `none`, or the id of somebody who is there; blank until one is chosen.
  const [contact, setContact] = useState<string>(references['contact']?.id ?? (namesPerson ? 'new' : 'none'))
  const convert = useMutation({
    mutationFn: () =>
      call(convertLead, {
        params: { id: lead.id },
        body: {
          version: lead.version,
          ...(client === null ? {} : { client }),
          ...(contact === 'new' || contact === 'none' ? { withContact: contact === 'new' } : { contact }),
        },
      }),
    onSuccess: async () => {
      await refresh()
      onClose()
    },
  })
  const isExisting = contact !== 'new' && contact !== 'none'
  const isReady = client !== '' && contact !== ''
  return (
    <Window opened onClose={onClose} title={t('record.lead.convertTitle', { title: lead.title })}>
      <form
        className={css.windowForm}
        onSubmit={(event) => {
          event.preventDefault()
          convert.mutate()
        }}
      >
        <Radio.Group
          label={t('record.lead.client')}
          value={client === null ? 'new' : 'existing'}
          onChange={(chosen) => setClient(chosen === 'new' ? null : (references['client']?.id ?? ''))}
        >
          <div className={css.radios}>
            <Radio
              value="new"
              label={t('record.lead.newClient', { name: values['companyName'] || person || lead.title })}
            />
            <Radio value="existing" label={t('record.lead.existingClient')} />
          </div>
        </Radio.Group>
        {client !== null && (
          <ReferenceInput
            kind="clients"
            value={client}
            title={references['client']?.title}
            label={t('record.lead.existingClient')}
            inWindow
            onChange={setClient}
          />
        )}
        <Radio.Group
          label={t('record.lead.contact')}
          value={isExisting ? 'existing' : contact}
          onChange={(chosen) =>
            setContact(chosen === 'existing' ? (references['contact']?.id ?? '') : chosen)
          }
        >
          <div className={css.radios}>
            {person !== '' && <Radio value="new" label={t('record.lead.newContact', { name: person })} />}
            <Radio value="existing" label={t('record.lead.existingContact')} />
            <Radio value="none" label={t('record.lead.noContact')} />
          </div>
        </Radio.Group>
        {isExisting && (
          <ReferenceInput
            kind="contacts"
            value={contact}
            title={references['contact']?.title}
            label={t('record.lead.existingContact')}
            inWindow
            onChange={setContact}
          />
        )}
        <Problem error={convert.error} />
        <Button type="submit" loading={convert.isPending} disabled={!isReady}>
          {t('record.lead.deed')}
        </Button>
      </form>
    </Window>
  )
}
