/** A field that is changed where it stands: Enter saves, Escape leaves it as it was. */
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type KeyboardEvent, type ReactElement, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldDescription } from '../../src/kinds/contract.ts'
import type { KindWords } from '../imports/kinds.ts'
import { Icon } from '../ui/icons.tsx'
import { FieldInput } from './field-input.tsx'
import { isPlace } from './record-kinds.ts'
import css from './record-page.module.css'
import { useShownValue } from './shown-value.ts'

export function FieldInPlace(props: {
  field: FieldDescription
  kind: KindWords
  value: string | null
  /** Where the field refers to a record. */
  reference?: { readonly id: string; readonly title: string } | undefined
  disabled: boolean
  onSave: (value: string | null) => Promise<unknown>
}): ReactElement {
  const { t } = useTranslation()
  const show = useShownValue(props.kind)
  const { field, value } = props
  const label = props.kind.label(field.labels)
  const shown = show(
    {
      values: { [field.name]: value },
      ...(props.reference ? { references: { [field.name]: props.reference } } : {}),
    },
    field.name,
  )
  const target = field.reference?.kind
  const [draft, setDraft] = useState<string | null>(null)
  const [isSaving, setIsSaving] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const close = () => {
    setDraft(null)
    // After the field is gone the focus would be nowhere.
    requestAnimationFrame(() => button.current?.focus())
  }
  const save = async () => {
    const next = draft === null || draft.trim() === '' ? null : draft
    if (next === value) return close()
    setIsSaving(true)
    try {
      await props.onSave(next)
      close()
    } catch {
      // The page above shows the refusal; the draft stays so that it can be put right.
    } finally {
      setIsSaving(false)
    }
  }
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close()
    if (event.key === 'Enter' && field.type !== 'multiline' && !event.defaultPrevented) {
      event.preventDefault()
      void save()
    }
  }
  return (
    <div className={css.field}>
      <dt className={css.name}>{label}</dt>
      <dd className={css.value}>
        {draft === null && props.reference && target && isPlace(target) && (
          <Link
            to="/$place/$id"
            params={{ place: target, id: props.reference.id }}
            className={css.follow}
            aria-label={t('record.open', { title: props.reference.title })}
          >
            <Icon name="arrow" size={14} />
          </Link>
        )}
        {draft === null ? (
          <button
            ref={button}
            type="button"
            className={css.show}
            disabled={props.disabled}
            aria-label={t('record.edit', {
              field: label,
              value: shown || t('record.blank'),
            })}
            onClick={() => setDraft(value ?? '')}
          >
            {shown || <span className={css.blank}>–</span>}
          </button>
        ) : (
          // biome-ignore lint/a11y/noStaticElementInteractions: keys of the input inside
          <div className={css.edit} onKeyDown={keys}>
            <FieldInput
              field={field}
              kind={props.kind}
              label={label}
              value={draft}
              onChange={setDraft}
              title={props.reference?.title}
              autoFocus
            />
            <Button loading={isSaving} onClick={() => void save()}>
              {t('record.save')}
            </Button>
            <Button variant="default" onClick={close} aria-label={t('record.leave')} px={8}>
              <Icon name="cross" size={14} />
            </Button>
          </div>
        )}
      </dd>
    </div>
  )
}
