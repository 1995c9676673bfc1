/** One code list: its options in their order, each renamed, given other words, archived or deleted in place. */
import { Button, Skeleton } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  addListOption,
  type CodeListView,
  countListUses,
  findCodeList,
  orderListOptions,
} from '../../src/kinds/code-lists/contract.ts'
import { call } from '../api.ts'
import { useLabel } from '../imports/kinds.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Icon } from '../ui/icons.tsx'
import { Problem } from '../ui/notice.tsx'
import { Page, Section } from '../ui/page.tsx'
import { SortableList } from '../ui/sortable-list.tsx'
import { listsKey } from './field-words.ts'
import css from './fields.module.css'
import { Users } from './lists-page.tsx'
import { OptionForm } from './option-form.tsx'
import { OptionLine } from './option-line.tsx'
import { useKeepList } from './use-keep-list.ts'

export function ListPage(): ReactElement {
  const { t } = useTranslation()
  const label = useLabel()
  const { name } = useParams({ from: '/shell/settings/lists/$name' })
  const [isAdding, setIsAdding] = useState(false)
  const query = useQuery({
    queryKey: [...listsKey, name],
    queryFn: ({ signal }) => call(findCodeList, { params: { name } }, signal),
  })
  const list = query.data
  const add = (
    <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setIsAdding(true)}>
      {t('list.add')}
    </Button>
  )
  const isEmpty = list?.options.length === 0 && !isAdding
  return (
    <Page
      title={list ? label(list.labels) : t('settings.lists')}
      above={<Link to="/settings/lists">{t('settings.lists')}</Link>}
      about={list && <Users usedBy={list.usedBy} />}
      actions={!list || isAdding || isEmpty ? null : add}
    >
      <Problem error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Skeleton height={320} />}
      {isAdding && <AddOption name={name} onClose={() => setIsAdding(false)} />}
      {isEmpty && (
        <EmptyState icon="columns" title={t('list.empty')} action={add}>
          {t('list.emptyWhy')}
        </EmptyState>
      )}
      {list && <Options list={list} />}
    </Page>
  )
}

/** Stays open after each option: a list is seldom one word. */
function AddOption(props: { name: string; onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const keep = useKeepList(props.name)
  const [round, setRound] = useState(0)
  const add = useMutation({
    mutationFn: (input: Parameters<typeof call<typeof addListOption>>[1]['body']) =>
      call(addListOption, { params: { name: props.name }, body: input }),
    onSuccess: (list) => {
      keep(list)
      setRound(round + 1)
    },
  })
  return (
    <OptionForm
      key={round}
      name={t('list.adding')}
      deed={t('list.add')}
      busy={add.isPending}
      error={add.error}
      onSave={(input) => add.mutate(input)}
      onClose={props.onClose}
    />
  )
}

function Options(props: { list: CodeListView }): ReactElement {
  const { t } = useTranslation()
  const label = useLabel()
  const { list } = props
  const keep = useKeepList(list.name)
  const uses = useQuery({
    queryKey: [...listsKey, list.name, 'uses'],
    queryFn: ({ signal }) => call(countListUses, { params: { name: list.name } }, signal),
  })
  const shown = list.options.filter((option) => !option.archived)
  const archived = list.options.filter((option) => option.archived)
  const order = useMutation({
    mutationFn: (values: readonly string[]) =>
      call(orderListOptions, {
        params: { name: list.name },
        body: { values: [...values, ...archived.map((option) => option.value)] },
      }),
    onMutate: (values) => {
      const place = new Map(values.map((value, at) => [value, at]))
      const at = (value: string) => place.get(value) ?? values.length
      keep({ ...list, options: list.options.toSorted((one, other) => at(one.value) - at(other.value)) })
    },
    onSuccess: keep,
  })
  const rows = (
    options: CodeListView['options'],
    title: string,
    onOrder?: (values: readonly string[]) => void,
  ) => (
    <SortableList
      label={title}
      items={options}
      keyOf={(option) => option.value}
      nameOf={(option) => label(option.labels)}
      onOrder={onOrder}
    >
      {(option) => (
        <OptionLine
          list={list.name}
          option={option}
          uses={uses.data ? (uses.data.uses[option.value] ?? 0) : null}
        />
      )}
    </SortableList>
  )
  return (
    <>
      <Problem error={order.error} />
      {shown.length > 0 &&
        rows(shown, t('list.offered'), shown.length > 1 ? (values) => order.mutate(values) : undefined)}
      {archived.length > 0 && (
        <div className={css.below}>
          <Section title={t('list.archived')} about={t('list.archivedWhy')}>
            {rows(archived, t('list.archived'))}
          </Section>
        </div>
      )}
    </>
  )
}
