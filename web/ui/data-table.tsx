/**
 * A list: 36-pixel rows, columns to choose, sorting by heading, arrow keys from row to row, skeletons of the
 * right height while it loads. On a narrow screen a row becomes two or three lines instead of a sideways scroll.
 */
import { Checkbox, Skeleton } from '@mantine/core'
import { type KeyboardEvent, type ReactElement, type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import css from './data-table.module.css'
import { Icon } from './icons.tsx'

export type Column<Row> = {
  readonly id: string
  readonly header: string
  readonly cell: (row: Row) => ReactNode
  readonly numeric?: boolean
  readonly mono?: boolean
  readonly width?: string
  /** Long words that take the room that is left, over several lines. */
  readonly wide?: boolean
  /** On a narrow screen: heads the row, stays below it, or is left out. */
  readonly narrow?: 'lead' | 'keep' | 'drop'
  /** What `onSort` is called with; absent: the list cannot be sorted by it. */
  readonly sort?: string
  /** By itself this sort begins with the last: a moment, newest first. */
  readonly sortsDown?: boolean
  /** The heading is for screen readers only. */
  readonly quietHeader?: boolean
}

/** Rows can be chosen, each by a box of its own, all that are shown by the one in the heading. */
export type RowChoice<Row> = {
  readonly isChosen: (row: Row) => boolean
  readonly onToggle: (row: Row) => void
  readonly nameOf: (row: Row) => string
  readonly all: 'none' | 'some' | 'all'
  readonly allName: string
  readonly onToggleAll: () => void
}

type DataTableProps<Row> = {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  loading?: boolean
  skeletonRows?: number
  sort?: string
  onSort?: (sort: string) => void
  /** Rows stand apart from each other when they are not links. */
  plain?: boolean
  choice?: RowChoice<Row>
}

export function DataTable<Row>(props: DataTableProps<Row>): ReactElement {
  const { columns, rows, loading = false, choice } = props
  const table = useRef<HTMLTableElement>(null)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div className={css.scroll} role="region" aria-label={props.caption} tabIndex={0}>
      <table
        ref={table}
        role="table"
        className={css.table}
        aria-busy={loading}
        onKeyDown={(event) => moveByArrow(event, table.current)}
      >
        <caption className="visually-hidden">{props.caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {choice && (
              <th role="columnheader" scope="col" className={css.choice}>
                <Checkbox
                  size="xs"
                  checked={choice.all === 'all'}
                  indeterminate={choice.all === 'some'}
                  aria-label={choice.allName}
                  onChange={choice.onToggleAll}
                />
              </th>
            )}
            {columns.map((column) => (
              <Heading key={column.id} column={column} sort={props.sort} onSort={props.onSort} />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {loading
            ? Array.from({ length: props.skeletonRows ?? 12 }, (_, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: skeletons have nothing else
                <SkeletonRow key={index} columns={columns} hasChoice={choice !== undefined} />
              ))
            : rows.map((row) => (
                <tr key={props.rowKey(row)} role="row" className={css.row} data-plain={props.plain ?? false}>
                  {choice && (
                    <td role="cell" className={css.choice}>
                      <Checkbox
                        size="xs"
                        checked={choice.isChosen(row)}
                        aria-label={choice.nameOf(row)}
                        onChange={() => choice.onToggle(row)}
                      />
                    </td>
                  )}
                  {columns.map((column) => (
                    <td
                      key={column.id}
                      role="cell"
                      data-numeric={column.numeric}
                      data-mono={column.mono}
                      data-wide={column.wide}
                      data-narrow={column.narrow ?? 'drop'}
                    >
                      {column.cell(row)}
                    </td>
                  ))}
                </tr>
              ))}
        </tbody>
      </table>
    </div>
  )
}

function Heading<Row>(props: {
  column: Column<Row>
  sort: string | undefined
  onSort: ((sort: string) => void) | undefined
}): ReactElement {
  const { column, sort, onSort } = props
  const { t } = useTranslation()
  const isDescending = sort?.startsWith('-') ?? false
  const isSorted = column.sort !== undefined && column.sort === (isDescending ? sort?.slice(1) : sort)
  const name = column.quietHeader ? <span className="visually-hidden">{column.header}</span> : column.header
  return (
    <th
      role="columnheader"
      scope="col"
      data-numeric={column.numeric}
      {...(isSorted
        ? { 'aria-sort': isDescending === (column.sortsDown ?? false) ? 'ascending' : 'descending' }
        : {})}
      style={column.width ? { width: column.width } : undefined}
    >
      {column.sort && onSort ? (
        <button
          type="button"
          className={css.sort}
          data-sorted={isSorted}
          title={t('ui.sortBy', { column: column.header })}
          onClick={() => onSort(column.sort ?? '')}
        >
          {name}
          <Icon
            name={isSorted ? (isDescending === (column.sortsDown ?? false) ? 'up' : 'down') : 'sort'}
            size={12}
          />
        </button>
      ) : (
        name
      )}
    </th>
  )
}

function SkeletonRow<Row>(props: { columns: readonly Column<Row>[]; hasChoice: boolean }): ReactElement {
  return (
    <tr role="row" className={css.row} data-plain="true">
      {props.hasChoice && <td role="cell" className={css.choice} />}
      {props.columns.map((column, index) => (
        <td key={column.id} role="cell" data-numeric={column.numeric} data-narrow={column.narrow ?? 'drop'}>
          <Skeleton height={10} width={index === 0 ? '70%' : '52%'} display="inline-block" />
        </td>
      ))}
    </tr>
  )
}

/** Up and down go from row to row, Home and End to the first and the last. */
function moveByArrow(event: KeyboardEvent, table: HTMLTableElement | null): void {
  if (!table || !['ArrowDown', 'ArrowUp', 'Home', 'End'].includes(event.key)) return
  const links = [...table.querySelectorAll<HTMLElement>('[data-row-link]')]
  const at = links.indexOf(document.activeElement as HTMLElement)
  if (at < 0) return
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }
  const next = links[steps[event.key as keyof typeof steps]]
  if (!next) return
  event.preventDefault()
  next.focus()
}
