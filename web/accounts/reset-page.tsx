/** Sets a new password with the link from the mail. */
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { completePasswordReset } from '../../src/accounts/people/contract.ts'
import { ApiProblem, call } from '../api.ts'
import { Problem } from '../ui/notice.tsx'
import { useEnter } from './enter.ts'
import { PasswordField } from './password-field.tsx'
import css from './public-frame.module.css'
import { Card, CardForm } from './public-frame.tsx'

export function ResetPage(): ReactElement {
  const { t } = useTranslation()
  const { token } = useSearch({ from: '/open/reset' })
  const enter = useEnter()
  const [password, setPassword] = useState('')
  const reset = useMutation({
    mutationFn: () => call(completePasswordReset, { body: { token: token ?? '', password } }),
    onSuccess: (session) => enter(session),
  })
  const isSpent = reset.error instanceof ApiProblem && reset.error.code === 'password-reset.invalid'
  if (!token || isSpent)
    return (
      <Card title={t('account.linkSpent')} about={t('account.resetSpentWhy')}>
        <p className={css.foot}>
          <Link to="/forgotten-password">{t('account.sendLink')}</Link>
        </p>
      </Card>
    )
  return (
    <Card title={t('account.newPasswordTitle')} about={t('account.newPasswordWhy')}>
      <CardForm onSubmit={() => reset.mutate()}>
        <Problem error={reset.error} />
        <PasswordField label={t('account.newPassword')} isNew value={password} onChange={setPassword} />
        <Button type="submit" loading={reset.isPending} fullWidth>
          {t('account.setPassword')}
        </Button>
      </CardForm>
    </Card>
  )
}
