/** What loading would make or change, record by record: values of a new one, before → after of a changed one. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { PlanExample } from '../../src/imports/check/contract.ts'
import css from './approve-step.module.css'
import { useFieldValue } from './field-value.ts'
import { type KindWords, useKind } from './kinds.ts'

type Example = z.infer<typeof PlanExample>
export type FieldChange = Example['fields'][number]

export function PlanExamples(props: { examples: readonly Example[]; kinds: number }): ReactElement {
  return (
    <ul className={css.examples}>
      {props.examples.map((example, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row can make several records, which have no name of their own
        <PlanExampleItem
          key={`${example.source} ${example.row} ${at}`}
          example={example}
          isNamed={props.kinds > 1}
        />
      ))}
    </ul>
  )
}

function PlanExampleItem(props: { example: Example; isNamed: boolean }): ReactElement {
  const { t } = useTranslation()
  const { example } = props
  const kind = useKind(example.kind)
  return (
    <li className={css.example}>
      <p className={css.exampleHead}>
        {example.title}
        <span className="quiet num">
          {props.isNamed && kind.kind && `${kind.label(kind.kind.one)} · `}
          {t('import.rowNumber', { row: example.row })}
        </span>
      </p>
      {example.recordId === null ? (
        <Values fields={example.fields} kind={kind} />
      ) : (
        <Changes fields={example.fields} kind={kind} />
      )}
    </li>
  )
}

function Values(props: { fields: readonly FieldChange[]; kind: KindWords }): ReactElement {
  const show = useFieldValue(props.kind)
  return (
    <dl className={css.values}>
      {props.fields
        .filter((change) => change.after !== null)
        .map((change) => (
          <div key={change.field}>
            <dt>{props.kind.fieldLabel(change.field)}</dt>
            <dd title={change.after ?? ''}>{show(change.field, change.after)}</dd>
          </div>
        ))}
    </dl>
  )
}

/** Fields that change, each as it was and as it will be. */
export function Changes(props: { fields: readonly FieldChange[]; kind: KindWords }): ReactElement {
  const { t } = useTranslation()
  const show = useFieldValue(props.kind)
  const blank = <span className="quiet">{t('import.plan.blank')}</span>
  return (
    <table className={css.changes}>
      <caption className="visually-hidden">{t('import.plan.changes')}</caption>
      <tbody>
        {props.fields.map((change) => (
          <tr key={change.field}>
            <th scope="row">{props.kind.fieldLabel(change.field)}</th>
            <td>
              {change.before === null ? blank : <del>{show(change.field, change.before)}</del>}
              <span aria-hidden="true"> → </span>
              <span className="visually-hidden">{t('import.plan.becomes')}</span>
              {change.after === null ? blank : <ins>{show(change.field, change.after)}</ins>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
