/** The form of the mail server. */
import { Button, NativeSelect, NumberInput, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { changeMailSettings, type MailSettings, mailSecurities } from '../../src/notices/contract.ts'
import { call } from '../api.ts'
import { useSession } from '../session.ts'
import { Problem } from '../ui/notice.tsx'
import css from './mail.module.css'

type Security = (typeof mailSecurities)[number]

const usualPorts: Record<Security, number> = { tls: 465, starttls: 587, none: 25 }

export function MailServerForm(props: { settings: MailSettings | null; onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const { organisation } = useSession()
  const queries = useQueryClient()
  const { settings } = props
  const [values, setValues] = useState({
    host: settings?.host ?? '',
    port: settings?.port ?? 587,
    security: settings?.security ?? 'starttls',
    user: settings?.user ?? '',
    password: '',
    fromName: settings?.fromName ?? organisation.name,
    fromAddress: settings?.fromAddress ?? '',
  })
  const set = (changed: Partial<typeof values>) => setValues({ ...values, ...changed })
  const save = useMutation({
    mutationFn: () => {
      const { password, user, ...others } = values
      const secret = user === '' ? { password: null } : password === '' ? {} : { password }
      return call(changeMailSettings, { body: { ...others, user: user === '' ? null : user, ...secret } })
    },
    onSuccess: (state) => {
      queries.setQueryData(['mail', 'settings'], state)
      props.onClose()
    },
  })
  const text = (name: 'host' | 'user' | 'fromName' | 'fromAddress', required: boolean) => ({
    label: t(`mail.${name}`),
    required,
    withAsterisk: false,
    value: values[name],
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  })
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <TextInput {...text('host', true)} autoFocus placeholder="smtp.example.com" />
      <NativeSelect
        label={t('mail.security')}
        value={values.security}
        onChange={(event) => {
          const security = event.currentTarget.value as Security
          set({ security, port: usualPorts[security] })
        }}
        data={mailSecurities.map((one) => ({ value: one, label: t(`mail.securities.${one}`) }))}
      />
      <NumberInput
        label={t('mail.port')}
        required
        withAsterisk={false}
        hideControls
        min={1}
        max={65_535}
        value={values.port}
        onChange={(port) => set({ port: Number(port) })}
      />
      <TextInput {...text('user', false)} autoComplete="off" />
      <PasswordInput
        label={t('account.password')}
        description={settings?.hasPassword ? t('mail.passwordKept') : t('mail.passwordSealed')}
        autoComplete="new-password"
        value={values.password}
        onChange={(event) => set({ password: event.currentTarget.value })}
        visibilityToggleButtonProps={{ 'aria-label': t('account.showPassword'), tabIndex: 0 }}
      />
      <span />
      <TextInput {...text('fromName', false)} />
      <TextInput {...text('fromAddress', true)} type="email" />
      <div className={css.wide}>
        <Problem error={save.error} />
      </div>
      <div className={css.buttons}>
        <Button type="submit" loading={save.isPending}>
          {t('mail.save')}
        </Button>
        <Button variant="default" onClick={props.onClose}>
          {t('ui.keep')}
        </Button>
      </div>
    </form>
  )
}
