/** Many records into the bin, with their number said before; what refers to them is asked about where there is any. */
import { Radio } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, call } from '../api.ts'
import { Confirm } from '../ui/confirm.tsx'
import { Notice } from '../ui/notice.tsx'
import { type Choice, chosenOf, type Done } from './bulk-choice.ts'
import css from './records.module.css'
import type { ListState } from './use-list.ts'

type Mode = 'refuse' | 'detach' | 'delete'

export function BulkDeletion(props: {
  state: ListState
  choice: Choice
  count: number
  onClose: () => void
  onDone: (done: Done) => void
}): ReactElement {
  const { t } = useTranslation()
  const { state, choice, count } = props
  const [mode, setMode] = useState<Mode>('refuse')
  const remove = useMutation({
    mutationFn: () =>
      call(state.of.operations.removeMany, {
        body: { ...chosenOf(choice, state), expected: count, attached: mode },
      }),
    onSuccess: (done) => props.onDone({ deed: 'deleted', ...done }),
  })
  const isAttached = remove.error instanceof ApiProblem && remove.error.code === 'record.attached'
  return (
    <Confirm
      opened
      onClose={props.onClose}
      title={t('record.bulk.deleteSure', { count })}
      deed={t('record.bulk.deleteDeed', { count })}
      danger
      busy={remove.isPending}
      error={isAttached ? null : remove.error}
      onConfirm={() => remove.mutate()}
    >
      <p>{t('record.bulk.deleteWhy')}</p>
      {(isAttached || mode !== 'refuse') && (
        <div className={css.windowForm}>
          {isAttached && <Notice tone="warning">{remove.error?.message}</Notice>}
          <AttachedChoice value={mode} onChange={setMode} />
        </div>
      )}
    </Confirm>
  )
}

export function AttachedChoice(props: {
  value: Mode
  onChange: (mode: Exclude<Mode, 'refuse'>) => void
}): ReactElement {
  const { t } = useTranslation()
  return (
    <Radio.Group
      label={t('record.delete.attached')}
      value={props.value}
      onChange={(mode) => props.onChange(mode === 'delete' ? 'delete' : 'detach')}
    >
      <div className={css.radios}>
        <Radio value="detach" label={t('record.delete.detach')} />
        <Radio value="delete" label={t('record.delete.deleteToo')} />
      </div>
    </Radio.Group>
  )
}
