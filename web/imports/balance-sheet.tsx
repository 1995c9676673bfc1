/** Rows in the file = loaded + unchanged + skipped + failed, written as a sheet that adds up; every sum opens. */
import { Link } from '@tanstack/react-router'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Counts, ImportView } from '../../src/imports/contract.ts'
import { useFormat } from '../ui/format.ts'
import { Icon } from '../ui/icons.tsx'
import css from './result-step.module.css'

type Line = {
  key: 'rows' | 'loaded' | 'created' | 'updated' | 'joined' | 'unchanged' | 'skipped' | 'failed' | 'sum'
  level: 'total' | 'line' | 'part' | 'sum'
  tone?: 'green' | 'grey' | 'amber' | 'red'
  count: number
  opens?: { step: 'file' | 'check' | 'result'; search: Record<string, string> }
}

export function BalanceSheet(props: { run: ImportView; counts: Counts }): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const { counts, run } = props
  const sum = counts.loaded + counts.unchanged + counts.skipped + counts.failed
  const isBalanced = run.balanced ?? sum === counts.rows
  return (
    <>
      <table className={css.sheet}>
        <caption className="visually-hidden">{t('import.sheet.title')}</caption>
        <tbody>
          {linesOf(counts, sum).map((line) => (
            <tr key={line.key} data-level={line.level}>
              <th scope="row">
                <span className={css.name}>
                  {line.tone && <span className={css.key} data-tone={line.tone} aria-hidden="true" />}
                  {t(`import.sheet.${line.key}`)}
                </span>
              </th>
              <td className={css.amount}>
                <Amount run={run} line={line}>
                  {format.number(line.count)}
                </Amount>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={css.balance} data-balanced={isBalanced}>
        <Icon name={isBalanced ? 'check' : 'warning'} size={14} />
        {isBalanced ? t('import.sheet.balanced') : t('import.sheet.notBalanced')}
      </p>
    </>
  )
}

function linesOf(counts: Counts, sum: number): readonly Line[] {
  const check = { step: 'check' as const, search: {} }
  const view = (name: string) => ({ step: 'result' as const, search: { view: name } })
  return [
    { key: 'rows', level: 'total', count: counts.rows, opens: { step: 'file', search: {} } },
    { key: 'loaded', level: 'line', tone: 'green', count: counts.loaded, opens: view('created') },
    { key: 'created', level: 'part', count: counts.created, opens: view('created') },
    { key: 'updated', level: 'part', count: counts.updated, opens: view('updated') },
    ...(counts.joined > 0 ? [{ key: 'joined', level: 'part', count: counts.joined } as const] : []),
    { key: 'unchanged', level: 'line', tone: 'grey', count: counts.unchanged, opens: check },
    { key: 'skipped', level: 'line', tone: 'amber', count: counts.skipped, opens: check },
    { key: 'failed', level: 'line', tone: 'red', count: counts.failed, opens: view('failed') },
    { key: 'sum', level: 'sum', count: sum },
  ]
}

function Amount(props: { run: ImportView; line: Line; children: ReactNode }): ReactElement {
  const { opens, count } = props.line
  if (!opens || count === 0) return <>{props.children}</>
  return (
    <Link
      to="/imports/$id/$step"
      params={{ id: props.run.id, step: opens.step }}
      search={opens.search}
      resetScroll={opens.step !== 'result'}
    >
      {props.children}
    </Link>
  )
}
