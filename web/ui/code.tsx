/** A code that is meant to be copied: monospaced, with a button that says when it has done so. */
import { Button, CopyButton } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import css from './code.module.css'
import { Icon } from './icons.tsx'

export function CopyableCode(props: { value: string; label: string }): ReactElement {
  const { t } = useTranslation()
  return (
    <div className={css.row}>
      <code className={css.code} aria-label={props.label}>
        {props.value}
      </code>
      <CopyButton value={props.value} timeout={4000}>
        {({ copied, copy }) => (
          <Button
            variant="default"
            onClick={copy}
            leftSection={<Icon name={copied ? 'check' : 'copy'} size={14} />}
          >
            <span aria-live="polite">{copied ? t('ui.copied') : t('ui.copy')}</span>
          </Button>
        )}
      </CopyButton>
    </div>
  )
}
