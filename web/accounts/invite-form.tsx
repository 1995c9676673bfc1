/** Invites somebody; says where the invitation is when there is no mail server yet. */
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { invitePerson } from '../../src/accounts/people/contract.ts'
import { type Role, roles } from '../../src/accounts/permissions.ts'
import { call } from '../api.ts'
import { Notice, Problem } from '../ui/notice.tsx'
import css from './accounts.module.css'

export function InviteForm(props: { onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [values, setValues] = useState<{ name: string; email: string; role: Role }>({
    name: '',
    email: '',
    role: 'operator',
  })
  const invite = useMutation({
    mutationFn: () => call(invitePerson, { body: values }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['people'] }),
  })
  if (invite.data)
    return (
      <div style={{ marginBottom: 24 }}>
        <Notice
          tone="good"
          title={t('people.invited', { name: invite.data.name })}
          action={
            <Button variant="default" size="xs" onClick={props.onClose}>
              {t('ui.close')}
            </Button>
          }
        >
          {t('people.invitedWhy')} <Link to="/settings/mail">{t('people.seeOutbox')}</Link>
        </Notice>
      </div>
    )
  return (
    <form
      className={css.box}
      onSubmit={(event) => {
        event.preventDefault()
        invite.mutate()
      }}
    >
      <div className={css.fields}>
        <TextInput
          label={t('people.name')}
          required
          withAsterisk={false}
          autoFocus
          value={values.name}
          onChange={(event) => setValues({ ...values, name: event.currentTarget.value })}
        />
        <TextInput
          label={t('account.email')}
          type="email"
          required
          withAsterisk={false}
          value={values.email}
          onChange={(event) => setValues({ ...values, email: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('people.role')}
          value={values.role}
          onChange={(event) => setValues({ ...values, role: event.currentTarget.value as Role })}
          data={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        />
      </div>
      <Problem error={invite.error} />
      <div className={css.buttons}>
        <Button type="submit" loading={invite.isPending}>
          {t('people.sendInvitation')}
        </Button>
        <Button variant="default" onClick={props.onClose}>
          {t('ui.keep')}
        </Button>
      </div>
    </form>
  )
}
