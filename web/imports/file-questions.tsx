/** What a workbook leaves open and only a person can say: whether what it hides belongs to the data. */
import { Radio } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReadingView } from '../../src/imports/read/contract.ts'
import { Badge } from '../ui/badge.tsx'
import type { Options } from './file-part.tsx'
import css from './file-step.module.css'

type Props = {
  reading: ReadingView
  chosen: Options
  disabled: boolean
  onChange: (options: Options) => void
}

export function FileQuestions(props: Props): ReactElement | null {
  const { t } = useTranslation()
  const { sheet } = props.reading
  if (!sheet) return null
  const rows = sheet.hiddenRows ?? 0
  const columns = sheet.hiddenColumns ?? 0
  const ranges = sheet.mergedRanges ?? 0
  const parts = [
    ...(rows > 0 ? [t('import.hidden.rows', { count: rows })] : []),
    ...(columns > 0
      ? [t('import.hidden.columns', { count: columns, names: sheet.hiddenColumnNames ?? '…' })]
      : []),
  ]
  if (parts.length === 0 && ranges === 0) return null
  return (
    <div className={css.questions}>
      {parts.length > 0 && (
        <Question
          title={t('import.hidden.title', { what: parts.join(t('import.hidden.and')) })}
          why={t(sheet.isFiltered ? 'import.hidden.filtered' : 'import.hidden.why')}
          isDecided={props.chosen.hidden !== undefined}
          disabled={props.disabled}
          value={props.chosen.hidden ?? sheet.hidden}
          options={[
            ['include', t('import.hidden.include')],
            ['leave-out', t('import.hidden.leaveOut')],
          ]}
          onChange={(hidden) => props.onChange({ ...props.chosen, hidden })}
        />
      )}
      {ranges > 0 && (
        <Question
          title={t('import.merged.title', { count: ranges })}
          why={t('import.merged.why')}
          isDecided={props.chosen.merged !== undefined}
          disabled={props.disabled}
          value={props.chosen.merged ?? sheet.merged}
          options={[
            ['fill', t('import.merged.fill')],
            ['top-left', t('import.merged.topLeft')],
          ]}
          onChange={(merged) => props.onChange({ ...props.chosen, merged })}
        />
      )}
    </div>
  )
}

function Question<T extends string>(props: {
  title: string
  why: ReactNode
  isDecided: boolean
  disabled: boolean
  value: T
  options: readonly (readonly [T, string])[]
  onChange: (value: T) => void
}): ReactElement {
  const { t } = useTranslation()
  return (
    <fieldset className={css.question} disabled={props.disabled}>
      <legend className="visually-hidden">{props.title}</legend>
      <div className={css.questionLine}>
        <p className={css.questionTitle} aria-hidden="true">
          {props.title}
        </p>
        <Badge tone={props.isDecided ? 'green' : 'amber'}>
          {t(props.isDecided ? 'import.hidden.decided' : 'import.hidden.toDecide')}
        </Badge>
      </div>
      <p className={css.questionWhy}>{props.why}</p>
      <Radio.Group value={props.value} onChange={props.onChange} aria-label={props.title}>
        <div className={css.answers}>
          {props.options.map(([value, label]) => (
            <Radio key={value} value={value} label={label} size="xs" disabled={props.disabled} />
          ))}
        </div>
      </Radio.Group>
    </fieldset>
  )
}
