/** One record that belongs to the one on the page: its name, what tells it apart, whether it is the key person there. */
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Tag } from '../ui/badge.tsx'
import { Icon } from '../ui/icons.tsx'
import { Problem } from '../ui/notice.tsx'
import type { Place } from './record-kinds.ts'
import css from './record-page.module.css'

export function RelationLine(props: {
  place: Place
  id: string
  title: string
  lines: readonly (string | null | undefined)[]
  isKey?: boolean
  error?: Error | null
  onKey?: ((isKey: boolean) => void) | undefined
  onRemove?: (() => void) | undefined
}): ReactElement {
  const { t } = useTranslation()
  const { title, isKey = false, onKey, onRemove } = props
  return (
    <li className={css.relation}>
      <div className={css.relationWords}>
        <Link to="/$place/$id" params={{ place: props.place, id: props.id }}>
          {title}
        </Link>
        {isKey && <Tag>{t('record.contacts.key')}</Tag>}
        <p className="quiet">{props.lines.filter(Boolean).join(' · ')}</p>
        <Problem error={props.error ?? null} />
      </div>
      {onKey && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          aria-label={t(isKey ? 'record.contacts.noKeyOf' : 'record.contacts.makeKeyOf', { title })}
          onClick={() => onKey(!isKey)}
        >
          {t(isKey ? 'record.contacts.noKey' : 'record.contacts.makeKey')}
        </Button>
      )}
      {onRemove && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          px={4}
          aria-label={t('record.contacts.unlink', { title })}
          onClick={onRemove}
        >
          <Icon name="cross" size={12} />
        </Button>
      )}
    </li>
  )
}
