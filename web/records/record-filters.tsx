/** Filters of a list: a search, the label of an import, tags, and any field; each stands as words and can be taken away. */
import { Button, NativeSelect, Popover, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listImports } from '../../src/imports/contract.ts'
import { lookUpRecords } from '../../src/kinds/records/contract.ts'
import { call } from '../api.ts'
import type { KindWords } from '../imports/kinds.ts'
import { useMay } from '../session.ts'
import { FilterBar } from '../ui/filter-bar.tsx'
import { useFormat } from '../ui/format.ts'
import { Icon } from '../ui/icons.tsx'
import { type ConditionWords, FilterForm, useConditionFields } from './filter-form.tsx'
import { type Condition, isFiltered, operatorNames, readCondition, writeCondition } from './list-address.ts'
import type { Place } from './record-kinds.ts'
import css from './records.module.css'
import { useShownValue } from './shown-value.ts'
import type { ListState } from './use-list.ts'

export function RecordFilters(props: {
  state: ListState
  kind: KindWords
  actions: ReactNode
}): ReactElement {
  const { t } = useTranslation()
  const { search, set, of } = props.state
  const labels = useImportLabels(of.place)
  const [isAdding, setIsAdding] = useState(false)
  const conditions = (search.where ?? []).flatMap((where) => readCondition(where) ?? [])
  const add = (condition: Condition) => {
    const where = writeCondition(condition)
    set({ where: [...(search.where ?? []).filter((one) => one !== where), where] })
    setIsAdding(false)
  }
  return (
    <>
      <FilterBar actions={props.actions}>
        <SearchField key={search.search ?? ''} state={props.state} />
        {labels.length > 0 && (
          <NativeSelect
            aria-label={t('record.column.import')}
            value={search.importId ?? ''}
            onChange={(event) => set({ importId: event.currentTarget.value || undefined })}
            data={[{ value: '', label: t('record.filter.anyImport') }, ...labels]}
          />
        )}
        <Popover opened={isAdding} onChange={setIsAdding} position="bottom-start" width={320} trapFocus>
          <Popover.Target>
            <Button
              variant="default"
              leftSection={<Icon name="plus" size={14} />}
              onClick={() => setIsAdding(!isAdding)}
            >
              {t('record.filter.add')}
            </Button>
          </Popover.Target>
          <Popover.Dropdown aria-label={t('record.filter.add')}>
            <FilterForm kind={props.kind} onAdd={add} />
          </Popover.Dropdown>
        </Popover>
      </FilterBar>
      {conditions.length > 0 && (
        <ul className={css.conditions} aria-label={t('record.filter.active')}>
          {conditions.map((condition) => (
            <ConditionChip
              key={writeCondition(condition)}
              condition={condition}
              kind={props.kind}
              onRemove={() => {
                const rest = search.where?.filter((one) => one !== writeCondition(condition)) ?? []
                set({ where: rest.length > 0 ? rest : undefined })
              }}
            />
          ))}
          {isFiltered(search) && (
            <li>
              <Button
                variant="subtle"
                color="gray"
                size="xs"
                onClick={() => set({ where: undefined, search: undefined, importId: undefined })}
              >
                {t('record.filter.clear')}
              </Button>
            </li>
          )}
        </ul>
      )}
    </>
  )
}

function SearchField(props: { state: ListState }): ReactElement {
  const { t } = useTranslation()
  const { search, set } = props.state
  const [typed, setTyped] = useState(search.search ?? '')
  useEffect(() => setTyped(search.search ?? ''), [search.search])
  const find = useDebouncedCallback((text: string) => set({ search: text.trim() || undefined }), 250)
  return (
    <TextInput
      type="search"
      w={{ base: '100%', sm: 240 }}
      aria-label={t('record.filter.search')}
      placeholder={t('record.filter.search')}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        find(event.currentTarget.value)
      }}
    />
  )
}

function ConditionChip(props: { condition: Condition; kind: KindWords; onRemove: () => void }): ReactElement {
  const { t } = useTranslation()
  const words = useConditionWords(props.kind, props.condition)
  const sentence = [words.field, words.operator, words.value].filter(Boolean).join(' ')
  return (
    <li className={css.condition}>
      <span className={css.conditionField}>{words.field}</span> {words.operator}{' '}
      <strong>{words.value}</strong>
      <button
        type="button"
        className={css.remove}
        onClick={props.onRemove}
        aria-label={t('record.filter.remove', { filter: sentence })}
      >
        <Icon name="cross" size={12} />
      </button>
    </li>
  )
}

/** A condition in the words that the form offered for it. */
function useConditionWords(kind: KindWords, condition: Condition): ConditionWords {
  const { t } = useTranslation()
  const format = useFormat()
  const show = useShownValue(kind)
  const fields = useConditionFields(kind)
  const { field: name, operator, value } = condition
  const field = kind.field(name)
  const target = field?.reference?.kind
  const { data } = useQuery({
    queryKey: ['references', target, 'named', value],
    queryFn: ({ signal }) =>
      call(lookUpRecords, { params: { kind: target ?? '' }, query: { ids: value, limit: 1 } }, signal),
    enabled: target !== undefined && /^\d+$/.test(value),
    staleTime: 60_000,
  })
  const shown = (one: string): string => {
    if (target) return data?.records[0]?.title ?? '…'
    if (name === 'createdAt' || name === 'updatedAt') return format.date(one)
    return show({ values: { [name]: one } }, name)
  }
  const isBlank = value === '' && (operator === '=' || operator === '!=')
  return {
    field: fields.find((one) => one.name === name)?.label ?? name,
    operator: isBlank
      ? t(operator === '=' ? 'record.filter.isBlank' : 'record.filter.isFilled')
      : t(`record.filter.operator.${operatorNames[operator]}`),
    value: isBlank ? '' : value.split('|').map(shown).join(', '),
  }
}

function useImportLabels(place: Place): { value: string; label: string }[] {
  const seesImports = useMay('imports.read')
  const { data } = useQuery({
    queryKey: ['imports', 'labels', place],
    queryFn: ({ signal }) => call(listImports, { query: { limit: 200 } }, signal),
    enabled: seesImports,
    staleTime: 30_000,
  })
  return (data?.imports ?? [])
    .filter((run) => run.status === 'completed' || run.status === 'partly_undone')
    .map((run) => ({ value: run.id, label: run.label }))
}
