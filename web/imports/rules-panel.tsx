/** The rules of the import: which rows may go in, what happens to records that exist, how they are recognised. */
import { NativeSelect, Radio, Switch } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { changeSettings, type ImportSettings, type ImportView } from '../../src/imports/contract.ts'
import { call } from '../api.ts'
import { Problem } from '../ui/notice.tsx'
import { Panel } from '../ui/panel.tsx'
import { useChildKinds } from './child-kinds.ts'
import css from './columns-step.module.css'
import { type KindWords, parseChildPath, useKind } from './kinds.ts'
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
  const children = useChildKinds().filter((child) => child.parent === kind.kind?.name)
  const isFilled = (child: string) =>
    props.editor.mapping.columns.some((column) => parseChildPath(column.field).child === child)
  const recognised = [
    ...(kind.kind ? [kind.kind.name] : []),
    ...children.map((child) => child.kind).filter(isFilled),
  ]
  if (!run.may.edit)
    return (
      <Panel title={t('import.rules.title')}>
        <div className={css.stack}>
          <Settled name={t('import.rules.rows')} value={t(`import.rules.${settings.rows}`)} />
          <Settled name={t('import.rules.existing')} value={t(`import.rules.${settings.existing}`)} />
          {recognised.map((name) => (
            <MatchKey key={name} run={run} kind={name} isAlone={recognised.length === 1} settings={now} />
          ))}
          <Settled
            name={t('import.duplicates.title')}
            value={t(`import.duplicates.${settings.duplicates}Why`)}
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
        {recognised.map((name) => (
          <MatchKey
            key={name}
            run={run}
            kind={name}
            isAlone={recognised.length === 1}
            settings={now}
            onChange={change.mutate}
          />
        ))}
        <Switch
          label={t('import.duplicates.allow')}
          description={t(`import.duplicates.${now.duplicates}Why`)}
          styles={{ description: { paddingInlineStart: 8 } }}
          checked={now.duplicates === 'allow'}
          onChange={(event) =>
            change.mutate({ duplicates: event.currentTarget.checked ? 'allow' : 'refuse' })
          }
        />
      </div>
    </Panel>
  )
}

/** By which fields a record that exists is recognised; each kind of the import has its own. */
function MatchKey(props: {
  run: ImportView
  kind: string
  isAlone: boolean
  settings: ImportSettings
  onChange?: (change: Partial<ImportSettings>) => void
}): ReactElement {
  const { t } = useTranslation()
  const { run, settings, onChange } = props
  const { kind, fieldLabel, label } = useKind(props.kind)
  const isFirst = props.kind === run.kind
  const match = isFirst ? settings.match : (settings.matchOf?.[props.kind] ?? [])
  const name =
    props.isAlone || !kind ? t('import.rules.match') : t('import.rules.matchOf', { kind: label(kind.labels) })
  if (!onChange)
    return <Settled name={name} value={match.map(fieldLabel).join(' + ') || t('import.rules.firstFilled')} />
  const take = (key: readonly string[]) =>
    onChange(isFirst ? { match: [...key] } : { matchOf: { ...settings.matchOf, [props.kind]: [...key] } })
  return (
    <NativeSelect
      label={name}
      {...(props.isAlone || isFirst ? { description: t('import.rules.matchWhy') } : {})}
      value={match.join(',')}
      onChange={(event) => take(event.currentTarget.value === '' ? [] : event.currentTarget.value.split(','))}
      data={[
        { value: '', label: t('import.rules.firstFilled') },
        ...(kind?.matchKeys ?? []).map((key) => ({
          value: key.join(','),
          label: key.map(fieldLabel).join(' + '),
        })),
      ]}
    />
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
