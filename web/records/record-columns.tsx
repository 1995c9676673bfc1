/** Columns of a list of records: the kind's fields, and where and when a record came from. */
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldDescription } from '../../src/kinds/contract.ts'
import type { RecordListItem } from '../../src/kinds/records/contract.ts'
import type { KindWords } from '../imports/kinds.ts'
import { Tag } from '../ui/badge.tsx'
import type { Column } from '../ui/data-table.tsx'
import { useFormat } from '../ui/format.ts'
import type { RecordKind } from './record-kinds.ts'
import css from './records.module.css'
import { useShownValue } from './shown-value.ts'

const numeric = new Set<FieldDescription['type']>(['integer', 'number', 'percent', 'money'])
const unsorted = new Set<FieldDescription['type']>(['tags', 'choices', 'multiline', 'file'])
const codes = new Set(['externalId', 'code', 'regNumber', 'taxNumber'])

/** Every column there can be; the first is the title, which is always shown. */
export function useRecordColumns(of: RecordKind, kind: KindWords): readonly Column<RecordListItem>[] {
  const { t } = useTranslation()
  const format = useFormat()
  const show = useShownValue(kind)
  const fields = (kind.kind?.fields ?? []).filter((field) => field.shownIn.list || field.name === of.title)
  const columnOf = (field: FieldDescription): Column<RecordListItem> => ({
    id: field.name,
    header: kind.label(field.labels),
    numeric: numeric.has(field.type),
    mono: codes.has(field.name),
    narrow: field.name === of.title ? 'lead' : 'keep',
    ...(unsorted.has(field.type) ? {} : { sort: field.name }),
    cell: (record) => {
      if (field.name === of.title)
        return <Title of={of} record={record} shown={show(record, field.name) || record.title} />
      if (field.type === 'tags') return <Tags value={record.values[field.name] ?? null} />
      return show(record, field.name)
    },
  })
  const moment = (
    id: 'createdAt' | 'updatedAt',
    sort: { sort?: string; sortsDown?: boolean },
  ): Column<RecordListItem> => ({
    id,
    header: t(`record.column.${id}`),
    numeric: true,
    ...sort,
    cell: (record) => (
      <time dateTime={record[id]} title={format.moment(record[id])}>
        {format.ago(record[id])}
      </time>
    ),
  })
  const title = fields.filter((field) => field.name === of.title)
  const others = fields.filter((field) => field.name !== of.title)
  return [
    ...title.map(columnOf),
    ...others.map(columnOf),
    { id: 'import', header: t('record.column.import'), cell: (record) => record.importLabel },
    moment('createdAt', {}),
    moment('updatedAt', { sort: 'updated', sortsDown: true }),
  ]
}

function Title(props: { of: RecordKind; record: RecordListItem; shown: string }): ReactElement {
  return (
    <Link to="/$place/$id" params={{ place: props.of.place, id: props.record.id }} data-row-link>
      {props.shown}
    </Link>
  )
}

export function Tags(props: { value: string | null }): ReactElement | null {
  const tags = tagsOf(props.value)
  if (tags.length === 0) return null
  return (
    <span className={css.tags}>
      {tags.map((tag) => (
        <Tag key={tag}>{tag}</Tag>
      ))}
    </span>
  )
}

export function tagsOf(value: string | null | undefined): string[] {
  return (value ?? '')
    .split(', ')
    .map((tag) => tag.trim())
    .filter(Boolean)
}
