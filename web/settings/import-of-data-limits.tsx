/** Limits of an import by kind: most records at once, most characters of a text; an empty box is no limit. */
import { NativeSelect, NumberInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportPolicy, KindLimits } from '../../src/imports/policies/contract.ts'
import { kindsQuery, useKind, useLabel } from '../imports/kinds.ts'
import { Icon } from '../ui/icons.tsx'
import css from './import-of-data.module.css'

type Limits = ImportPolicy['limits']

/** Stands for every kind that is not named. */
const everyOther = '*'
const none: KindLimits = { records: null, textLength: null }

export function ImportLimits(props: { limits: Limits; onChange: (limits: Limits) => void }): ReactElement {
  const { t } = useTranslation()
  const label = useLabel()
  const kinds = useQuery(kindsQuery).data?.kinds ?? []
  const { limits, onChange } = props
  const named = Object.keys(limits).filter((kind) => kind !== everyOther)
  const set = (kind: string, change: Partial<KindLimits>) =>
    onChange({ ...limits, [kind]: { ...(limits[kind] ?? none), ...change } })
  return (
    <fieldset className={css.limits}>
      <legend>{t('importOfData.limits')}</legend>
      {[everyOther, ...named].map((kind) => (
        <LimitLine
          key={kind}
          kind={kind}
          limits={limits[kind] ?? none}
          isAlone={named.length === 0}
          onChange={(change) => set(kind, change)}
          onRemove={() =>
            onChange(Object.fromEntries(Object.entries(limits).filter(([name]) => name !== kind)))
          }
        />
      ))}
      <NativeSelect
        aria-label={t('importOfData.limitFor')}
        value=""
        onChange={(event) => set(event.currentTarget.value, limits[everyOther] ?? none)}
        data={[
          { value: '', label: t('importOfData.limitFor') },
          ...kinds
            .filter((kind) => !named.includes(kind.name))
            .map((kind) => ({ value: kind.name, label: label(kind.labels) })),
        ]}
      />
    </fieldset>
  )
}

function useKindName(name: string, isAlone: boolean): string {
  const { t } = useTranslation()
  const { kind, label } = useKind(name)
  if (name === everyOther) return isAlone ? t('importOfData.everyKind') : t('importOfData.everyOther')
  return kind ? label(kind.labels) : name
}

function LimitLine(props: {
  kind: string
  limits: KindLimits
  isAlone: boolean
  onChange: (change: Partial<KindLimits>) => void
  onRemove: () => void
}): ReactElement {
  const { t } = useTranslation()
  const { kind, limits, onChange } = props
  const name = useKindName(kind, props.isAlone)
  const numberOf = (value: string | number) => (typeof value === 'number' && value > 0 ? value : null)
  const box = { min: 1, allowDecimal: false, hideControls: true, thousandSeparator: ' ' } as const
  return (
    <div className={css.limit} role="group" aria-label={name}>
      <span className={css.limitName}>{name}</span>
      <NumberInput
        {...box}
        label={t('importOfData.records')}
        placeholder={t('importOfData.noLimit')}
        max={100_000_000}
        value={limits.records ?? ''}
        onChange={(value) => onChange({ records: numberOf(value) })}
      />
      <NumberInput
        {...box}
        label={t('importOfData.textLength')}
        placeholder={t('importOfData.noLimit')}
        max={100_000}
        value={limits.textLength ?? ''}
        onChange={(value) => onChange({ textLength: numberOf(value) })}
      />
      {kind === everyOther ? (
        <span />
      ) : (
        <button
          type="button"
          className={css.remove}
          aria-label={t('importOfData.removeLimit', { kind: name })}
          onClick={props.onRemove}
        >
          <Icon name="cross" size={14} />
        </button>
      )}
    </div>
  )
}

export function SettledLimits(props: { limits: Limits }): ReactElement {
  const isAlone = Object.keys(props.limits).length === 1
  return (
    <ul>
      {Object.entries(props.limits).map(([kind, limits]) => (
        <SettledLimit key={kind} kind={kind} limits={limits} isAlone={isAlone} />
      ))}
    </ul>
  )
}

function SettledLimit(props: { kind: string; limits: KindLimits; isAlone: boolean }): ReactElement {
  const { t } = useTranslation()
  const name = useKindName(props.kind, props.isAlone)
  const { records, textLength } = props.limits
  const parts = [
    ...(records === null ? [] : [t('importOfData.upToRecords', { count: records })]),
    ...(textLength === null ? [] : [t('importOfData.upToText', { count: textLength })]),
  ]
  return (
    <li>
      {name}: {parts.length > 0 ? parts.join(', ') : t('importOfData.noLimit')}
    </li>
  )
}
