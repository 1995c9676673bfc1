/** A password to type, which can be shown; what makes it acceptable the server says. */
import { PasswordInput } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

export function PasswordField(props: {
  label: string
  value: string
  onChange: (value: string) => void
  isNew?: boolean
  name?: string
}): ReactElement {
  const { t } = useTranslation()
  return (
    <PasswordInput
      label={props.label}
      name={props.name ?? 'password'}
      required
      withAsterisk={false}
      autoComplete={props.isNew ? 'new-password' : 'current-password'}
      {...(props.isNew ? { description: t('account.passwordRule') } : {})}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      visibilityToggleButtonProps={{ 'aria-label': t('account.showPassword'), tabIndex: 0 }}
    />
  )
}
