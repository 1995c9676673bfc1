/** Makes a custom field or changes one. Another type is tried on the values that are there before it is saved. */
import { Autocomplete, Button, Checkbox, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type CustomField,
  type CustomFieldType,
  changeCustomField,
  createCustomField,
  customFieldTypes,
  previewFieldType,
} from '../../src/kinds/custom-fields/contract.ts'
import { call } from '../api.ts'
import { kindsQuery, useKind } from '../imports/kinds.ts'
import { Notice, Problem } from '../ui/notice.tsx'
import { type Draft, draftOf, inputOf, sectionNames } from './field-draft.ts'
import { FieldTypeSettings } from './field-type-settings.tsx'
import { fieldsKey, listsKey } from './field-words.ts'
import css from './fields.module.css'

export function FieldForm(props: {
  kind: string
  field?: CustomField
  /** Begin with these, as read from a column of a file. */
  start?: Partial<Draft>
  onClose: () => void
  onSaved?: (field: CustomField) => void
}): ReactElement {
  const { t, i18n } = useTranslation()
  const { field } = props
  const kind = useKind(props.kind)
  const sections = sectionNames(kind)
  const [draft, setDraft] = useState<Draft>(() => draftOf(field, sections, props.start))
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change })
  const save = useSave(props, draft, sections)
  const trial = useTypeTrial(field, draft)
  const isCzech = i18n.language === 'cs'
  const label = (language: 'en' | 'cs', isFirst: boolean) => (
    <TextInput
      key={language}
      label={t(`field.label.${language}`)}
      description={t(isFirst ? 'field.labelWhy' : 'field.labelOther')}
      autoFocus={isFirst}
      maxLength={100}
      value={draft[language]}
      onChange={(event) => set({ [language]: event.currentTarget.value })}
    />
  )
  return (
    <form
      className={css.form}
      aria-label={field ? t('field.changing') : t('field.adding')}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <div className={css.pair}>
        {label(isCzech ? 'cs' : 'en', true)}
        {label(isCzech ? 'en' : 'cs', false)}
        <Select
          label={t('field.typeLabel')}
          description={t('field.typeWhy')}
          data={customFieldTypes.map((type) => ({ value: type, label: t(`field.type.${type}`) }))}
          value={draft.type}
          onChange={(type) => set({ type: type as CustomFieldType })}
        />
        <Autocomplete
          label={t('field.group')}
          description={t('field.groupWhy')}
          data={[...sections.values()]}
          maxLength={100}
          value={draft.group}
          onChange={(group) => set({ group })}
        />
      </div>
      <FieldTypeSettings draft={draft} isNew={field === undefined} onChange={set} />
      <TextInput
        label={t('field.hint')}
        description={t('field.hintWhy')}
        maxLength={500}
        value={draft.hint}
        onChange={(event) => set({ hint: event.currentTarget.value })}
      />
      <div className={css.checks} role="group" aria-label={t('field.behaviour')}>
        {(['required', 'inList', 'inFilter', 'inExport'] as const).map((name) => (
          <Checkbox
            key={name}
            size="xs"
            label={t(`field.check.${name}`)}
            checked={draft[name]}
            onChange={(event) => set({ [name]: event.currentTarget.checked })}
          />
        ))}
      </div>
      {trial}
      <Problem error={save.error} />
      <div className={css.buttons}>
        <Button type="submit" loading={save.isPending}>
          {field ? t('field.save') : t('field.add')}
        </Button>
        <Button variant="default" onClick={props.onClose}>
          {t('ui.keep')}
        </Button>
      </div>
    </form>
  )
}

function useSave(
  props: { kind: string; field?: CustomField; onClose: () => void; onSaved?: (field: CustomField) => void },
  draft: Draft,
  sections: ReadonlyMap<string, string>,
) {
  const queries = useQueryClient()
  const { field, kind } = props
  return useMutation({
    mutationFn: () => {
      const { options, ...input } = inputOf(draft, sections)
      return field
        ? call(changeCustomField, { params: { id: field.id }, body: { version: field.version, ...input } })
        : call(createCustomField, { body: { kind, options, ...input } })
    },
    onSuccess: async (saved) => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: fieldsKey }),
        queries.invalidateQueries({ queryKey: listsKey }),
        queries.invalidateQueries({ queryKey: kindsQuery.queryKey }),
      ])
      props.onSaved?.(saved)
      props.onClose()
    },
  })
}

/** What would become of the values, as soon as another type is chosen. */
function useTypeTrial(field: CustomField | undefined, draft: Draft): ReactElement | null {
  const { t } = useTranslation()
  const { type, list, currency } = draft
  const isOther =
    field !== undefined &&
    (field.type !== type || (field.currency ?? '') !== currency || (field.list ?? '') !== list)
  const isReady = type !== 'money' || currency.length === 3
  const trial = useQuery({
    queryKey: [...fieldsKey, field?.id, 'type', type, list, currency],
    queryFn: ({ signal }) =>
      call(
        previewFieldType,
        {
          params: { id: field!.id },
          body: { type, ...(list ? { list } : {}), ...(type === 'money' ? { currency } : {}) },
        },
        signal,
      ),
    enabled: isOther && isReady,
    gcTime: 0,
    retry: false,
  })
  if (!isOther || !trial.data || trial.data.values === 0) return null
  const { values, unfit, examples } = trial.data
  if (unfit === 0) return <Notice tone="good">{t('field.allFit', { count: values })}</Notice>
  return (
    <Notice tone="warning" title={t('field.unfit', { count: unfit, of: values })}>
      <ul className={css.examples}>
        {examples.map((example) => (
          <li key={example.value}>
            <code className="mono">{example.value}</code> <span>{example.problem}</span>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
