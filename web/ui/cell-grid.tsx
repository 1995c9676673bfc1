/**
 * A grid of raw cells: monospaced, row numbers that stay at the left while it scrolls, marked cells that say
 * why to those who see and those who hear.
 */
import { Skeleton } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import css from './cell-grid.module.css'

export type GridCell = { readonly text: string; readonly problem?: string; readonly isWarning?: boolean }
export type GridRow = {
  readonly key: string
  readonly number: number
  /** Stands after the number: what the row will become. */
  readonly mark?: ReactNode
  readonly cells: readonly GridCell[]
  /** What is wrong with the row as a whole. */
  readonly note?: string
}

export function CellGrid(props: {
  caption: string
  columns: readonly { key: string; header: string }[]
  rows: readonly GridRow[]
  rowHeader: string
  markHeader?: string
  loading?: boolean
  skeletonRows?: number
}): ReactElement {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div className={css.scroll} role="region" aria-label={props.caption} tabIndex={0}>
      {props.loading ? (
        <div className={css.skeleton}>
          {Array.from({ length: props.skeletonRows ?? 21 }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: skeletons have nothing else
            <Skeleton key={index} height={10} />
          ))}
        </div>
      ) : (
        <table className={css.grid}>
          <caption className="visually-hidden">{props.caption}</caption>
          <thead>
            <tr>
              <th scope="col" className={css.number}>
                <span className="visually-hidden">{props.rowHeader}</span>
                <span aria-hidden="true">#</span>
              </th>
              {props.markHeader && <th scope="col">{props.markHeader}</th>}
              {props.columns.map((column) => (
                <th key={column.key} scope="col" title={column.header}>
                  {column.header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {props.rows.map((row) => (
              <Row key={row.key} row={row} hasMark={props.markHeader !== undefined} columns={props.columns} />
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}

/** A line break inside a cell is shown as what it is, without making the row higher. */
function inOneLine(text: string): string {
  return text.replace(/\r\n|[\r\n]/g, ' ⏎ ')
}

function Row(props: { row: GridRow; hasMark: boolean; columns: readonly { key: string }[] }): ReactElement {
  const { row } = props
  return (
    <tr>
      <th scope="row" className={css.number}>
        {row.number}
      </th>
      {props.hasMark && (
        <td className={css.mark}>
          {row.mark}
          {row.note && <span className={css.note}>{row.note}</span>}
        </td>
      )}
      {props.columns.map((column, index) => {
        const cell = row.cells[index]
        return cell?.problem ? (
          <td
            key={column.key}
            className={css.bad}
            data-warning={cell.isWarning ?? false}
            title={cell.problem}
          >
            <span className={css.value}>{inOneLine(cell.text) || '∅'}</span>
            <span className={css.reason}>{cell.problem}</span>
          </td>
        ) : (
          <td key={column.key} title={cell && cell.text.length > 28 ? cell.text : undefined}>
            {cell && inOneLine(cell.text)}
          </td>
        )
      })}
    </tr>
  )
}
