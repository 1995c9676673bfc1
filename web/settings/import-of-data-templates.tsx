/** Templates to fill in, made for the organisation at the moment of the download: each kind, each shape. */
import { Button, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { downloadTemplate, type TemplateView } from '../../src/exports/templates/contract.ts'
import { addressOf } from '../api.ts'
import { templatesQuery } from '../imports/child-kinds.ts'
import { useLabel } from '../imports/kinds.ts'
import type { Language } from '../language.ts'
import { useFormat } from '../ui/format.ts'
import { Icon } from '../ui/icons.tsx'
import { Problem } from '../ui/notice.tsx'
import css from './import-of-data.module.css'

type Shape = TemplateView['shapes'][number]

export function Templates(): ReactElement {
  const templates = useQuery(templatesQuery)
  return (
    <>
      <Problem error={templates.error} onRetry={() => void templates.refetch()} />
      {templates.isPending && <Skeleton height={220} />}
      {templates.data && (
        <ul className={css.templates}>
          {templates.data.templates.flatMap((template) =>
            template.shapes.map((shape) => (
              <Template key={`${template.kind} ${shape.shape}`} template={template} shape={shape} />
            )),
          )}
        </ul>
      )}
    </>
  )
}

function Template(props: { template: TemplateView; shape: Shape }): ReactElement {
  const { t, i18n } = useTranslation()
  const label = useLabel()
  const { template, shape } = props
  const words = useShapeWords(template, shape)
  const address = (format: 'xlsx' | 'csv') =>
    addressOf(downloadTemplate, {
      params: { kind: template.kind },
      query: { format, shape: shape.shape, language: i18n.language as Language },
    })
  const [first = '', ...others] = shape.sheets.map((sheet) => label(sheet.labels))
  const kinds = [first, ...others.map(lower)].join(' + ')
  const name = `${kinds}, ${words}`
  return (
    <li className={css.template}>
      <div className={css.templateWords}>
        <p className={css.templateName}>{kinds}</p>
        <p className="quiet">{words}</p>
      </div>
      <div className={css.downloads}>
        {shape.formats.map((format) => (
          <Button
            key={format}
            component="a"
            href={address(format)}
            download
            variant={format === 'xlsx' ? 'default' : 'subtle'}
            size="xs"
            aria-label={`${format === 'xlsx' ? t('importOfData.download') : format.toUpperCase()}: ${name}`}
            leftSection={format === 'xlsx' ? <Icon name="download" size={14} /> : null}
          >
            {format === 'xlsx' ? t('importOfData.download') : format.toUpperCase()}
          </Button>
        ))}
      </div>
    </li>
  )
}

/** "One table, up to 6 contact persons in each row; 140 columns, 3 of your own". */
function useShapeWords(template: TemplateView, shape: Shape): string {
  const { t } = useTranslation()
  const label = useLabel()
  const format = useFormat()
  const others = shape.sheets
    .slice(1)
    .map((sheet) => lower(label(sheet.labels)))
    .join(', ')
  const columns = shape.sheets.reduce((sum, sheet) => sum + sheet.columns, 0)
  const parts = [
    shape.groups
      ? t('importOfData.oneTableOf', { count: shape.groups.count, one: label(shape.groups.one) })
      : shape.sheets.length > 1
        ? t('importOfData.tables', { many: others })
        : t('importOfData.oneTable'),
    t('importOfData.columns', { count: columns, number: format.number(columns) }),
    ...(template.customFields > 0 ? [t('importOfData.ownFields', { count: template.customFields })] : []),
  ]
  return parts.join(' · ')
}

function lower(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1)
}
