/** What a list offers as a whole: a new record, exports of what it shows, duplicates, the bin. */
import { Button, Menu } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { exportKind } from '../../src/exports/contract.ts'
import { addressOf } from '../api.ts'
import { currentLanguage } from '../language.ts'
import { useMay } from '../session.ts'
import { Icon } from '../ui/icons.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { filterOf } from './list-address.ts'
import type { ListState } from './use-list.ts'

const formats = ['csv', 'xlsx'] as const

export function ListActions(props: { state: ListState; shown: readonly string[] }): ReactElement {
  const { t } = useTranslation()
  const { of, search, sort } = props.state
  const mayExport = useMay(of.may.export)
  const mayWrite = useMay(of.may.write)
  const query = { language: currentLanguage(), ...filterOf(search) }
  const exported = (format: (typeof formats)[number], shown: object) =>
    addressOf(exportKind, { params: { kind: of.place, format }, query: { ...query, ...shown } })
  return (
    <>
      {mayExport && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" leftSection={<Icon name="download" size={14} />}>
              {t('record.export')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t('record.exportShown')}</Menu.Label>
            {formats.map((format) => (
              <Menu.Item
                key={format}
                component="a"
                download
                href={exported(format, { columns: props.shown.join(','), sort })}
              >
                {t('record.exportAs', { format: format.toUpperCase() })}
              </Menu.Item>
            ))}
            <Menu.Label>{t('record.exportAll')}</Menu.Label>
            {formats.map((format) => (
              <Menu.Item key={format} component="a" download href={exported(format, {})}>
                {t('record.exportAllAs', { format: format.toUpperCase() })}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {mayWrite && (
        <LinkButton
          to="/$place/new"
          params={{ place: of.place }}
          variant="default"
          leftSection={<Icon name="plus" size={14} />}
        >
          {t(`record.of.${of.place}.add`)}
        </LinkButton>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" px={8} aria-label={t('record.more')}>
            <Icon name="more" size={14} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {of.operations.duplicates && (
            <Menu.Item component={Link} to={`/${of.place}/duplicates`}>
              {t('record.duplicates.title')}
            </Menu.Item>
          )}
          {of.place === 'products' && (
            <Menu.Item component={Link} to="/prices">
              {t('record.of.prices.all')}
            </Menu.Item>
          )}
          <Menu.Item component={Link} to="/bin">
            {t('record.bin.title')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
