/** The sheets and tables of the file of an import: which one is read, and the others that could be. */
import { Button, Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { addSource, type ImportView } from '../../src/imports/contract.ts'
import { type FilePart, listContents } from '../../src/imports/read/contract.ts'
import { call } from '../api.ts'
import { Badge, Tag } from '../ui/badge.tsx'
import { useFormat } from '../ui/format.ts'
import { Icon } from '../ui/icons.tsx'
import { Problem } from '../ui/notice.tsx'
import css from './file-contents.module.css'
import { type Options, without } from './file-part.tsx'
import { kindsQuery, useKind, useLabel } from './kinds.ts'
import { useImportStep } from './use-import.ts'

type Part = z.infer<typeof FilePart>
type Source = ImportView['sources'][number]

export const contentsQuery = (fileId: string) => ({
  queryKey: ['file', fileId, 'contents'],
  queryFn: ({ signal }: { signal: AbortSignal }) => call(listContents, { params: { id: fileId } }, signal),
  // The file never changes.
  staleTime: Number.POSITIVE_INFINITY,
})

export function FileContents(props: {
  run: ImportView
  source: Source
  chosen: Options
  disabled: boolean
  onChoose: (options: Options) => void
}): ReactElement | null {
  const { t } = useTranslation()
  const { run, source, chosen } = props
  const { reading } = source
  const mayHoldMore = reading.sheet !== null || reading.tables > 1
  const contents = useQuery({ ...contentsQuery(source.fileId), enabled: run.may.edit && mayHoldMore })
  const add = useImportStep(run.id, (body: { kind: string; reading: Options }) =>
    call(addSource, { params: { id: run.id }, body: { fileId: source.fileId, ...body } }),
  )
  const parts = contents.data?.parts ?? []
  if (!mayHoldMore || (parts.length < 2 && contents.data?.blankSheets.length === 0)) return null
  // What was decided of the shape of one table says nothing of another.
  const kept = without(chosen, ['sheet', 'table', 'headerRow', 'headerRows', 'preambleRows', 'footerRows'])
  return (
    <section className={css.contents} aria-label={t('import.contents.title')}>
      <Problem error={contents.error ?? add.error} />
      {parts.length > 0 && (
        <>
          <h2 className={css.title}>{t('import.contents.title')}</h2>
          <ul className={css.parts}>
            {parts.map((part) => {
              const reader = run.sources.find((one) => one.fileId === source.fileId && isReadBy(one, part))
              return (
                <li key={keyOf(part)} className={css.part} data-read={reader !== undefined}>
                  <PartWords part={part} />
                  {reader ? (
                    <ReadBadge reader={reader} isHere={reader === source} />
                  ) : (
                    <PartActions
                      part={part}
                      disabled={props.disabled || add.isPending}
                      onRead={() => props.onChoose({ ...kept, ...part.options })}
                      onAdd={(kind) => add.mutate({ kind, reading: part.options })}
                    />
                  )}
                </li>
              )
            })}
          </ul>
        </>
      )}
      {contents.data && contents.data.blankSheets.length > 0 && (
        <p className="quiet">{t('import.contents.blank', { names: contents.data.blankSheets.join(', ') })}</p>
      )}
    </section>
  )
}

function isReadBy({ reading }: Source, part: Part): boolean {
  return (part.sheet?.name ?? null) === (reading.sheet?.name ?? null) && part.table === reading.table
}

function ReadBadge(props: { reader: Source; isHere: boolean }): ReactElement {
  const { t } = useTranslation()
  const { kind, label } = useKind(props.reader.kind)
  return (
    <Badge tone="teal">
      {props.isHere
        ? t('import.contents.isRead')
        : t('import.contents.readAs', { kind: kind ? label(kind.labels) : props.reader.kind })}
    </Badge>
  )
}

/** Read instead of the one that is read here, or beside it as a source of its own. */
function PartActions(props: {
  part: Part
  disabled: boolean
  onRead: () => void
  onAdd: (kind: string) => void
}): ReactElement {
  const { t } = useTranslation()
  const label = useLabel()
  const nameOf = usePartName()
  const kinds = useQuery(kindsQuery)
  const { part } = props
  return (
    <div className={css.actions}>
      <Button
        variant="default"
        size="xs"
        disabled={props.disabled}
        aria-label={t('import.contents.readNamed', { name: nameOf(part) })}
        onClick={props.onRead}
      >
        {t('import.contents.read')}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant="default"
            size="xs"
            disabled={props.disabled}
            aria-label={t('import.contents.addNamed', { name: nameOf(part) })}
          >
            {t('import.contents.add')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('import.new.whichKind')}</Menu.Label>
          {(kinds.data?.kinds ?? []).map((kind) => (
            <Menu.Item key={kind.name} onClick={() => props.onAdd(kind.name)}>
              {label(kind.labels)}
              {kind.name === part.suggestedKind && (
                <span className="quiet"> {t('import.contents.likely')}</span>
              )}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}

export function keyOf(part: Part): string {
  return `${part.sheet?.name ?? ''} ${part.table}`
}

export function usePartName(): (part: Part) => string {
  const { t } = useTranslation()
  return (part) => {
    const table = part.tables > 1 ? t('import.contents.table', { table: part.table }) : null
    return [part.sheet?.name, table].filter(Boolean).join(' · ') || t('import.contents.onlyTable')
  }
}

/** A sheet or table in words: its name, its columns, how many rows, what is hidden in it. */
export function PartWords(props: { part: Part }): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const nameOf = usePartName()
  const { part } = props
  const hidden = (part.hiddenRows ?? 0) + (part.hiddenColumns ?? 0)
  const more = part.columnCount - part.columns.length
  return (
    <div className={css.words}>
      <p className={css.name}>
        <span className={css.icon}>
          <Icon name={part.sheet ? 'columns' : 'file'} size={14} />
        </span>
        <strong>{nameOf(part)}</strong>
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
