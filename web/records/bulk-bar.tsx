/** What is chosen in a list and what can be done with it: change a field, tag, delete. */
import { Button } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KindWords } from '../imports/kinds.ts'
import { BulkChange } from './bulk-change.tsx'
import type { Choice, Done } from './bulk-choice.ts'
import { BulkDeletion } from './bulk-deletion.tsx'
import css from './records.module.css'
import type { ListState } from './use-list.ts'

export function BulkBar(props: {
  state: ListState
  kind: KindWords
  choice: Choice
  shown: number
  total: number
  onChoose: (choice: Choice) => void
  onDone: (done: Done) => void
}): ReactElement {
  const { t } = useTranslation()
  const { choice, total } = props
  const [deed, setDeed] = useState<'field' | 'tags' | 'delete' | null>(null)
  const count = choice === 'all' ? total : choice.ids.size
  const close = () => setDeed(null)
  const finish = (done: Done) => {
    close()
    props.onDone(done)
  }
  const common = { state: props.state, kind: props.kind, choice, count, onClose: close, onDone: finish }
  const hasTags = props.kind.field('tags') !== undefined
  return (
    <section className={css.bulk} aria-label={t('record.bulk.chosen', { count })}>
      <strong className="num" aria-live="polite">
        {t('record.bulk.chosen', { count })}
      </strong>
      {choice !== 'all' && count === props.shown && total > count && (
        <Button variant="subtle" size="xs" onClick={() => props.onChoose('all')}>
          {t('record.bulk.chooseAll', { count: total })}
        </Button>
      )}
      <Button variant="default" size="xs" onClick={() => setDeed('field')}>
        {t('record.bulk.change')}
      </Button>
      {hasTags && (
        <Button variant="default" size="xs" onClick={() => setDeed('tags')}>
          {t('record.bulk.tag')}
        </Button>
      )}
      <Button variant="default" size="xs" onClick={() => setDeed('delete')}>
        {t('record.bulk.delete')}
      </Button>
      <Button variant="subtle" color="gray" size="xs" onClick={() => props.onChoose({ ids: new Set() })}>
        {t('record.bulk.none')}
      </Button>
      {(deed === 'field' || deed === 'tags') && <BulkChange {...common} of={deed} />}
      {deed === 'delete' && <BulkDeletion {...common} />}
    </section>
  )
}
