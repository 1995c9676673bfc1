/** What reading came across, by cause; each place can be gone to in the rows below. */
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FindingView } from '../../src/imports/contract.ts'
import type { listReadingFindings } from '../../src/imports/read/contract.ts'
import type { OperationAnswer } from '../../src/platform/contract.ts'
import { useFormat } from '../ui/format.ts'
import { Icon } from '../ui/icons.tsx'
import css from './file-step.module.css'

export type Place = { readonly row: number; readonly column: number | null }
type Group = OperationAnswer<typeof listReadingFindings>['groups'][number]

/** Told elsewhere on the page: as a question, in the sentence, or by the rows that are shown as left out. */
const toldElsewhere = new Set([
  'sheet.hidden_rows',
  'sheet.hidden_columns',
  'sheet.filtered',
  'sheet.merged',
  'sheet.others',
  'file.more_tables',
  'file.preamble',
])

export function FileWarnings(props: {
  found: OperationAnswer<typeof listReadingFindings>
  place: Place | null
  onPlace: (place: Place) => void
}): ReactElement | null {
  const { t } = useTranslation()
  const { found } = props
  const groups = found.groups.filter(({ code }) => !toldElsewhere.has(code))
  if (groups.length === 0) return null
  return (
    <section className={css.warnings} aria-label={t('import.warnings.title')}>
      <h2 className={css.warningsTitle}>{t('import.warnings.title')}</h2>
      {!found.isWhole && (
        <p className={css.warningsWhy}>{t('import.warnings.firstOnly', { count: found.rows })}</p>
      )}
      <ul>
        {groups.map((group) => (
          <Warning key={group.code} group={group} place={props.place} onPlace={props.onPlace} />
        ))}
      </ul>
    </section>
  )
}

const placesAtFirst = 6

function Warning(props: {
  group: Group
  place: Place | null
  onPlace: (place: Place) => void
}): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const { group } = props
  const [isOpen, setIsOpen] = useState(false)
  const [first] = group.places
  const places = group.places.filter(({ row }) => row > 0)
  const shown = isOpen ? places : places.slice(0, placesAtFirst)
  const hasPlaces = places.length > 0
  return (
    <li className={css.warning} data-severity={group.severity}>
      <span className={css.warningIcon}>
        <Icon name={group.severity === 'info' ? 'info' : 'warning'} size={15} />
      </span>
      <div>
        <p>
          {hasPlaces ? group.title : (first?.sentence ?? group.title)}
          {hasPlaces && <span className={css.count}>{format.number(group.count)} ×</span>}
        </p>
        {hasPlaces && (
          <div className={css.places}>
            {shown.map((finding) => (
              <PlaceButton
                key={`${finding.row} ${finding.column}`}
                finding={finding}
                isCurrent={props.place?.row === finding.row && props.place.column === finding.column}
                onPlace={props.onPlace}
              />
            ))}
            {places.length > shown.length && (
              <button type="button" className={css.more} onClick={() => setIsOpen(true)}>
                {t('import.warnings.more', { count: places.length - shown.length })}
              </button>
            )}
            {isOpen && group.count > places.length && (
              <span className="quiet">
                {t('import.warnings.rest', { count: group.count - places.length })}
              </span>
            )}
          </div>
        )}
      </div>
    </li>
  )
}

function PlaceButton(props: {
  finding: FindingView
  isCurrent: boolean
  onPlace: (place: Place) => void
}): ReactElement {
  const { t } = useTranslation()
  const { finding } = props
  const name =
    finding.columnName === null
      ? t('import.rowNumber', { row: finding.row })
      : t('import.warnings.cell', { row: finding.row, column: finding.columnName })
  return (
    <button
      type="button"
      className={css.place}
      aria-pressed={props.isCurrent}
      title={finding.sentence}
      onClick={() => props.onPlace({ row: finding.row, column: finding.column })}
    >
      {name}
    </button>
  )
}
