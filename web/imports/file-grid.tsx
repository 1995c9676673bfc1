/**
 * The rows as they will be read, between what is left out: rows above the table, the rows of a header that were
 * joined, rows below. What is left out is grey and says so; a row above can be made the header.
 */
import { Skeleton } from '@mantine/core'
import { type ReactElement, type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { FirstRows } from '../../src/imports/read/contract.ts'
import css from './file-grid.module.css'
import type { Place } from './file-warnings.tsx'

type Frame = FirstRows['above'][number]

export function FileGrid(props: {
  rows: FirstRows | undefined
  /** How many rows above the table are left out; more than are shown when there are many. */
  preambleRows: number
  footerRows: number
  place?: Place | null
  busy?: boolean
  /** Absent where nothing may be changed. */
  onHeader?: ((record: number) => void) | undefined
}): ReactElement {
  const { t } = useTranslation()
  const { rows, place = null } = props
  const marked = useMarked(place, rows)
  const width = rows?.columns.length ?? 0
  const isTop = (rows?.rows[0]?.row ?? 1) === 1
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div
      className={css.scroll}
      role="region"
      aria-label={t('import.file.firstRows')}
      tabIndex={0}
      data-busy={props.busy}
    >
      {!rows ? (
        <Waiting />
      ) : (
        <table className={css.grid}>
          <caption className="visually-hidden">{t('import.file.firstRows')}</caption>
          <Names rows={rows} />
          {isTop && rows.above.length > 0 && (
            <tbody className={css.left}>
              <Divider width={width}>{t('import.file.leftAbove', { count: props.preambleRows })}</Divider>
              {rows.above.map((frame, at) => (
                <FrameRow key={frame.record ?? at} frame={frame} width={width} onHeader={props.onHeader} />
              ))}
            </tbody>
          )}
          {isTop && rows.header.length > 1 && (
            <tbody className={css.joined}>
              <Divider width={width}>{t('import.file.joined', { count: rows.header.length })}</Divider>
              {rows.header.map((frame, at) => (
                <FrameRow key={frame.record ?? at} frame={frame} width={width} onHeader={props.onHeader} />
              ))}
            </tbody>
          )}
          <tbody>
            {isTop && rows.above.length + Math.max(0, rows.header.length - 1) > 0 && (
              <Divider width={width}>{t('import.file.data')}</Divider>
            )}
            {rows.rows.map((row) => (
              <DataRow key={row.row} row={row} rows={rows} place={place} marked={marked} />
            ))}
          </tbody>
          {rows.below.length > 0 && (
            <tbody className={css.left}>
              <Divider width={width}>{t('import.file.leftBelow', { count: props.footerRows })}</Divider>
              {rows.below.map((frame, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the same rows in the same order
                <FrameRow key={at} frame={frame} width={width} />
              ))}
            </tbody>
          )}
        </table>
      )}
    </div>
  )
}

function Waiting(): ReactElement {
  return (
    <div className={css.skeleton}>
      {Array.from({ length: 12 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: skeletons have nothing else
        <Skeleton key={index} height={10} />
      ))}
    </div>
  )
}

