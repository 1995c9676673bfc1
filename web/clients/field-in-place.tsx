/** A field that is changed where it stands: Enter saves, Escape leaves it as it was. */
import { Button } from '@mantine/core'
import { type KeyboardEvent, type ReactElement, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldDescription } from '../../src/kinds/contract.ts'
import { useFieldValue } from '../imports/field-value.ts'
import type { KindWords } from '../imports/kinds.ts'
import { Icon } from '../ui/icons.tsx'
import css from './client-page.module.css'
import { FieldInput } from './field-input.tsx'

export function FieldInPlace(props: {
  field: FieldDescription
  kind: KindWords
  value: string | null
  disabled: boolean
  onSave: (value: string | null) => Promise<unknown>
}): ReactElement {
  const { t } = useTranslation()
  const show = useFieldValue(props.kind)
  const { field, value } = props
  const label = props.kind.label(field.labels)
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
    if (event.key === 'Enter' && field.type !== 'multiline') {
      event.preventDefault()
      void save()
    }
  }
  return (
    <div className={css.field}>
      <dt className={css.name}>{label}</dt>
      <dd className={css.value}>
        {draft === null ? (
          <button
            ref={button}
            type="button"
            className={css.show}
            disabled={props.disabled}
            aria-label={t('client.edit', {
              field: label,
              value: show(field.name, value) || t('client.blank'),
            })}
            onClick={() => setDraft(value ?? '')}
          >
            {show(field.name, value) || <span className={css.blank}>–</span>}
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
              autoFocus
            />
            <Button loading={isSaving} onClick={() => void save()}>
              {t('client.save')}
            </Button>
            <Button variant="default" onClick={close} aria-label={t('client.leave')} px={8}>
              <Icon name="cross" size={14} />
            </Button>
          </div>
        )}
      </dd>
    </div>
  )
}
