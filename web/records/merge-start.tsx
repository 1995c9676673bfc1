/** Chooses the other record of a merge. */
import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecordView } from '../../src/kinds/records/contract.ts'
import { Window } from '../ui/window.tsx'
import type { RecordKind } from './record-kinds.ts'
import css from './records.module.css'
import { ReferenceInput } from './reference-input.tsx'

export function MergeStart(props: { of: RecordKind; record: RecordView }): ReactElement {
  const { t } = useTranslation()
  const { of, record } = props
  const navigate = useNavigate()
  const [isOpen, setIsOpen] = useState(false)
  const [other, setOther] = useState('')
  return (
    <>
      <Button variant="subtle" color="gray" onClick={() => setIsOpen(true)}>
        {t('record.merge.start')}
      </Button>
      <Window
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        title={t('record.merge.startTitle', { title: record.title })}
      >
        <form
          className={css.windowForm}
          onSubmit={(event) => {
            event.preventDefault()
            void navigate({
              to: '/$place/merge',
              params: { place: of.place },
              search: { kept: record.id, other },
            })
          }}
        >
          <p className="quiet">{t('record.merge.startWhy')}</p>
          <ReferenceInput
            kind={of.place}
            value={other}
            label={t('record.merge.with')}
            shown
            autoFocus
            inWindow
            except={record.id}
            onChange={setOther}
          />
          <Button type="submit" disabled={other === ''}>
            {t('record.merge.compare')}
          </Button>
        </form>
      </Window>
    </>
  )
}
