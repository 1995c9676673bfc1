/** Asks for a link to set a new password; says the same whether the address is known or not. */
import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { requestPasswordReset } from '../../src/accounts/people/contract.ts'
import { call } from '../api.ts'
import { Problem } from '../ui/notice.tsx'
import css from './public-frame.module.css'
import { Card, CardForm } from './public-frame.tsx'

export function ForgottenPage(): ReactElement {
  const { t } = useTranslation()
  const [email, setEmail] = useState('')
  const ask = useMutation({ mutationFn: () => call(requestPasswordReset, { body: { email } }) })
  const back = (
    <p className={css.foot}>
      <Link to="/sign-in">{t('account.toSignIn')}</Link>
    </p>
  )
  if (ask.isSuccess)
    return (
      <Card title={t('account.lookAtMail')} about={t('account.lookAtMailWhy', { email })}>
        {back}
      </Card>
    )
  return (
    <Card title={t('account.forgottenTitle')} about={t('account.forgottenWhy')}>
      <CardForm onSubmit={() => ask.mutate()}>
        <Problem error={ask.error} />
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
        <Button type="submit" loading={ask.isPending} fullWidth>
          {t('account.sendLink')}
        </Button>
      </CardForm>
      {back}
    </Card>
  )
}
