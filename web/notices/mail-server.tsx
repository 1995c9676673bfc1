/** The mail server: set, tested, removed. Its password goes in and never comes out. */
import { Button, Skeleton, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { findMailSettings, removeMailSettings, sendTestMail } from '../../src/notices/contract.ts'
import { call } from '../api.ts'
import { useSession } from '../session.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { useFormat } from '../ui/format.ts'
import { KeyValues } from '../ui/key-values.tsx'
import { Notice, Problem } from '../ui/notice.tsx'
import { Section } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import css from './mail.module.css'
import { MailServerForm } from './mail-server-form.tsx'

export const mailQuery = {
  queryKey: ['mail', 'settings'],
  queryFn: ({ signal }: { signal: AbortSignal }) => call(findMailSettings, {}, signal),
}

export function MailServer(): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const queries = useQueryClient()
  const query = useQuery(mailQuery)
  const [isEditing, setIsEditing] = useState(false)
  const remove = useMutation({
    mutationFn: () => call(removeMailSettings, {}),
    onSuccess: (state) => queries.setQueryData(mailQuery.queryKey, state),
  })
  const settings = query.data?.settings ?? null
  const edit = <Button onClick={() => setIsEditing(true)}>{t('mail.set')}</Button>
  return (
    <Section title={t('mail.server')}>
      <Problem error={query.error ?? remove.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Skeleton height={160} />}
      {query.data && isEditing && <MailServerForm settings={settings} onClose={() => setIsEditing(false)} />}
      {query.data && !isEditing && !settings && (
        <EmptyState icon="mail" title={t('mail.noServer')} action={edit}>
          {t('mail.noServerWhy')}
        </EmptyState>
      )}
      {settings && !isEditing && (
        <Panel>
          <KeyValues
            items={[
              { key: 'host', name: t('mail.host'), value: `${settings.host}:${settings.port}` },
              { key: 'security', name: t('mail.security'), value: t(`mail.securities.${settings.security}`) },
              { key: 'user', name: t('mail.user'), value: settings.user ?? t('mail.noUser') },
              { key: 'from', name: t('mail.from'), value: `${settings.fromName} <${settings.fromAddress}>` },
              { key: 'changed', name: t('mail.changedAt'), value: format.moment(settings.changedAt) },
            ]}
          />
          <div className={css.buttons}>
            <Button variant="default" onClick={() => setIsEditing(true)}>
              {t('mail.change')}
            </Button>
            <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate()}>
              {t('mail.remove')}
            </Button>
          </div>
          <TestMail />
        </Panel>
      )}
    </Section>
  )
}

function TestMail(): ReactElement {
  const { t } = useTranslation()
  const { person } = useSession()
  const [to, setTo] = useState(person.email ?? '')
  const test = useMutation({ mutationFn: () => call(sendTestMail, { body: { to } }) })
  return (
    <form
      className={css.test}
      onSubmit={(event) => {
        event.preventDefault()
        test.mutate()
      }}
    >
      <TextInput
        label={t('mail.testTo')}
        type="email"
        required
        withAsterisk={false}
        value={to}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={test.isPending}>
        {t('mail.test')}
      </Button>
      <div className={css.answer}>
        <Problem error={test.error} />
        {test.data && (
          <Notice
            tone={test.data.accepted ? 'good' : 'problem'}
            title={test.data.accepted ? t('mail.accepted') : t('mail.notAccepted')}
          >
            <span className="mono">{test.data.answer}</span>
          </Notice>
        )}
      </div>
    </form>
  )
}
