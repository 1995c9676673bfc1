/** Required fields that no column fills, and fields that get one value for all rows. */
import { Button, NativeSelect } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportView } from '../../src/imports/contract.ts'
import { Icon } from '../ui/icons.tsx'
import { Panel } from '../ui/panel.tsx'
import { SettledText } from './column-details.tsx'
import css from './columns-step.module.css'
import { sectionsOf } from './field-select.tsx'
import type { KindWords } from './kinds.ts'
import type { MappingEditor } from './use-mapping.ts'

export function ConstantsPanel(props: {
  run: ImportView
  editor: MappingEditor
  kind: KindWords
}): ReactElement {
  const { t } = useTranslation()
  const { run, editor, kind } = props
  const [added, setAdded] = useState<readonly string[]>([])
  const set = new Set(editor.mapping.constants.map((one) => one.field))
  const missing = run.sources
    .flatMap((source) => source.missingFields)
    .filter((field) => !editor.columnOf(field) && !set.has(field))
  const shown = [...set, ...added.filter((field) => !set.has(field))]
  const valueOf = (field: string) => editor.mapping.constants.find((one) => one.field === field)?.value ?? ''
  const remove = (field: string) => {
    setAdded(added.filter((one) => one !== field))
    if (set.has(field)) editor.setConstant(field, null)
  }
  return (
    <>
      {missing.length > 0 && (
        <div className={css.missing} role="status">
          <strong>{t('import.columns.missing', { count: missing.length })}</strong>
          {missing.map((field) => (
            <div key={field}>
              {kind.fieldLabel(field)}{' '}
              {run.may.edit && !added.includes(field) && (
                <Button size="compact-xs" variant="default" onClick={() => setAdded([...added, field])}>
                  {t('import.columns.oneValue')}
                </Button>
              )}
            </div>
          ))}
        </div>
      )}
      {(shown.length > 0 || run.may.edit) && (
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
                onChange={(event) => setAdded([...added, event.currentTarget.value])}
                data={[
                  { value: '', label: t('import.columns.addConstant') },
                  ...sectionsOf(kind).map((section) => ({
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
      )}
    </>
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
