/** The sheets and tables of the file of an import: which one is read, and the others that could be. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { ImportView } from '../../src/imports/contract.ts'
import { type FilePart, listContents } from '../../src/imports/read/contract.ts'
import { call } from '../api.ts'
import { Badge, Tag } from '../ui/badge.tsx'
import { useFormat } from '../ui/format.ts'
import { Icon } from '../ui/icons.tsx'
import { Problem } from '../ui/notice.tsx'
import css from './file-contents.module.css'
import { type Options, without } from './file-part.tsx'

type Part = z.infer<typeof FilePart>

export const contentsQuery = (fileId: string) => ({
  queryKey: ['file', fileId, 'contents'],
  queryFn: ({ signal }: { signal: AbortSignal }) => call(listContents, { params: { id: fileId } }, signal),
  // The file never changes.
  staleTime: Number.POSITIVE_INFINITY,
})

export function FileContents(props: {
  run: ImportView
  source: ImportView['sources'][number]
  chosen: Options
  disabled: boolean
  onChoose: (options: Options) => void
}): ReactElement | null {
  const { t } = useTranslation()
  const { source, chosen } = props
  const { reading } = source
  const mayHoldMore = reading.sheet !== null || reading.tables > 1
  const contents = useQuery({ ...contentsQuery(source.fileId), enabled: props.run.may.edit && mayHoldMore })
  const parts = contents.data?.parts ?? []
  if (!mayHoldMore || (parts.length < 2 && contents.data?.blankSheets.length === 0)) return null
  const isRead = (part: Part) =>
    (part.sheet === null || part.sheet.name === reading.sheet?.name) && part.table === reading.table
  // What was decided of the shape of one table says nothing of another.
  const kept = without(chosen, ['sheet', 'table', 'headerRow', 'headerRows', 'preambleRows', 'footerRows'])
  return (
    <section className={css.contents} aria-label={t('import.contents.title')}>
      <Problem error={contents.error} />
      {parts.length > 0 && (
        <>
          <h2 className={css.title}>{t('import.contents.title')}</h2>
          <ul className={css.parts}>
            {parts.map((part) => (
              <li key={keyOf(part)} className={css.part} data-read={isRead(part)}>
                <PartWords part={part} />
                {isRead(part) ? (
                  <Badge tone="teal">{t('import.contents.isRead')}</Badge>
                ) : (
                  <Button
                    variant="default"
                    size="xs"
                    disabled={props.disabled}
                    aria-label={t('import.contents.readNamed', { name: partName(t, part) })}
                    onClick={() => props.onChoose({ ...kept, ...part.options })}
                  >
                    {t('import.contents.read')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {contents.data && contents.data.blankSheets.length > 0 && (
        <p className="quiet">{t('import.contents.blank', { names: contents.data.blankSheets.join(', ') })}</p>
      )}
    </section>
  )
}

export function keyOf(part: Part): string {
  return `${part.sheet?.name ?? ''} ${part.table}`
}

type Translate = ReturnType<typeof useTranslation>['t']

export function partName(t: Translate, part: Part): string {
  const table = part.tables > 1 ? t('import.contents.table', { table: part.table }) : null
  return [part.sheet?.name, table].filter(Boolean).join(' · ') || t('import.contents.onlyTable')
}

/** A sheet or table in words: its name, its columns, how many rows, what is hidden in it. */
export function PartWords(props: { part: Part }): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const { part } = props
  const hidden = (part.hiddenRows ?? 0) + (part.hiddenColumns ?? 0)
  const more = part.columnCount - part.columns.length
  return (
    <div className={css.words}>
      <p className={css.name}>
        <span className={css.icon}>
          <Icon name={part.sheet ? 'columns' : 'file'} size={14} />
        </span>
        <strong>{partName(t, part)}</strong>
        {part.rows !== null && (
          <span className="quiet num">
            {t(part.isCounted ? 'import.reading.rows' : 'import.reading.rowsAbout', { count: part.rows })}
          </span>
        )}
        {part.sheet && part.sheet.state !== 'visible' && <Tag>{t('import.contents.hiddenSheet')}</Tag>}
        {hidden > 0 && <Tag>{t('import.contents.hides', { count: hidden })}</Tag>}
        {part.isFiltered && <Tag>{t('import.contents.filtered')}</Tag>}
      </p>
      <p className={css.columns} title={part.sentence}>
        {part.columns.join(' · ')}
        {more > 0 && ` · ${t('import.contents.moreColumns', { count: more, number: format.number(more) })}`}
      </p>
    </div>
  )
}
