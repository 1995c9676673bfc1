/** Required fields that no column fills, and fields that get one value for all rows. */
import { Button, NativeSelect } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportView } from '../../src/imports/contract.ts'
import { Icon } from '../ui/icons.tsx'
import { Notice } from '../ui/notice.tsx'
import { Panel } from '../ui/panel.tsx'
import { SettledText } from '../ui/settled-text.tsx'
import css from './columns-step.module.css'
import { useConstantSections } from './field-sections.ts'
import type { KindWords } from './kinds.ts'
import type { MappingEditor } from './use-mapping.ts'

export type AddedConstants = {
  readonly fields: readonly string[]
  readonly add: (field: string) => void
  readonly remove: (field: string) => void
}

/** Fields that wait for their one value; they are saved with it. */
export function useAddedConstants(): AddedConstants {
  const [fields, setFields] = useState<readonly string[]>([])
  return {
    fields,
    add: (field) => setFields([...fields, field]),
    remove: (field) => setFields(fields.filter((one) => one !== field)),
  }
}

export function MissingFields(props: {
  run: ImportView
  source: ImportView['sources'][number]
  editor: MappingEditor
  kind: KindWords
  onConstant: (field: string) => void
}): ReactElement | null {
  const { t } = useTranslation()
  const { run, editor, kind } = props
  const constants = new Set(editor.mapping.constants.map((one) => one.field))
  const missing = props.source.missingFields.filter(
    (field) => !editor.columnOf(field) && !constants.has(field),
  )
  if (missing.length === 0) return null
  return (
    <div className={css.notice}>
      <Notice tone="warning" title={t('import.columns.missing', { count: missing.length })}>
        <ul className={css.missing}>
          {missing.map((field) => (
            <li key={field}>
              {kind.fieldLabel(field)}
              {run.may.edit && (
                <Button size="compact-xs" variant="default" onClick={() => props.onConstant(field)}>
                  {t('import.columns.oneValue')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  )
}

export function ConstantsPanel(props: {
  run: ImportView
  editor: MappingEditor
  kind: KindWords
  added: AddedConstants
}): ReactElement | null {
  const { t } = useTranslation()
  const { run, editor, kind, added } = props
  const sections = useConstantSections(kind)
  const set = new Set(editor.mapping.constants.map((one) => one.field))
  const shown = [...set, ...added.fields.filter((field) => !set.has(field))]
  const valueOf = (field: string) => editor.mapping.constants.find((one) => one.field === field)?.value ?? ''
  const remove = (field: string) => {
    added.remove(field)
    if (set.has(field)) editor.setConstant(field, null)
  }
  if (shown.length === 0 && !run.may.edit) return null
  return (
    <Panel title={t('import.columns.constants')}>
      <div className={css.stack}>
        {shown.length === 0 && <p className="quiet">{t('import.columns.constantsWhy')}</p>}
        {shown.map((field) => (
          <div key={field} className={css.constant}>
            <ConstantField
              field={field}
              kind={kind}
              value={valueOf(field)}
              disabled={!run.may.edit}
              onSettle={(value) => editor.setConstant(field, value === '' ? null : value)}
            />
            {run.may.edit && (
              <button
                type="button"
                className={css.toggle}
                aria-label={t('import.columns.removeConstant', { field: kind.fieldLabel(field) })}
                onClick={() => remove(field)}
              >
                <Icon name="cross" size={14} />
              </button>
            )}
          </div>
        ))}
        {run.may.edit && (
          <NativeSelect
            aria-label={t('import.columns.addConstant')}
            value=""
            onChange={(event) => added.add(event.currentTarget.value)}
            data={[
              { value: '', label: t('import.columns.addConstant') },
              ...sections.map((section) => ({
                group: section.label,
                items: section.fields
                  .filter((field) => !editor.columnOf(field) && !shown.includes(field))
                  .map((field) => ({ value: field, label: kind.fieldLabel(field) })),
              })),
            ]}
          />
        )}
      </div>
    </Panel>
  )
}

function ConstantField(props: {
  field: string
  kind: KindWords
  value: string
  disabled: boolean
  onSettle: (value: string) => void
}): ReactElement {
  const { t } = useTranslation()
  const { field, kind } = props
  const label = kind.fieldLabel(field)
  const options = kind.field(field)?.options
  if (!options)
    return (
      <SettledText label={label} value={props.value} disabled={props.disabled} onSettle={props.onSettle} />
    )
  return (
    <NativeSelect
      label={label}
      value={props.value}
      disabled={props.disabled}
      onChange={(event) => props.onSettle(event.currentTarget.value)}
      data={[
        { value: '', label: t('import.columns.chooseValue') },
        ...options.map((option) => ({ value: option.value, label: kind.label(option.labels) })),
      ]}
    />
  )
}
