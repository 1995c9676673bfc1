/** How the values of a column are read: its formats, what a blank cell does, and the samples as they come out. */
import { Checkbox, NativeSelect } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { ColumnMapping } from '../../src/imports/map/contract.ts'
import type { FieldDescription } from '../../src/kinds/contract.ts'
import { SettledText } from '../ui/settled-text.tsx'
import type { Column } from './column.ts'
import css from './columns-step.module.css'
import { countryChoices } from './field-value.ts'
import { FormatFields } from './format-fields.tsx'
import { type KindWords, useKind } from './kinds.ts'
import type { MappingEditor } from './use-mapping.ts'

export function ColumnDetails(props: {
  column: Column
  mapping: ColumnMapping
  editor: MappingEditor
  kind: KindWords
  disabled: boolean
}): ReactElement {
  const { t } = useTranslation()
  const { column, mapping, editor } = props
  const field = props.kind.field(mapping.field)
  const target = useKind(field?.reference?.kind ?? '')
  const refine = (change: Partial<ColumnMapping>) => editor.refine(column.column, change)
  return (
    <div className={css.details}>
      <div className={css.fields}>
        {field && (
          <FormatFields
            field={field}
            format={mapping.format ?? {}}
            disabled={props.disabled}
            onChange={(format) => refine({ format })}
          />
        )}
        {field?.reference && (
          <NativeSelect
            label={t('import.columns.lookup')}
            disabled={props.disabled}
            value={mapping.lookup ?? field.reference.by[0] ?? ''}
            data={field.reference.by.map((name) => ({ value: name, label: target.fieldLabel(name) }))}
            onChange={(event) => refine({ lookup: event.currentTarget.value })}
          />
        )}
        <NativeSelect
          label={t('import.columns.blank')}
          disabled={props.disabled}
          value={mapping.blank ?? 'keep'}
          onChange={(event) => refine({ blank: event.currentTarget.value as 'keep' })}
          data={(['keep', 'clear', 'default'] as const).map((rule) => ({
            value: rule,
            label: t(`import.columns.blankRule.${rule}`),
          }))}
        />
        {mapping.blank === 'default' && (
          <SettledText
            label={t('import.columns.default')}
            value={mapping.default ?? ''}
            disabled={props.disabled}
            onSettle={(value) => refine({ default: value })}
          />
        )}
        {field?.codeList && (
          <Checkbox
            className={css.wide}
            size="xs"
            label={t('import.columns.createOptions')}
            description={t('import.columns.createOptionsWhy')}
            disabled={props.disabled}
            checked={mapping.createOptions ?? false}
            onChange={(event) => refine({ createOptions: event.currentTarget.checked })}
          />
        )}
      </div>
      <Converted {...props} field={field} onMap={(valueMap) => refine({ valueMap })} />
    </div>
  )
}

function Converted(props: {
  column: Column
  mapping: ColumnMapping
  field: FieldDescription | undefined
  kind: KindWords
  disabled: boolean
  onMap: (valueMap: Record<string, string | null>) => void
}): ReactElement {
  const { t } = useTranslation()
  const { column, mapping } = props
  const choices = useChoices(props.field, props.kind)
  return (
    <table className={css.converted}>
      <caption>{t('import.columns.converted')}</caption>
      <tbody>
        {column.samples.map((sample, index) => {
          const converted = column.converted[index]
          const isMapped = mapping.valueMap !== undefined && sample in mapping.valueMap
          return (
            <tr key={sample}>
              <td>{sample}</td>
              <td>
                {converted?.problem ? (
                  <span className={css.problem}>{converted.problem}</span>
                ) : (
                  (converted?.value ?? <span className="quiet">{t('import.columns.staysBlank')}</span>)
                )}
                {choices.length > 0 && (converted?.problem || isMapped) && (
                  <NativeSelect
                    size="xs"
                    mt={4}
                    disabled={props.disabled}
                    aria-label={t('import.columns.mapValue', { value: sample })}
                    value={isMapped ? (mapping.valueMap?.[sample] ?? '') : '?'}
                    onChange={(event) =>
                      props.onMap({ ...mapping.valueMap, [sample]: event.currentTarget.value || null })
                    }
                    data={[
                      { value: '?', label: t('import.columns.mapTo'), disabled: true },
                      { value: '', label: t('import.columns.mapBlank') },
                      ...choices,
                    ]}
                  />
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** What a value of the file can stand for, where the field has a list of what there is. */
function useChoices(
  field: FieldDescription | undefined,
  kind: KindWords,
): { value: string; label: string }[] {
  const { t, i18n } = useTranslation()
  if (field?.options)
    return field.options.map((option) => ({ value: option.value, label: kind.label(option.labels) }))
  if (field?.type === 'boolean')
    return ['yes', 'no'].map((value) => ({ value, label: t(`value.${value as 'yes' | 'no'}`) }))
  return field?.type === 'country' ? countryChoices(i18n.language) : []
}
