/** How the file is read, as one sentence; each underlined part opens what else it could be. */
import type { ReactElement } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import type { FirstRows, ReadingView } from '../../src/imports/read/contract.ts'
import { FilePart, type Options, type PartGroup } from './file-part.tsx'
import css from './file-step.module.css'

const encodings = [
  'utf-8',
  'windows-1250',
  'windows-1252',
  'iso-8859-2',
  'iso-8859-1',
  'ibm852',
  'windows-1251',
  'utf-16le',
  'utf-16be',
] as const
const delimiters = [';', ',', '\t', '|'] as const

export type SentenceProps = {
  reading: ReadingView
  firstRows: FirstRows | undefined
  /** As counted by a check; null before. */
  rows: number | null
  /** What is chosen now, if the reading has not followed yet. */
  chosen: Options
  disabled: boolean
  busy: boolean
  onChange: (options: Options) => void
}

export function FileSentence(props: SentenceProps): ReactElement {
  const { t } = useTranslation()
  const { reading } = props
  const groupsOf = useGroups(props)
  const delimiterName = useDelimiterName()
  const headerName = useHeaderName()
  const part = (label: string, name: string, groups: readonly PartGroup[]) => (
    <FilePart
      label={label}
      name={name}
      groups={groups}
      chosen={props.chosen}
      disabled={props.disabled}
      onChange={props.onChange}
    />
  )
  const rows = props.rows ?? reading.rowsEstimated
  const isCounted = props.rows !== null || reading.rowsCounted
  const count =
    rows === null ? null : t(isCounted ? 'import.reading.rows' : 'import.reading.rowsAbout', { count: rows })
  const form = reading.sheet ? 'sheet' : 'text'
  return (
    <p className={css.sentence} aria-busy={props.busy} data-busy={props.busy}>
      <Trans
        i18nKey={`import.reading.${form}${count === null ? 'NoRows' : ''}`}
        values={{ columns: t('import.reading.columns', { count: reading.columns.length }), rows: count }}
        components={{
          delimiter: part(
            delimiterName(reading.delimiter),
            t('import.reading.delimiter'),
            groupsOf.delimiter,
          ),
          encoding: part(encodingName(reading.encoding), t('import.reading.encoding'), groupsOf.encoding),
          header: part(headerName(reading), t('import.reading.header'), groupsOf.header),
          sheet: part(reading.sheet?.name ?? '', t('import.reading.sheetName'), groupsOf.sheet),
          strong: <strong className="num" />,
        }}
      />{' '}
      {reading.tables > 1 && (
        <Trans
          i18nKey="import.reading.isTable"
          components={{
            table: part(
              t('import.reading.tableOf', { table: reading.table, tables: reading.tables }),
              t('import.reading.table'),
              groupsOf.table,
            ),
          }}
        />
      )}{' '}
      {reading.archive &&
        t('import.reading.unpacked', { entry: reading.archive.entry, kind: reading.archive.kind })}
    </p>
  )
}

type Groups = Record<'delimiter' | 'encoding' | 'header' | 'sheet' | 'table', readonly PartGroup[]>

function useGroups(props: SentenceProps): Groups {
  const { t } = useTranslation()
  const { reading } = props
  const delimiterName = useDelimiterName()
  // Another sheet or table has another header: what was said of this one is forgotten.
  const shape = ['headerRow', 'headerRows', 'preambleRows', 'footerRows'] as const
  return {
    delimiter: [
      {
        name: t('import.reading.delimiter'),
        drop: [],
        options: [...new Set([...delimiters, reading.delimiter])].map((one) => ({
          key: one,
          label: delimiterName(one),
          isCurrent: one === reading.delimiter,
          take: { delimiter: one },
        })),
      },
    ],
    encoding: [
      {
        name: t('import.reading.encoding'),
        drop: [],
        options: [...new Set([...encodings, reading.encoding])].map((one) => ({
          key: one,
          label: encodingName(one),
          isCurrent: one === reading.encoding,
          take: { encoding: one },
        })),
      },
    ],
    header: useHeaderGroups(props),
    sheet: [
      {
        name: t('import.reading.sheetName'),
        drop: [...shape, 'table'],
        options: (reading.sheet?.sheets ?? [])
          .filter(({ hasCells }) => hasCells)
          .map((sheet) => ({
            key: sheet.name,
            label:
              sheet.state === 'visible' ? sheet.name : t('import.reading.hiddenSheet', { name: sheet.name }),
            isCurrent: sheet.name === reading.sheet?.name,
            take: { sheet: sheet.name },
          })),
      },
    ],
    table: [
      {
        name: t('import.reading.table'),
        drop: shape,
        options: Array.from({ length: Math.min(reading.tables, 50) }, (_, at) => ({
          key: String(at + 1),
          label: t('import.reading.tableOf', { table: at + 1, tables: reading.tables }),
          isCurrent: at + 1 === reading.table,
          take: { table: at + 1 },
        })),
      },
    ],
  }
}

