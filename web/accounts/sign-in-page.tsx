/** Sign in; when the same e-mail and password open several organisations, choose one. */
import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { signIn } from '../../src/accounts/contract.ts'
import { call } from '../api.ts'
import { Problem } from '../ui/notice.tsx'
import { useEnter } from './enter.ts'
import { PasswordField } from './password-field.tsx'
import css from './public-frame.module.css'
import { Card, CardForm } from './public-frame.tsx'

export function SignInPage(): ReactElement {
  const { t } = useTranslation()
  const { next } = useSearch({ from: '/open/sign-in' })
  const enter = useEnter()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const attempt = useMutation({
    mutationFn: (organisationId?: string) =>
      call(signIn, { body: { email, password, ...(organisationId ? { organisationId } : {}) } }),
    onSuccess: ({ session }) => (session ? enter(session, next) : undefined),
  })
  const organisations = attempt.data?.session ? [] : (attempt.data?.organisations ?? [])
  if (organisations.length > 0)
    return (
      <Card title={t('account.chooseOrganisation')} about={t('account.chooseOrganisationWhy')}>
        <div className={css.organisations}>
          {organisations.map((organisation) => (
            <Button key={organisation.id} variant="default" onClick={() => attempt.mutate(organisation.id)}>
              {organisation.name}
            </Button>
          ))}
        </div>
      </Card>
    )
  return (
    <Card title={t('account.signIn')}>
      <CardForm onSubmit={() => attempt.mutate(undefined)}>
        <Problem error={attempt.error} />
        <TextInput
          label={t('account.email')}
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordField label={t('account.password')} value={password} onChange={setPassword} />
        <Button type="submit" loading={attempt.isPending} fullWidth>
          {t('account.signIn')}
        </Button>
      </CardForm>
      <p className={css.foot}>
        <Link to="/forgotten-password">{t('account.forgotten')}</Link>
      </p>
    </Card>
  )
}
