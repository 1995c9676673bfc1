/** Mail: the server that sends it, a test, and the outbox in which every message can be read. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '../ui/page.tsx'
import { MailServer } from './mail-server.tsx'
import { Outbox } from './outbox.tsx'

export function MailPage(): ReactElement {
  const { t } = useTranslation()
  return (
    <Page title={t('settings.mail')} about={t('mail.about')}>
      <MailServer />
      <Outbox />
    </Page>
  )
}
