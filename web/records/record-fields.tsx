/** The fields of a record under their headings, each changed where it stands; blank ones are hidden until asked for. */
import { Button, Skeleton } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecordView } from '../../src/kinds/records/contract.ts'
import { ApiProblem, call } from '../api.ts'
import { sectionsOf } from '../imports/field-select.tsx'
import type { KindWords } from '../imports/kinds.ts'
import { Notice, Problem } from '../ui/notice.tsx'
import { useRefresh } from './done-notice.tsx'
import { FieldInPlace } from './field-in-place.tsx'
import type { RecordKind } from './record-kinds.ts'
import css from './record-page.module.css'

export function RecordFields(props: {
  of: RecordKind
  kind: KindWords
  record: RecordView
  disabled: boolean
}): ReactElement {
  const { t } = useTranslation()
  const { of, kind, record } = props
  const queries = useQueryClient()
  const refresh = useRefresh()
  const change = useMutation({
    mutationFn: (values: Record<string, string | null>) =>
      call(of.operations.change, { params: { id: record.id }, body: { version: record.version, values } }),
    onSuccess: (changed) => {
      queries.setQueryData(['record', of.place, record.id], changed)
      return refresh()
    },
  })
  const [showsBlank, setShowsBlank] = useState(false)
  const isShown = (field: string) =>
    showsBlank || record.values[field] != null || kind.field(field)?.required === true
  const reload = () => {
    change.reset()
    void refresh()
  }
  return (
    <div className={css.main}>
      <Refused error={change.error} onReload={reload} />
      {!kind.kind && <Skeleton height={480} />}
      {sectionsOf(kind)
        .map((section) => ({ ...section, fields: section.fields.filter(isShown) }))
        .filter((section) => section.fields.length > 0)
        .map((section) => (
          <section key={section.name} className={css.section}>
            <h2 className={css.title}>{section.label}</h2>
            <dl>
              {section.fields.map((name) => {
                const field = kind.field(name)
                return (
                  field && (
                    <FieldInPlace
                      key={name}
                      field={field}
                      kind={kind}
                      value={record.values[name] ?? null}
                      reference={record.references[name]}
                      disabled={props.disabled}
                      onSave={(value) => change.mutateAsync({ [name]: value })}
                    />
                  )
                )
              })}
            </dl>
          </section>
        ))}
      <Button variant="default" onClick={() => setShowsBlank(!showsBlank)} aria-pressed={showsBlank}>
        {showsBlank ? t('record.hideBlank') : t('record.showBlank')}
      </Button>
    </div>
  )
}

/** Somebody who was faster is not overwritten: what they wrote is shown first. */
function Refused(props: { error: Error | null; onReload: () => void }): ReactElement | null {
  const { t } = useTranslation()
  const { error } = props
  const isMoved = error instanceof ApiProblem && error.code === 'record.changed_meanwhile'
  if (!isMoved) return <Problem error={error} />
  return (
    <Notice
      tone="warning"
      title={t('record.changedMeanwhile')}
      action={
        <Button size="xs" onClick={props.onReload}>
          {t('record.showCurrent')}
        </Button>
      }
    >
      {error.message}
    </Notice>
  )
}
