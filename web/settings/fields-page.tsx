/** Fields that the organisation adds to its kinds: made, changed, put in order, archived, deleted and brought back. */
import { Button, Skeleton } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type CustomField,
  listCustomFields,
  orderCustomFields,
  restoreCustomField,
} from '../../src/kinds/custom-fields/contract.ts'
import { call } from '../api.ts'
import { kindsQuery, useKind, useLabel } from '../imports/kinds.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Icon } from '../ui/icons.tsx'
import { Notice, Problem } from '../ui/notice.tsx'
import { Page, Section } from '../ui/page.tsx'
import { SortableList } from '../ui/sortable-list.tsx'
import { Views } from '../ui/views.tsx'
import { FieldForm } from './field-form.tsx'
import { FieldLine } from './field-line.tsx'
import { fieldsKey, useOwnLabel } from './field-words.ts'
import css from './fields.module.css'

export function FieldsPage(): ReactElement {
  const { t } = useTranslation()
  const label = useLabel()
  const { kind: asked } = useSearch({ from: '/shell/settings/fields' })
  const kinds = useQuery(kindsQuery)
  const all = useQuery({ queryKey: fieldsKey, queryFn: ({ signal }) => call(listCustomFields, {}, signal) })
  const [isMaking, setIsMaking] = useState(false)
  const kind = kinds.data?.kinds.find((one) => one.name === asked) ?? kinds.data?.kinds[0]
  const fields = (all.data?.fields ?? []).filter((field) => field.kind === kind?.name)
  const make = (
    <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setIsMaking(true)}>
      {t('field.add')}
    </Button>
  )
  const isEmpty = all.isSuccess && kind !== undefined && fields.length === 0 && !isMaking
  return (
    <Page title={t('settings.fields')} about={t('field.about')} actions={isMaking || isEmpty ? null : make}>
      <Problem error={kinds.error ?? all.error} onRetry={() => void all.refetch()} />
      <Views
        label={t('field.kinds')}
        name="kind"
        current={kind?.name ?? ''}
        views={(kinds.data?.kinds ?? []).map((one) => ({
          key: one.name,
          label: label(one.labels),
          count: all.data?.fields.filter((field) => field.kind === one.name && !field.archived).length,
        }))}
      />
      {isMaking && kind && <FieldForm kind={kind.name} onClose={() => setIsMaking(false)} />}
      {(kinds.isPending || all.isPending) && <Skeleton height={220} />}
      {isEmpty && (
        <EmptyState icon="columns" title={t('field.empty', { kind: label(kind.labels) })} action={make}>
          {t('field.emptyWhy')}
        </EmptyState>
      )}
      {kind && <FieldLists key={kind.name} kind={kind.name} fields={fields} />}
    </Page>
  )
}

function FieldLists(props: { kind: string; fields: readonly CustomField[] }): ReactElement {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const ownLabel = useOwnLabel()
  const words = useKind(props.kind)
  const [deleted, setDeleted] = useState<CustomField | null>(null)
  const shown = props.fields.filter((field) => !field.archived)
  const archived = props.fields.filter((field) => field.archived)
  const order = useMutation({
    mutationFn: (ids: readonly string[]) =>
      call(orderCustomFields, {
        body: { kind: props.kind, ids: [...ids, ...archived.map((field) => field.id)] },
      }),
    onMutate: (ids) => {
      // The rows stay where they were dropped while the server is being told.
      queries.setQueryData<{ fields: CustomField[] }>(fieldsKey, (known) => {
        if (!known) return known
        const place = new Map(ids.map((id, at) => [id, at]))
        const sorted = known.fields.toSorted(
          (one, other) => (place.get(one.id) ?? 0) - (place.get(other.id) ?? 0),
        )
        return { fields: sorted }
      })
    },
    onSettled: () => queries.invalidateQueries({ queryKey: fieldsKey }),
  })
  const line = (field: CustomField) => <FieldLine field={field} words={words} onDeleted={setDeleted} />
  return (
    <>
      <Problem error={order.error} />
      {deleted && <JustDeleted field={deleted} onClose={() => setDeleted(null)} />}
      {shown.length > 0 && (
        <SortableList
          label={t('field.shown')}
          items={shown}
          keyOf={(field) => field.id}
          nameOf={(field) => ownLabel(field.label)}
          onOrder={shown.length > 1 ? (ids) => order.mutate(ids) : undefined}
        >
          {line}
        </SortableList>
      )}
      {archived.length > 0 && (
        <div className={css.below}>
          <Section title={t('field.archived')} about={t('field.archivedWhy')}>
            <SortableList
              label={t('field.archived')}
              items={archived}
              keyOf={(field) => field.id}
              nameOf={(field) => ownLabel(field.label)}
            >
              {line}
            </SortableList>
          </Section>
        </div>
      )}
      <DeletedFields kind={props.kind} />
    </>
  )
}

function useRestore(onRestored: () => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => call(restoreCustomField, { params: { id } }),
    onSuccess: async () => {
      onRestored()
      await Promise.all([
        queries.invalidateQueries({ queryKey: fieldsKey }),
        queries.invalidateQueries({ queryKey: kindsQuery.queryKey }),
      ])
    },
  })
}

function JustDeleted(props: { field: CustomField; onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const label = useOwnLabel()
  const restore = useRestore(props.onClose)
  return (
    <div className={css.notice}>
      <Notice
        tone="info"
        action={
          <Button
            variant="default"
            size="xs"
            loading={restore.isPending}
            onClick={() => restore.mutate(props.field.id)}
          >
            {t('field.undoDeletion')}
          </Button>
        }
      >
        {t('field.deletedNow', { name: label(props.field.label) })}
      </Notice>
      <Problem error={restore.error} />
    </div>
  )
}

/** Deleted long ago: asked for only by who looks for one. */
function DeletedFields(props: { kind: string }): ReactElement | null {
  const { t } = useTranslation()
  const label = useOwnLabel()
  const [isOpen, setIsOpen] = useState(false)
  const query = useQuery({
    queryKey: [...fieldsKey, 'deleted', props.kind],
    queryFn: ({ signal }) => call(listCustomFields, { query: { kind: props.kind, deleted: 'true' } }, signal),
  })
  const restore = useRestore(() => undefined)
  const fields = query.data?.fields ?? []
  if (fields.length === 0) return null
  return (
    <div className={css.below}>
      <Button
        variant="subtle"
        color="gray"
        size="xs"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        {t('field.deleted', { count: fields.length })}
      </Button>
      {isOpen && (
        <ul className={css.deleted} aria-label={t('field.deleted', { count: fields.length })}>
          {fields.map((field) => (
            <li key={field.id}>
              <span>
                {label(field.label)} <span className="quiet">{t(`field.type.${field.type}`)}</span>
              </span>
              <Button
                variant="default"
                size="xs"
                aria-label={t('field.bringBackNamed', { name: label(field.label) })}
                onClick={() => restore.mutate(field.id)}
              >
                {t('field.bringBack')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Problem error={restore.error} />
    </div>
  )
}
