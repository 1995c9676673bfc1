/** Where an address leads nowhere, or a page could not be shown: what happened, and the way on. */
import { Button } from '@mantine/core'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../ui/empty-state.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { useSentence } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'

export function NotFoundPage(): ReactElement {
  return (
    <main>
      <NothingHere />
    </main>
  )
}

/** The same below the shell, which has the page's main part already. */
export function NothingHere(): ReactElement {
  const { t } = useTranslation()
  return (
    <Page title={t('odd.notFound')}>
      <EmptyState
        icon="search"
        title={t('odd.nothingHere')}
        action={<LinkButton to="/imports">{t('odd.toImports')}</LinkButton>}
      >
        {t('odd.nothingHereWhy')}
      </EmptyState>
    </Page>
  )
}

export function CrashPage(props: ErrorComponentProps): ReactElement {
  const { t } = useTranslation()
  const router = useRouter()
  const sentence = useSentence()
  const again = () => {
    props.reset()
    void router.invalidate()
  }
  return (
    <main>
      <Page title={t('odd.problem')}>
        <EmptyState
          icon="warning"
          title={sentence(props.error)}
          action={<Button onClick={again}>{t('ui.tryAgain')}</Button>}
        >
          {t('odd.problemWhy')}
        </EmptyState>
      </Page>
    </main>
  )
}
