/** API keys: made with scopes, their secret shown once, revoked at once. */
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ApiKeyView, listApiKeys, revokeApiKey } from '../../src/accounts/api-keys/contract.ts'
import { call } from '../api.ts'
import { Badge } from '../ui/badge.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { useFormat } from '../ui/format.ts'
import { Icon } from '../ui/icons.tsx'
import { Problem } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import css from './accounts.module.css'
import { NewApiKey } from './new-api-key.tsx'

export function ApiKeysPage(): ReactElement {
  const { t } = useTranslation()
  const [isMaking, setIsMaking] = useState(false)
  const query = useQuery({ queryKey: ['api-keys'], queryFn: ({ signal }) => call(listApiKeys, {}, signal) })
  const keys = query.data?.keys ?? []
  const make = (
    <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setIsMaking(true)}>
      {t('apiKey.make')}
    </Button>
  )
  const isEmpty = query.isSuccess && keys.length === 0
  return (
    <Page
      title={t('settings.apiKeys')}
      about={
        <>
          {t('apiKey.about')} <a href="/api/v1/openapi.json">{t('apiKey.openapi')}</a>
        </>
      }
      actions={isMaking || isEmpty ? null : make}
    >
      {isMaking && <NewApiKey onClose={() => setIsMaking(false)} />}
      <Problem error={query.error} onRetry={() => void query.refetch()} />
      {isEmpty && !isMaking ? (
        <EmptyState icon="lock" title={t('apiKey.empty')} action={make}>
          {t('apiKey.emptyWhy')}
        </EmptyState>
      ) : (
        <ul className={css.list} aria-busy={query.isPending} aria-label={t('settings.apiKeys')}>
          {keys.map((key) => (
            <KeyLine key={key.id} apiKey={key} />
          ))}
        </ul>
      )}
    </Page>
  )
}

function KeyLine(props: { apiKey: ApiKeyView }): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const queries = useQueryClient()
  const { apiKey } = props
  const [isAsking, setIsAsking] = useState(false)
  const revoke = useMutation({
    mutationFn: () => call(revokeApiKey, { params: { id: apiKey.id } }),
    onSuccess: () => {
      setIsAsking(false)
      return queries.invalidateQueries({ queryKey: ['api-keys'] })
    },
  })
  const isOver = apiKey.expiresAt !== null && new Date(apiKey.expiresAt).getTime() < Date.now()
  return (
    <li className={css.line}>
      <div className={css.words}>
        <p className={css.name}>
          {apiKey.name} <code className="mono quiet">{apiKey.hint}…</code>
        </p>
        <p className="quiet">
          {t('apiKey.scopes', { count: apiKey.scopes.length })} ·{' '}
          {t('apiKey.madeBy', { who: apiKey.createdBy.name, when: format.date(apiKey.createdAt) })} ·{' '}
          {apiKey.lastUsedAt
            ? t('apiKey.used', { when: format.ago(apiKey.lastUsedAt) })
            : t('apiKey.neverUsed')}
          {apiKey.expiresAt && ` · ${t('apiKey.until', { when: format.date(apiKey.expiresAt) })}`}
        </p>
      </div>
      {apiKey.revokedAt ? (
        <Badge tone="grey">{t('apiKey.revoked')}</Badge>
      ) : (
        <>
          <Badge tone={isOver ? 'grey' : 'green'}>{isOver ? t('apiKey.expired') : t('apiKey.valid')}</Badge>
          <Button
            variant="default"
            size="xs"
            aria-label={t('apiKey.revokeNamed', { name: apiKey.name })}
            onClick={() => setIsAsking(true)}
          >
            {t('apiKey.revoke')}
          </Button>
        </>
      )}
      <Confirm
        opened={isAsking}
        onClose={() => setIsAsking(false)}
        title={t('apiKey.revokeSure', { name: apiKey.name })}
        deed={t('apiKey.revoke')}
        danger
        busy={revoke.isPending}
        error={revoke.error}
        onConfirm={() => revoke.mutate()}
      >
        {t('apiKey.revokeWhy')}
      </Confirm>
    </li>
  )
}
