/** What belongs to one type of field only: options, currency, pattern and length. */
import { Autocomplete, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { findOrganisation } from '../../src/accounts/contract.ts'
import { listCodeLists } from '../../src/kinds/code-lists/contract.ts'
import { call } from '../api.ts'
import { useLabel } from '../imports/kinds.ts'
import { type Draft, isSelection, mayHavePattern } from './field-draft.ts'
import { listsKey } from './field-words.ts'
import css from './fields.module.css'

type Props = { draft: Draft; isNew: boolean; onChange: (change: Partial<Draft>) => void }

export function FieldTypeSettings(props: Props): ReactElement | null {
  const { type } = props.draft
  if (isSelection(type)) return <Options {...props} />
  if (type === 'money') return <Currency {...props} />
  if (mayHavePattern(type) || type === 'multiline') return <Form {...props} />
  return null
}

function Options({ draft, isNew, onChange }: Props): ReactElement {
  const { t } = useTranslation()
  const label = useLabel()
  const lists = useQuery({ queryKey: listsKey, queryFn: ({ signal }) => call(listCodeLists, {}, signal) })
  return (
    <div className={css.pair}>
      <NativeSelect
        label={t('field.list')}
        description={t('field.listWhy')}
        value={draft.list}
        onChange={(event) => onChange({ list: event.currentTarget.value })}
        data={[
          ...(isNew ? [{ value: '', label: t('field.ownList') }] : []),
          ...(lists.data?.lists ?? []).map((list) => ({ value: list.name, label: label(list.labels) })),
        ]}
      />
      {isNew && draft.list === '' && (
        <Textarea
          label={t('field.options')}
          description={t('field.optionsWhy')}
          autosize
          minRows={3}
          maxRows={12}
          value={draft.options}
          onChange={(event) => onChange({ options: event.currentTarget.value })}
        />
      )}
      {!isNew && draft.list !== '' && (
        <p className={css.toList}>
          <Link to="/settings/lists/$name" params={{ name: draft.list }}>
            {t('field.changeOptions')}
          </Link>
        </p>
      )}
    </div>
  )
}

const currencies = Intl.supportedValuesOf('currency')

function Currency({ draft, onChange }: Props): ReactElement {
  const { t } = useTranslation()
  const organisation = useQuery({
    queryKey: ['organisation'],
    queryFn: ({ signal }) => call(findOrganisation, {}, signal),
  })
  const usual = organisation.data?.currency
  return (
    <div className={css.pair}>
      <Autocomplete
        label={t('field.currency')}
        description={t('field.currencyWhy')}
        placeholder={usual ?? ''}
        data={[...new Set([...(usual ? [usual] : []), 'EUR', 'USD', 'CZK', 'GBP', ...currencies])]}
        limit={40}
        maxLength={3}
        value={draft.currency}
        onChange={(currency) => onChange({ currency: currency.toUpperCase() })}
      />
    </div>
  )
}

function Form({ draft, onChange }: Props): ReactElement {
  const { t } = useTranslation()
  return (
    <div className={css.pair}>
      {mayHavePattern(draft.type) && (
        <TextInput
          label={t('field.pattern')}
          description={t('field.patternWhy')}
          classNames={{ input: 'mono' }}
          maxLength={500}
          value={draft.pattern}
          onChange={(event) => onChange({ pattern: event.currentTarget.value })}
        />
      )}
      <TextInput
        label={t('field.maxLength')}
        description={t('field.maxLengthWhy')}
        inputMode="numeric"
        value={draft.maxLength}
        onChange={(event) => onChange({ maxLength: event.currentTarget.value.replace(/\D/g, '') })}
      />
    </div>
  )
}
