/** Records of each kind by themselves: what becomes, or became, of them; a row can make several, of several kinds. */
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Counts, ImportView } from '../../src/imports/contract.ts'
import { useFormat } from '../ui/format.ts'
import { useKind } from './kinds.ts'
import { listOfImport } from './record-address.ts'
import css from './records-by-kind.module.css'

type Records = Counts['records'][number]

const fates = ['created', 'updated', 'unchanged', 'joined', 'skipped', 'failed'] as const

/** Nothing where there is one kind and every row is one record: the rows say it all then. */
export function RecordsByKind(props: { run: ImportView; counts: Counts }): ReactElement | null {
  const { t } = useTranslation()
  const { run, counts } = props
  const shown = fates.filter(
    (fate) => fate === 'created' || fate === 'failed' || counts.records.some((kind) => kind[fate] > 0),
  )
  if (counts.records.length < 2) return null
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div className={css.scroll} role="region" aria-label={t('import.records.title')} tabIndex={0}>
      <table className={css.table}>
        <caption className="visually-hidden">{t('import.records.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('import.records.kind')}</th>
            {shown.map((fate) => (
              <th key={fate} scope="col" className={css.number}>
                {run.loadedAt ? t(`import.records.${fate}`) : t(`import.plan.${fate}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {counts.records.map((records) => (
            <KindLine key={records.kind} run={run} records={records} shown={shown} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function KindLine(props: {
  run: ImportView
  records: Records
  shown: readonly (typeof fates)[number][]
}): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const { run, records } = props
  const { kind, label } = useKind(records.kind)
  const name = kind ? label(kind.labels) : records.kind
  const list = listOfImport(records.kind, run.id)
  const isThere = run.loadedAt !== null && run.status !== 'undone' && records.created > 0
  return (
    <tr>
      <th scope="row">
        {list && isThere ? (
          <Link {...list} aria-label={t('import.records.see', { kind: name, label: run.label })}>
            {name}
          </Link>
        ) : (
          name
        )}
      </th>
      {props.shown.map((fate) => (
        <td key={fate} className={css.number} data-fate={fate} data-none={records[fate] === 0}>
          {format.number(records[fate])}
        </td>
      ))}
    </tr>
  )
}
