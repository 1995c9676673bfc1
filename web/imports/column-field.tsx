/** A column that no field fits becomes one of the organisation's own: filled in from its values, assigned at once. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { proposeColumnField } from '../../src/imports/map/contract.ts'
import { call } from '../api.ts'
import { useMay } from '../session.ts'
import type { Draft } from '../settings/field-draft.ts'
import { FieldForm } from '../settings/field-form.tsx'
import { Problem } from '../ui/notice.tsx'
import { SideWindow } from '../ui/window.tsx'
import type { Column } from './column.ts'
import type { MappingEditor } from './use-mapping.ts'

type Props = { importId: string; source: number; column: Column; name: string; editor: MappingEditor }

/** Nothing for those who may not make fields. */
export function ColumnField(props: Props): ReactElement | null {
  const { t } = useTranslation()
  const mayMake = useMay('fields.manage')
  const [isOpen, setIsOpen] = useState(false)
  if (!mayMake) return null
  const close = () => setIsOpen(false)
  return (
    <>
      <Button
        variant="subtle"
        size="compact-xs"
        px={0}
        aria-label={t('field.fromColumnNamed', { column: props.name })}
        onClick={() => setIsOpen(true)}
      >
        {t('field.fromColumn')}
      </Button>
      <SideWindow opened={isOpen} onClose={close} title={t('field.fromColumnTitle', { column: props.name })}>
        {isOpen && <Proposed {...props} onClose={close} />}
      </SideWindow>
    </>
  )
}

function Proposed(props: Props & { onClose: () => void }): ReactElement {
  const { t, i18n } = useTranslation()
  const { column, editor, importId, source } = props
  const query = useQuery({
    queryKey: ['import', importId, 'column-field', source, column.column],
    queryFn: ({ signal }) =>
      call(proposeColumnField, { params: { id: importId, source, column: column.column } }, signal),
  })
  if (!query.data) return <Problem error={query.error} onRetry={() => void query.refetch()} />
  const { kind, label, type, options, currency } = query.data
  const start: Partial<Draft> = {
    [i18n.language === 'cs' ? 'cs' : 'en']: label,
    type,
    options: options.join('\n'),
    currency: currency ?? '',
  }
  return (
    <>
      <p className="quiet">{t('field.fromColumnWhy')}</p>
      <FieldForm
        kind={kind}
        start={start}
        onClose={props.onClose}
        onSaved={(field) => editor.assign(column.column, column.header, field.name)}
      />
    </>
  )
}