const headersOffered = 12
const headerHeights = [1, 2, 3] as const

/** Rows that could be the header, each with what stands in it; and how many rows it has. */
function useHeaderGroups({ reading, firstRows }: SentenceProps): PartGroup[] {
  const { t } = useTranslation()
  const frames = [...(firstRows?.above ?? []), ...(firstRows?.header ?? [])]
  const known = new Map(frames.flatMap(({ record, cells }) => (record === null ? [] : [[record, cells]])))
  for (const { line, cells } of (firstRows?.rows ?? []).slice(0, 5))
    if (line > 0 && !known.has(line)) known.set(line, cells)
  const rows = [...known].sort(([a], [b]) => a - b).slice(0, headersOffered)
  const drop = ['headerRow', 'headerRows', 'preambleRows'] as const
  const height: PartGroup = {
    name: t('import.reading.headerHeight'),
    drop: ['headerRows', 'preambleRows'],
    options: headerHeights.map((count) => ({
      key: `height ${count}`,
      label: t('import.reading.headerRows', { count }),
      isCurrent: reading.headerRows === count,
      take: { headerRow: reading.headerRow, headerRows: count },
    })),
  }
  return [
    {
      name: t('import.reading.header'),
      drop,
      options: [
        {
          key: 'none',
          label: t('import.reading.noHeader'),
          isCurrent: reading.headerRow === 0,
          take: { headerRow: 0 },
        },
        ...rows.map(([record, cells]) => ({
          key: String(record),
          label: <HeaderChoice row={record} cells={cells} />,
          isCurrent: record === reading.headerRow,
          take: { headerRow: record },
        })),
      ],
    },
    ...(reading.headerRow > 0 ? [height] : []),
  ]
}

function HeaderChoice(props: { row: number; cells: readonly string[] }): ReactElement {
  const { t } = useTranslation()
  const filled = props.cells.filter((cell) => cell.trim() !== '')
  return (
    <span className={css.headerChoice}>
      <span className="num">{t('import.rowNumber', { row: props.row })}</span>
      <span className={css.headerCells}>{filled.slice(0, 5).join(' · ')}</span>
    </span>
  )
}

function encodingName(encoding: string): string {
  return /^windows/i.test(encoding) ? encoding.replace(/^w/, 'W') : encoding.toUpperCase()
}

function useDelimiterName(): (delimiter: string) => string {
  const { t } = useTranslation()
  return (delimiter) => {
    if (delimiter === ';') return t('import.reading.semicolon')
    if (delimiter === ',') return t('import.reading.comma')
    if (delimiter === '\t') return t('import.reading.tab')
    if (delimiter === '|') return t('import.reading.pipe')
    return t('import.reading.other', { delimiter })
  }
}

function useHeaderName(): (reading: ReadingView) => string {
  const { t } = useTranslation()
  return ({ headerRow, headerRows }) => {
    if (headerRow === 0) return t('import.reading.noHeader')
    if (headerRows === 1) return t('import.reading.headerIn', { row: headerRow })
    return t('import.reading.headersIn', { from: headerRow, to: headerRow + headerRows - 1 })
  }
}
