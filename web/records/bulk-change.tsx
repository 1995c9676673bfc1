/** One field or tags of many records, with their number said before; it can be taken back afterwards. */
import { Button, Select, TagsInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api.ts'
import { sectionsOf } from '../imports/field-select.tsx'
import type { KindWords } from '../imports/kinds.ts'
import { Problem } from '../ui/notice.tsx'
import { Window } from '../ui/window.tsx'
import { type Choice, chosenOf, type Done } from './bulk-choice.ts'
import { FieldInput } from './field-input.tsx'
import css from './records.module.css'
import type { ListState } from './use-list.ts'

export function BulkChange(props: {
  state: ListState
  kind: KindWords
  choice: Choice
  count: number
  of: 'field' | 'tags'
  onClose: () => void
  onDone: (done: Done) => void
}): ReactElement {
  const { t } = useTranslation()
  const { state, kind, choice, count } = props
  const [name, setName] = useState<string | null>(null)
  const [value, setValue] = useState('')
  const [addTags, setAddTags] = useState<string[]>([])
  const [removeTags, setRemoveTags] = useState<string[]>([])
  const change = useMutation({
    mutationFn: () =>
      call(state.of.operations.changeMany, {
        body: {
          ...chosenOf(choice, state),
          expected: count,
          ...(props.of === 'tags'
            ? { addTags, removeTags }
            : { values: { [name ?? '']: value.trim() === '' ? null : value } }),
        },
      }),
    onSuccess: (done) => props.onDone({ deed: 'changed', ...done }),
  })
  const field = name ? kind.field(name) : undefined
  const isReady = props.of === 'tags' ? addTags.length + removeTags.length > 0 : field !== undefined
  const mayBeBlank = field && !field.required
  return (
    <Window
      opened
      onClose={props.onClose}
      title={t(props.of === 'tags' ? 'record.bulk.tagTitle' : 'record.bulk.changeTitle', { count })}
    >
      <form
        className={css.windowForm}
        onSubmit={(event) => {
          event.preventDefault()
          change.mutate()
        }}
      >
        {props.of === 'tags' ? (
          <>
            <TagsInput
              label={t('record.bulk.addTags')}
              value={addTags}
              onChange={setAddTags}
              data-autofocus
            />
            <TagsInput label={t('record.bulk.removeTags')} value={removeTags} onChange={setRemoveTags} />
          </>
        ) : (
          <>
            <Select
              label={t('record.filter.field')}
              data={sectionsOf(kind).map((section) => ({
                group: section.label,
                items: section.fields
                  .filter((one) => one !== 'tags' && kind.field(one)?.unique !== true)
                  .map((one) => ({ value: one, label: kind.fieldLabel(one) })),
              }))}
              value={name}
              searchable
              data-autofocus
              comboboxProps={{ withinPortal: true }}
              nothingFoundMessage={t('import.columns.noSuchField')}
              onChange={(next) => {
                setName(next)
                setValue('')
              }}
            />
            {field && (
              <FieldInput
                key={field.name}
                field={field}
                kind={kind}
                label={t('record.bulk.newValue')}
                shown
                value={value}
                onChange={setValue}
              />
            )}
            {mayBeBlank && value.trim() === '' && (
              <p className="quiet">{t('record.bulk.makesBlank', { field: kind.label(field.labels) })}</p>
            )}
          </>
        )}
        <p className="quiet">{t('record.bulk.canBeUndone')}</p>
        <Problem error={change.error} />
        <Button type="submit" loading={change.isPending} disabled={!isReady}>
          {t('record.bulk.changeDeed', { count })}
        </Button>
      </form>
    </Window>
  )
}
