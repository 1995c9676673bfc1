/** A file refused because of card numbers: nothing was kept, where they stood, and where cards belong. */
import { Button } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../ui/icons.tsx'
import css from './card-numbers.module.css'

export function CardNumbersNotice(props: {
  sentence: string
  fileName: string
  onClose?: () => void
}): ReactElement {
  const { t } = useTranslation()
  return (
    <section className={css.card} role="alert">
      <h2 className={css.title}>
        <Icon name="lock" />
        {t('import.cards.title')}
      </h2>
      <p className={css.sentence}>{props.sentence}</p>
      <ol className={css.steps}>
        <li>{t('import.cards.nothingKept', { name: props.fileName })}</li>
        <li>{t('import.cards.next')}</li>
      </ol>
      {props.onClose && (
        <Button variant="default" onClick={props.onClose}>
          {t('import.cards.understood')}
        </Button>
      )}
    </section>
  )
}
