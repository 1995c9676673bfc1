/** One column of the file: its name, three real values, the field it becomes, how sure that is and why. */
import { Button, Collapse } from '@mantine/core'
import { type ReactElement, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../ui/format.ts'
import { Icon } from '../ui/icons.tsx'
import type { Column } from './column.ts'
import { ColumnDetails } from './column-details.tsx'
import { ColumnField } from './column-field.tsx'
import css from './columns-step.module.css'
import { type FieldSection, FieldSelect } from './field-select.tsx'
import type { KindWords } from './kinds.ts'
import type { MappingEditor } from './use-mapping.ts'

export function ColumnRow(props: {
  column: Column
  editor: MappingEditor
  kind: KindWords
  sections: readonly FieldSection[]
  importId: string
  source: number
  disabled: boolean
}): ReactElement {
  const { t } = useTranslation()
  const { column, editor, kind } = props
  const [isOpen, setIsOpen] = useState(false)
  const detailsId = useId()
  const mapping = editor.ofColumn(column.column)
  const name = column.header || t('import.columns.unnamed', { number: column.column + 1 })
  return (
    <li className={css.item}>
      <div className={css.row}>
        <div className={css.source}>
          <p className={css.header} title={name}>
            {name}
          </p>
          <Samples column={column} />
        </div>
        <span className={css.arrow}>
          <Icon name="arrow" />
        </span>
        <FieldSelect
          label={t('import.columns.target', { column: name })}
          value={mapping?.field ?? null}
          kind={kind}
          sections={props.sections}
          editor={editor}
          column={column}
          disabled={props.disabled}
          onChange={(field) => editor.assign(column.column, column.header, field)}
        />
        <div className={css.reason}>
          <Why
            column={column}
            isMapped={mapping !== undefined}
            kind={kind}
            field={mapping?.field}
            keptIn={editor.keptIn(column.column)}
          />
          {!mapping && !props.disabled && (
            <ColumnField
              importId={props.importId}
              source={props.source}
              column={column}
              name={name}
              editor={editor}
            />
          )}
        </div>
        {mapping ? (
          <button
            type="button"
            className={css.toggle}
            aria-expanded={isOpen}
            aria-controls={detailsId}
            aria-label={t('import.columns.details', { column: name })}
            onClick={() => setIsOpen(!isOpen)}
          >
            <Icon name="down" />
          </button>
        ) : (
          <span />
        )}
      </div>
      {mapping && column.question && !props.disabled && <Question {...props} />}
      {mapping && (
        <Collapse expanded={isOpen} id={detailsId} transitionDuration={100}>
          <ColumnDetails {...props} mapping={mapping} />
        </Collapse>
      )}
    </li>
  )
}

function Samples(props: { column: Column }): ReactElement {
  const { t } = useTranslation()
  const { column } = props
  const samples = column.samples.slice(0, 3)
  if (samples.length === 0) return <p className={css.why}>{t('import.columns.empty')}</p>
  return (
    <ul className={css.samples}>
      {samples.map((sample, index) => (
        <li
          key={sample}
          data-bad={column.question === null && Boolean(column.converted[index]?.problem)}
          title={sample}
        >
          {sample}
        </li>
      ))}
    </ul>
  )
}

function Why(props: {
  column: Column
  isMapped: boolean
  kind: KindWords
  field: string | undefined
  /** Field in which a column without one of its own is kept as text. */
  keptIn: string | undefined
}): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const { column } = props
  const bad = column.converted.filter((one) => one.problem !== null)
  if (!props.isMapped && props.keptIn)
    return (
      <p className={css.why}>{t('import.columns.keptIn', { field: props.kind.fieldLabel(props.keptIn) })}</p>
    )
  if (!props.isMapped) return <p className={css.why}>{t('import.columns.notImported')}</p>
  if (bad.length > 0 && !column.question)
    return (
      <p className={`${css.why} ${css.bad}`} title={bad[0]?.problem ?? undefined}>
        {t('import.columns.badSamples', { count: bad.length, of: column.converted.length })}
      </p>
    )
  if (column.suggestion?.field === props.field)
    return (
      <p className={css.why}>
        {column.suggestion?.reason} ·{' '}
        <span className="num">{format.percent(column.suggestion?.confidence ?? 0)}</span>
      </p>
    )
  return <p className={css.why}>{t('import.columns.chosen')}</p>
}

/** One answer settles the whole column. */
function Question(props: { column: Column; editor: MappingEditor }): ReactElement {
  const { t } = useTranslation()
  const { column, editor } = props
  const format = editor.ofColumn(column.column)?.format ?? {}
  const answers =
    column.question === 'dateOrder'
      ? ([
          ['dmy', t('import.columns.dayFirst')],
          ['mdy', t('import.columns.monthFirst')],
        ] as const)
      : ([
          [',', t('import.columns.decimalComma')],
          ['.', t('import.columns.decimalPoint')],
        ] as const)
  return (
    <div className={css.question}>
      <p>
        {t(`import.columns.question.${column.question ?? 'decimal'}`, { sample: column.samples[0] ?? '' })}
      </p>
      {answers.map(([value, label]) => (
        <Button
          key={value}
          size="xs"
          variant="default"
          onClick={() =>
            editor.refine(column.column, {
              format:
                column.question === 'dateOrder'
                  ? { ...format, dateOrder: value as 'dmy' }
                  : { ...format, decimal: value as ',' },
            })
          }
        >
          {label}
        </Button>
      ))}
    </div>
  )
}
