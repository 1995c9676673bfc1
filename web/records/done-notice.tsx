/** What has just been done, with the way back beside it. */
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { restoreFromBin, undoChange } from '../../src/kinds/records/contract.ts'
import { call } from '../api.ts'
import { Icon } from '../ui/icons.tsx'
import { Notice, Problem } from '../ui/notice.tsx'

/** Brings back from the bin; with `onRestored`, where the page has something else to show then. */
export function BinNotice(props: {
  bin: string
  children: ReactNode
  undo: string
  onRestored?: (restored: { kind: string; id: string }) => void
}): ReactElement {
  const { t } = useTranslation()
  const refresh = useRefresh()
  const restore = useMutation({
    mutationFn: () => call(restoreFromBin, { params: { id: props.bin } }),
    onSuccess: async (restored) => {
      await refresh()
      props.onRestored?.(restored)
    },
  })
  if (restore.error) return <Problem error={restore.error} />
  if (restore.data)
    return (
      <Notice tone="good">
        {t('record.done.restored', { count: restore.data.restored })}
        {restore.data.left.length > 0 && ` ${t('record.done.left', { count: restore.data.left.length })}`}
      </Notice>
    )
  return (
    <Notice
      tone="good"
      action={<UndoButton label={props.undo} busy={restore.isPending} onUndo={() => restore.mutate()} />}
    >
      {props.children}
    </Notice>
  )
}

export function ChangeNotice(props: { event: string | null; children: ReactNode }): ReactElement {
  const { t } = useTranslation()
  const { undo, isPending, error, data } = useUndoChange()
  const { event } = props
  if (error) return <Problem error={error} />
  if (data)
    return (
      <Notice tone="good">
        {t('record.done.undone', { count: data.restored, kept: data.kept })}
        {data.left.length > 0 && ` ${t('record.done.left', { count: data.left.length })}`}
      </Notice>
    )
  return (
    <Notice
      tone="good"
      action={
        event && (
          <UndoButton
            label={t('record.done.undo')}
            busy={isPending}
            onUndo={() => undo({ event, together: true })}
          />
        )
      }
    >
      {props.children}
    </Notice>
  )
}

export function useUndoChange() {
  const refresh = useRefresh()
  const { mutate, isPending, error, data } = useMutation({
    mutationFn: (of: { event: string; together: boolean }) =>
      call(undoChange, { params: { id: of.event }, body: { together: of.together } }),
    onSuccess: refresh,
  })
  return { undo: mutate, isPending, error, data }
}

/** Records hang on each other, so all that is shown of any is asked again. */
export function useRefresh(): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    const shown = ['records', 'record', 'history', 'bin', 'duplicates', 'related', 'references']
    await Promise.all(shown.map((name) => queries.invalidateQueries({ queryKey: [name] })))
  }
}

function UndoButton(props: { label: string; busy: boolean; onUndo: () => void }): ReactElement {
  return (
    <Button
      variant="default"
      size="xs"
      loading={props.busy}
      leftSection={<Icon name="undo" size={14} />}
      onClick={props.onUndo}
    >
      {props.label}
    </Button>
  )
}
