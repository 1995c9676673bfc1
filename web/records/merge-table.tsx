/** Two records beside each other: fields that differ, each with the value that stays; equal ones on request. */
import { Button, Radio } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldDescription } from '../../src/kinds/contract.ts'
import type { RecordView } from '../../src/kinds/records/contract.ts'
import type { KindWords } from '../imports/kinds.ts'
import css from './merge-page.module.css'
import { tagsOf } from './record-columns.tsx'
import { useShownValue } from './shown-value.ts'

type TableProps = {
  kind: KindWords
  kept: RecordView
  other: RecordView
  take: ReadonlySet<string>
  onTake: (take: ReadonlySet<string>) => void
}

export function MergeTable(props: TableProps): ReactElement {
  const { t } = useTranslation()
  const { kind, kept, other } = props
  const [showsEqual, setShowsEqual] = useState(false)
  const value = (record: RecordView, field: FieldDescription) => record.values[field.name] ?? null
  const fields = (kind.kind?.fields ?? []).filter((field) => value(kept, field) ?? value(other, field))
  const different = fields.filter((field) => value(kept, field) !== value(other, field))
  const shown = showsEqual ? fields : different
  return (
    <>
      <table className={css.table}>
        <caption className="visually-hidden">{t('record.merge.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('record.filter.field')}</th>
            <th scope="col">
              {kept.title} <span className="quiet">{t('record.merge.stays')}</span>
            </th>
            <th scope="col">
              {other.title} <span className="quiet">{t('record.merge.leaves')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((field) => (
            <FieldRow key={field.name} {...props} field={field} />
          ))}
          {shown.length === 0 && (
            <tr>
              <td colSpan={3} className="quiet">
                {t('record.merge.equal')}
              </td>
            </tr>
          )}
        </tbody>
      </table>
      {fields.length > different.length && (
        <Button variant="subtle" color="gray" size="xs" onClick={() => setShowsEqual(!showsEqual)}>
          {showsEqual
            ? t('record.merge.hideEqual')
            : t('record.merge.showEqual', { count: fields.length - different.length })}
        </Button>
      )}
    </>
  )
}

/** A blank gives way to a value without being asked; tags of both are kept together. */
function FieldRow(props: TableProps & { field: FieldDescription }): ReactElement {
  const { t } = useTranslation()
  const { field, kind, kept, other, take, onTake } = props
  const show = useShownValue(kind)
  const label = kind.label(field.labels)
  const [own, others] = [kept, other].map((record) => record.values[field.name] ?? null)
  const isChoice = own != null && others != null && own !== others
  const isJoined = isChoice && field.type === 'tags'
  const isTaken = take.has(field.name) || own == null
  const choose = (isOther: boolean) => {
    const next = new Set(take)
    if (isOther) next.add(field.name)
    else next.delete(field.name)
    onTake(next)
  }
  const cell = (record: RecordView, isOther: boolean) => {
    const text = show(record, field.name)
    const stays = isJoined || isTaken === isOther || own === others
    return (
      <td data-stays={stays && text !== ''}>
        {isChoice && !isJoined ? (
          <Radio
            name={`merge ${field.name}`}
            checked={isTaken === isOther}
            onChange={() => choose(isOther)}
            label={text}
            aria-label={t('record.merge.choose', { field: label, value: text })}
          />
        ) : (
          text || <span className="quiet">–</span>
        )}
      </td>
    )
  }
  return (
    <tr>
      <th scope="row">
        {label}
        {isJoined && (
          <span className="quiet">
            {' '}
            {t('record.merge.joined', {
              tags: [...new Set([...tagsOf(own), ...tagsOf(others)])].join(', '),
            })}
          </span>
        )}
      </th>
      {cell(kept, false)}
      {cell(other, true)}
    </tr>
  )
}
