/** One option of a code list in a line, and its form when it is opened. */
import { Button, Menu } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type CodeListView,
  changeListOption,
  deleteListOption,
  type ListOption,
} from '../../src/kinds/code-lists/contract.ts'
import { call } from '../api.ts'
import { useLabel } from '../imports/kinds.ts'
import { Icon } from '../ui/icons.tsx'
import { Problem } from '../ui/notice.tsx'
import css from './fields.module.css'
import { OptionForm } from './option-form.tsx'
import { useKeepList } from './use-keep-list.ts'

export function OptionLine(props: { list: string; option: ListOption; uses: number | null }): ReactElement {
  const { t, i18n } = useTranslation()
  const label = useLabel()
  const { option, uses } = props
  const [isOpen, setIsOpen] = useState(false)
  const keep = useKeepList(props.list)
  const act = useMutation({
    mutationFn: (deed: () => Promise<CodeListView>) => deed(),
    onSuccess: (list) => {
      keep(list)
      setIsOpen(false)
    },
  })
  const params = { name: props.list }
  const name = label(option.labels)
  const change = (body: Omit<Parameters<typeof call<typeof changeListOption>>[1]['body'], 'value'>) =>
    act.mutate(() => call(changeListOption, { params, body: { value: option.value, ...body } }))
  if (isOpen)
    return (
      <OptionForm
        name={t('list.changeNamed', { name })}
        deed={t('field.save')}
        option={option}
        busy={act.isPending}
        error={act.error}
        onSave={change}
        onClose={() => setIsOpen(false)}
      />
    )
  const other = i18n.language === 'cs' ? option.labels.en : option.labels.cs
  const words = [...(other === name ? [] : [other]), ...option.synonyms]
  return (
    <>
      <div className={css.option}>
        <span className={css.name}>{name}</span>
        <span className="quiet">{words.join(', ')}</span>
        <span className={`${css.count} quiet num`}>{uses ? t('list.uses', { count: uses }) : ''}</span>
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" size="xs" px={8} aria-label={t('list.more', { name })}>
              <Icon name="more" size={14} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setIsOpen(true)}>{t('list.change')}</Menu.Item>
            <Menu.Item onClick={() => change({ archived: !option.archived })}>
              {option.archived ? t('list.unarchive') : t('list.archive')}
            </Menu.Item>
            {uses === 0 && (
              <Menu.Item
                className="danger"
                onClick={() =>
                  act.mutate(() => call(deleteListOption, { params, body: { value: option.value } }))
                }
              >
                {t('list.delete')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </div>
      {act.error && <Problem error={act.error} />}
    </>
  )
}
