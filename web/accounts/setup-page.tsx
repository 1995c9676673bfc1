/** The first visit: the first organisation and its administrator, with the one-time link of the console. */
import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { completeSetup, describeSetup } from '../../src/accounts/contract.ts'
import { call } from '../api.ts'
import { currentLanguage } from '../language.ts'
import { Problem } from '../ui/notice.tsx'
import { useEnter } from './enter.ts'
import { PasswordField } from './password-field.tsx'
import css from './public-frame.module.css'
import { Card, CardForm } from './public-frame.tsx'

export function SetupPage(): ReactElement {
  const { t } = useTranslation()
  const { token } = useSearch({ from: '/open/setup' })
  const setup = useQuery({ queryKey: ['setup'], queryFn: ({ signal }) => call(describeSetup, {}, signal) })
  if (setup.data?.needed === false)
    return (
      <Card title={t('setup.done')} about={t('setup.doneWhy')}>
        <p className={css.foot}>
          <Link to="/sign-in">{t('account.toSignIn')}</Link>
        </p>
      </Card>
    )
  if (!token) return <Card title={t('setup.title')} about={t('setup.needsLink')} />
  return <SetupForm token={token} />
}

function SetupForm(props: { token: string }): ReactElement {
  const { t } = useTranslation()
  const enter = useEnter()
  const [values, setValues] = useState({ organisation: '', name: '', email: '', password: '' })
  const set = (name: keyof typeof values) => (value: string) => setValues({ ...values, [name]: value })
  const setUp = useMutation({
    mutationFn: () =>
      call(completeSetup, {
        body: {
          token: props.token,
          ...values,
          language: currentLanguage(),
          timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'Europe/Prague',
        },
      }),
    onSuccess: (session) => enter(session),
  })
  return (
    <Card title={t('setup.title')} about={t('setup.why')}>
      <CardForm onSubmit={() => setUp.mutate()}>
        <Problem error={setUp.error} />
        <TextInput
          label={t('setup.organisation')}
          name="organisation"
          autoComplete="organization"
          required
          withAsterisk={false}
          autoFocus
          value={values.organisation}
          onChange={(event) => set('organisation')(event.currentTarget.value)}
        />
        <TextInput
          label={t('account.yourName')}
          name="name"
          autoComplete="name"
          required
          withAsterisk={false}
          value={values.name}
          onChange={(event) => set('name')(event.currentTarget.value)}
        />
        <TextInput
          label={t('account.email')}
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          value={values.email}
          onChange={(event) => set('email')(event.currentTarget.value)}
        />
        <PasswordField
          label={t('account.password')}
          isNew
          value={values.password}
          onChange={set('password')}
        />
        <Button type="submit" loading={setUp.isPending} fullWidth>
          {t('setup.create')}
        </Button>
      </CardForm>
    </Card>
  )
}
