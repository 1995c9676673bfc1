/** One custom field in the list: what it is in a line, and its form when it is opened. */
import { Button, Menu } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type CustomField,
  changeCustomField,
  deleteCustomField,
  previewFieldDeletion,
} from '../../src/kinds/custom-fields/contract.ts'
import { call } from '../api.ts'
import { type KindWords, kindsQuery } from '../imports/kinds.ts'
import { Tag } from '../ui/badge.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { Icon } from '../ui/icons.tsx'
import { Problem } from '../ui/notice.tsx'
import { FieldForm } from './field-form.tsx'
import { fieldsKey, useOwnLabel } from './field-words.ts'
import css from './fields.module.css'

export function FieldLine(props: {
  field: CustomField
  words: KindWords
  onDeleted: (field: CustomField) => void
}): ReactElement {
  const { t } = useTranslation()
  const label = useOwnLabel()
  const { field } = props
  const [isOpen, setIsOpen] = useState(false)
  const [isDeleting, setIsDeleting] = useState(false)
  const archive = useArchive(field)
  const name = label(field.label)
  if (isOpen) return <FieldForm kind={field.kind} field={field} onClose={() => setIsOpen(false)} />
  return (
    <div className={css.field}>
      <div className={css.words}>
        <p className={css.name}>
          {name}
          {field.required && <Tag>{t('field.required')}</Tag>}
        </p>
        <p className="quiet">
          <Facts field={field} words={props.words} />
        </p>
      </div>
      {archive.error && <Problem error={archive.error} />}
      <Button
        variant="default"
        size="xs"
        aria-label={t('field.changeNamed', { name })}
        onClick={() => setIsOpen(true)}
      >
        {t('field.change')}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" size="xs" px={8} aria-label={t('field.more', { name })}>
            <Icon name="more" size={14} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => archive.mutate(!field.archived)}>
            {field.archived ? t('field.unarchive') : t('field.archive')}
          </Menu.Item>
          <Menu.Item className="danger" onClick={() => setIsDeleting(true)}>
            {t('field.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isDeleting && (
        <DeleteField
          field={field}
          name={name}
          onClose={() => setIsDeleting(false)}
          onDeleted={props.onDeleted}
        />
      )}
    </div>
  )
}

/** Type, group and where it is seen, in one quiet line. */
function Facts(props: { field: CustomField; words: KindWords }): ReactElement {
  const { t } = useTranslation()
  const { field, words } = props
  const { list, filter } = field.shownIn
  const section = words.kind?.fields.find((one) => one.section.name === field.group)?.section
  const facts = [
    field.type === 'money' ? `${t('field.type.money')} (${field.currency})` : t(`field.type.${field.type}`),
    section ? words.label(section.labels) : (field.group ?? undefined),
    !list && t('field.notInList'),
    !filter && t('field.notInFilter'),
    !field.shownIn.export && t('field.notInExport'),
  ].filter(Boolean)
  return <>{facts.join(' · ')}</>
}

function useArchive(field: CustomField) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (archived: boolean) =>
      call(changeCustomField, { params: { id: field.id }, body: { version: field.version, archived } }),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: fieldsKey }),
        queries.invalidateQueries({ queryKey: kindsQuery.queryKey }),
      ]),
  })
}

function DeleteField(props: {
  field: CustomField
  name: string
  onClose: () => void
  onDeleted: (field: CustomField) => void
}): ReactElement {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const { field, name } = props
  const params = { id: field.id }
  const preview = useQuery({
    queryKey: [...fieldsKey, field.id, 'deletion'],
    queryFn: ({ signal }) => call(previewFieldDeletion, { params }, signal),
    gcTime: 0,
  })
  const values = preview.data?.values ?? 0
  const remove = useMutation({
    mutationFn: () => call(deleteCustomField, { params, query: { values } }),
    onSuccess: async () => {
      props.onDeleted(field)
      await Promise.all([
        queries.invalidateQueries({ queryKey: fieldsKey }),
        queries.invalidateQueries({ queryKey: kindsQuery.queryKey }),
      ])
    },
    onError: () => preview.refetch(),
  })
  return (
    <Confirm
      opened
      onClose={props.onClose}
      title={t('field.deleteSure', { name })}
      deed={values > 0 ? t('field.deleteWith', { count: values }) : t('field.delete')}
      danger
      busy={remove.isPending || preview.isPending}
      error={remove.error ?? preview.error}
      onConfirm={() => remove.mutate()}
    >
      {preview.isPending
        ? '…'
        : values > 0
          ? t('field.deleteValues', { count: values })
          : t('field.deleteEmpty')}
    </Confirm>
  )
}
