/** What the check found, by cause: how often, an example, and one click to see just these cells. */
import { Link, useSearch } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportView } from '../../src/imports/contract.ts'
import { useFormat } from '../ui/format.ts'
import css from './check-step.module.css'
import { isGroup, useFindingWords } from './finding-group.ts'
import { toStep } from './import-address.ts'

export function FindingGroups(props: { run: ImportView }): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const { run } = props
  const words = useFindingWords(run)
  const chosen = useSearch({ from: '/shell/imports/$id/$step' })
  return (
    <nav aria-label={t('import.check.findings')}>
      <h2 className={css.groupsTitle}>{t('import.check.findings')}</h2>
      <ul className={css.groups}>
        {run.findingGroups.map((group) => {
          const isChosen = isGroup(group, chosen)
          const example = group.examples.find((one) => one.value !== null)
          return (
            <li key={`${group.source} ${group.code} ${group.field}`}>
              <Link
                {...toStep(
                  run.id,
                  'check',
                  isChosen
                    ? {}
                    : {
                        code: group.code,
                        source: String(group.source),
                        ...(group.field === null ? {} : { field: group.field }),
                      },
                )}
                className={css.group}
                data-severity={group.severity}
                activeOptions={{ exact: true }}
                data-current={isChosen}
                {...(isChosen ? { 'aria-current': 'true' as const } : {})}
              >
                <span className={css.groupLine}>
                  <span>{group.title}</span>
                  <span className={css.count}>{format.number(group.count)}</span>
                </span>
                <span className={css.about}>
                  {t(`import.severity.${group.severity}`)}
                  {words(group).map((word) => ` · ${word}`)}
                  {group.rows !== group.count && ` · ${t('import.check.inRows', { count: group.rows })}`}
                </span>
                {example && <span className={css.examples}>{example.value || '∅'}</span>}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
