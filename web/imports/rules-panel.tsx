/** The rules of the import: which rows may go in, what happens to records that exist, how they are recognised. */
import { NativeSelect, Radio } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { changeSettings, type ImportSettings, type ImportView } from '../../src/imports/contract.ts'
import { call } from '../api.ts'
import { Problem } from '../ui/notice.tsx'
import { Panel } from '../ui/panel.tsx'
import css from './columns-step.module.css'
import type { KindWords } from './kinds.ts'
import { useImportStep } from './use-import.ts'
import type { MappingEditor } from './use-mapping.ts'

const rowRules = ['valid_only', 'all_or_nothing'] as const
const existingRules = ['upsert', 'create', 'update'] as const

export function RulesPanel(props: { run: ImportView; kind: KindWords; editor: MappingEditor }): ReactElement {
  const { t } = useTranslation()
  const { run, kind } = props
  const { settings } = run
  const change = useImportStep(run.id, (body: Partial<ImportSettings>) =>
    call(changeSettings, { params: { id: run.id }, body }),
  )
  const now = { ...settings, ...(change.isPending ? change.variables : {}) }
  const keys = kind.kind?.matchKeys ?? []
  if (!run.may.edit)
    return (
      <Panel title={t('import.rules.title')}>
        <div className={css.stack}>
          <Settled name={t('import.rules.rows')} value={t(`import.rules.${settings.rows}`)} />
          <Settled name={t('import.rules.existing')} value={t(`import.rules.${settings.existing}`)} />
          <Settled
            name={t('import.rules.match')}
            value={settings.match.map(kind.fieldLabel).join(' + ') || t('import.rules.firstFilled')}
          />
        </div>
      </Panel>
    )
  return (
    <Panel title={t('import.rules.title')}>
      <div className={css.stack}>
        <Problem error={change.error} />
        <Radio.Group
          label={t('import.rules.rows')}
          value={now.rows}
          onChange={(rows) => change.mutate({ rows })}
        >
          {rowRules.map((rule) => (
            <Rule key={rule} value={rule} label={t(`import.rules.${rule}`)} />
          ))}
        </Radio.Group>
        <Radio.Group
          label={t('import.rules.existing')}
          value={now.existing}
          onChange={(existing) => change.mutate({ existing })}
        >
          {existingRules.map((rule) => (
            <Rule key={rule} value={rule} label={t(`import.rules.${rule}`)} />
          ))}
        </Radio.Group>
        <NativeSelect
          label={t('import.rules.match')}
          description={t('import.rules.matchWhy')}
          value={now.match.join(',')}
          onChange={(event) =>
            change.mutate({
              match: event.currentTarget.value === '' ? [] : event.currentTarget.value.split(','),
            })
          }
          data={[
            { value: '', label: t('import.rules.firstFilled') },
            ...keys.map((key) => ({ value: key.join(','), label: key.map(kind.fieldLabel).join(' + ') })),
          ]}
        />
      </div>
    </Panel>
  )
}

function Settled(props: { name: string; value: string }): ReactElement {
  return (
    <div>
      <p className="quiet">{props.name}</p>
      <p>{props.value}</p>
    </div>
  )
}

function Rule(props: { value: string; label: string }): ReactElement {
  return <Radio mt={6} value={props.value} label={props.label} />
}
