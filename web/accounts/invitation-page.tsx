/** Accepts an invitation: who invites, as what, and a password to choose. */
import { Button, Skeleton, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { acceptInvitation, describeInvitation } from '../../src/accounts/people/contract.ts'
import type { OperationAnswer } from '../../src/platform/contract.ts'
import { call } from '../api.ts'
import { currentLanguage } from '../language.ts'
import { Problem } from '../ui/notice.tsx'
import { useEnter } from './enter.ts'
import { PasswordField } from './password-field.tsx'
import css from './public-frame.module.css'
import { Card, CardForm } from './public-frame.tsx'

export function InvitationPage(): ReactElement {
  const { t } = useTranslation()
  const { token = '' } = useSearch({ from: '/open/invitation' })
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => call(describeInvitation, { body: { token } }, signal),
    enabled: token !== '',
    retry: false,
  })
  if (token === '' || invitation.isError)
    return (
      <Card title={t('account.linkSpent')} about={t('account.invitationSpentWhy')}>
        <p className={css.foot}>
          <Link to="/sign-in">{t('account.toSignIn')}</Link>
        </p>
      </Card>
    )
  if (!invitation.data)
    return (
      <Card title={t('account.invitation')}>
        <Skeleton height={220} mt={20} />
      </Card>
    )
  return <AcceptForm token={token} invitation={invitation.data} />
}

function AcceptForm(props: {
  token: string
  invitation: OperationAnswer<typeof describeInvitation>
}): ReactElement {
  const { t } = useTranslation()
  const { organisation, email, role } = props.invitation
  const enter = useEnter()
  const [name, setName] = useState(props.invitation.name)
  const [password, setPassword] = useState('')
  const accept = useMutation({
    mutationFn: () =>
      call(acceptInvitation, { body: { token: props.token, password, name, language: currentLanguage() } }),
    onSuccess: (session) => enter(session),
  })
  return (
    <Card
      title={t('account.join', { organisation })}
      about={t('account.joinAs', { role: t(`role.${role}`), email })}
    >
      <CardForm onSubmit={() => accept.mutate()}>
        <Problem error={accept.error} />
        <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
        <TextInput
          label={t('account.yourName')}
          name="name"
          autoComplete="name"
          required
          withAsterisk={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PasswordField label={t('account.password')} isNew value={password} onChange={setPassword} />
        <Button type="submit" loading={accept.isPending} fullWidth>
          {t('account.accept')}
        </Button>
      </CardForm>
    </Card>
  )
}
