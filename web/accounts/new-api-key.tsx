/** Makes an API key with scopes that its maker holds; the secret stays on the page until it is put away. */
import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createApiKey } from '../../src/accounts/api-keys/contract.ts'
import { describeRoles } from '../../src/accounts/contract.ts'
import type { Permission } from '../../src/accounts/permissions.ts'
import { call } from '../api.ts'
import { useLabel } from '../imports/kinds.ts'
import { useSession } from '../session.ts'
import { CopyableCode } from '../ui/code.tsx'
import { Problem } from '../ui/notice.tsx'
import css from './accounts.module.css'

const lifetimes = ['30', '90', '365', 'never'] as const
type Lifetime = (typeof lifetimes)[number]

export function NewApiKey(props: { onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<readonly Permission[]>(['imports.read', 'imports.create'])
  const [lifetime, setLifetime] = useState<Lifetime>('365')
  const make = useMutation({
    mutationFn: () => call(createApiKey, { body: { name, scopes: [...scopes], expiresAt: endOf(lifetime) } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['api-keys'] }),
  })
  if (make.data)
    return (
      <section className={css.box} aria-live="polite">
        <p className={css.name}>{t('apiKey.made', { name: make.data.key.name })}</p>
        <p>{t('apiKey.secretOnce')}</p>
        <CopyableCode value={make.data.secret} label={t('apiKey.secret')} />
        <div>
          <Button onClick={props.onClose}>{t('apiKey.putAway')}</Button>
        </div>
      </section>
    )
  return (
    <form
      className={css.box}
      onSubmit={(event) => {
        event.preventDefault()
        make.mutate()
      }}
    >
      <div className={css.fields}>
        <TextInput
          label={t('apiKey.name')}
          description={t('apiKey.nameWhy')}
          required
          withAsterisk={false}
          autoFocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('apiKey.lifetime')}
          description={t('apiKey.lifetimeWhy')}
          value={lifetime}
          onChange={(event) => setLifetime(event.currentTarget.value as Lifetime)}
          data={lifetimes.map((one) => ({ value: one, label: t(`apiKey.lifetimes.${one}`) }))}
        />
      </div>
      <Scopes chosen={scopes} onChange={setScopes} />
      <Problem error={make.error} />
      <div className={css.buttons}>
        <Button type="submit" loading={make.isPending} disabled={scopes.length === 0}>
          {t('apiKey.make')}
        </Button>
        <Button variant="default" onClick={props.onClose}>
          {t('ui.keep')}
        </Button>
      </div>
    </form>
  )
}

function Scopes(props: {
  chosen: readonly Permission[]
  onChange: (scopes: readonly Permission[]) => void
}): ReactElement {
  const { t } = useTranslation()
  const label = useLabel()
  const { permissions } = useSession()
  const { data } = useQuery({ queryKey: ['roles'], queryFn: ({ signal }) => call(describeRoles, {}, signal) })
  return (
    <Checkbox.Group
      label={t('apiKey.scopesLabel')}
      description={t('apiKey.scopesWhy')}
      value={[...props.chosen]}
      onChange={(scopes) => props.onChange(scopes)}
    >
      <div className={css.scopes}>
        {(data?.permissions ?? [])
          .filter((permission) => permissions.includes(permission.name))
          .map((permission) => (
            <Checkbox
              key={permission.name}
              size="xs"
              value={permission.name}
              label={label(permission.labels)}
            />
          ))}
      </div>
    </Checkbox.Group>
  )
}

function endOf(lifetime: Lifetime): string | null {
  return lifetime === 'never' ? null : new Date(Date.now() + Number(lifetime) * 86_400_000).toISOString()
}