/** The cell that was gone to comes into view, once for each time that it is asked for. */
function useMarked(place: Place | null, rows: FirstRows | undefined) {
  const cell = useRef<HTMLTableCellElement>(null)
  const isThere = place !== null && rows?.rows.some(({ row }) => row === place.row) === true
  useEffect(() => {
    if (place !== null && isThere) cell.current?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [place, isThere])
  return cell
}

/** Names of the columns, each with what its values say of numbers and dates. */
function Names(props: { rows: FirstRows }): ReactElement {
  const { t } = useTranslation()
  const { columns, hints } = props.rows
  return (
    <thead>
      <tr>
        <th scope="col" className={css.number}>
          <span className="visually-hidden">{t('import.row')}</span>
          <span aria-hidden="true">#</span>
        </th>
        {columns.map((name, at) => {
          const hint = hints[at]
          const words = [
            ...(hint?.dateOrder ? [t(`import.hint.${hint.dateOrder}`)] : []),
            ...(hint?.decimalMark === ',' ? [t('import.hint.decimalComma')] : []),
            ...(hint?.decimalMark === '.' ? [t('import.hint.decimalPoint')] : []),
          ]
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
            <th key={at} scope="col" title={name}>
              {name}
              {words.length > 0 && (
                <span className={css.hint} data-open={hint?.dateOrder === 'unsettled'}>
                  {words.join(', ')}
                </span>
              )}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

function Divider(props: { width: number; children: ReactNode }): ReactElement {
  return (
    <tr className={css.divider}>
      <th scope="rowgroup" colSpan={props.width + 1}>
        <span>{props.children}</span>
      </th>
    </tr>
  )
}

function FrameRow(props: {
  frame: Frame
  width: number
  onHeader?: ((record: number) => void) | undefined
}): ReactElement {
  const { t } = useTranslation()
  const { frame, onHeader } = props
  const { record } = frame
  return (
    <tr>
      <th scope="row" className={css.number}>
        {frame.line ?? '…'}
        {onHeader && record !== null && (
          <button type="button" className={css.makeHeader} onClick={() => onHeader(record)}>
            {t('import.file.makeHeader', { row: record })}
          </button>
        )}
      </th>
      {spanned(frame.cells, props.width).map(({ text, at, span }) => (
        <td key={at} colSpan={span} title={text.length > 28 ? text : undefined}>
          {inOneLine(text)}
        </td>
      ))}
    </tr>
  )
}

/** What stands beside blank cells may run over them; what stands right of the table follows in its last cell. */
function spanned(cells: readonly string[], width: number): { text: string; at: number; span: number }[] {
  const found: { text: string; at: number; span: number }[] = []
  const beyond = cells.slice(width).filter((cell) => cell !== '')
  for (let at = 0; at < width; at += 1) {
    const text =
      at === width - 1 ? [cells[at] ?? '', ...beyond].filter(Boolean).join(' … ') : (cells[at] ?? '')
    const last = found.at(-1)
    if (last && text === '') last.span += 1
    else found.push({ text, at, span: 1 })
  }
  return found
}

function DataRow(props: {
  row: FirstRows['rows'][number]
  rows: FirstRows
  place: Place | null
  marked: React.RefObject<HTMLTableCellElement | null>
}): ReactElement {
  const { t } = useTranslation()
  const { row, place } = props
  const isPlace = place?.row === row.row
  const findings = props.rows.findings.filter((finding) => finding.row === row.row)
  const ofRow = findings.find(({ column }) => column === null || column >= props.rows.columns.length)
  return (
    <tr data-place={isPlace}>
      <th
        scope="row"
        className={css.number}
        title={ofRow?.sentence ?? t('import.file.line', { line: row.line })}
        data-noted={ofRow !== undefined}
        {...(isPlace && (place.column === null || place.column >= props.rows.columns.length)
          ? { ref: props.marked }
          : {})}
      >
        {row.row}
      </th>
      {props.rows.columns.map((name, at) => {
        const finding = findings.find(({ column }) => column === at)
        const cell = row.cells[at] ?? ''
        const isMarked = isPlace && place.column === at
        return (
          <td
            key={`${at} ${name}`}
            data-severity={finding?.severity}
            data-place={isMarked}
            title={finding?.sentence ?? (cell.length > 28 ? cell : undefined)}
            {...(isMarked ? { ref: props.marked } : {})}
          >
            {inOneLine(cell)}
            {finding && <span className="visually-hidden">{finding.sentence}</span>}
          </td>
        )
      })}
    </tr>
  )
}

/** A line break inside a cell is shown as what it is, without making the row higher. */
function inOneLine(text: string): string {
  return text.replace(/\r\n|[\r\n]/g, ' ⏎ ')
}
