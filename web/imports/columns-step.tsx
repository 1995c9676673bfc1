/** Columns: what each column of the file becomes, beside the rules of the import and what is still missing. */
import { Button, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactElement, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { checkImport, type ImportView } from '../../src/imports/contract.ts'
import { describeColumns } from '../../src/imports/map/contract.ts'
import { call } from '../api.ts'
import { Notice, Problem } from '../ui/notice.tsx'
import type { Column } from './column.ts'
import { ColumnRow } from './column-row.tsx'
import css from './columns-step.module.css'
import { ConstantsPanel, MissingFields, useAddedConstants } from './constants-panel.tsx'
import { useFieldSections } from './field-sections.ts'
import { toStep } from './import-address.ts'
import { useKind } from './kinds.ts'
import { RulesPanel } from './rules-panel.tsx'
import { useImportStep } from './use-import.ts'
import { type MappingEditor, useMapping } from './use-mapping.ts'

type Source = ImportView['sources'][number]

export function ColumnsStep(props: { run: ImportView; source: Source }): ReactElement {
  const { t } = useTranslation()
  const { run } = props
  const { source } = props.source
  const editor = useMapping(run, source)
  const kind = useKind(props.source.kind)
  const query = useQuery({
    queryKey: ['import', run.id, 'columns', source],
    queryFn: ({ signal }) => call(describeColumns, { params: { id: run.id, source } }, signal),
  })
  const constants = useAddedConstants()
  const columns = query.data?.columns
  const assigned = editor.mapping.columns.length
  return (
    <div className={css.layout}>
      <div className={css.main}>
        <div className={css.caption}>
          <p>
            {t('import.columns.assigned', { count: columns?.length ?? 0, assigned })}{' '}
            <Link {...toStep(run.id, 'file', { source: String(source) })} className="quiet">
              {props.source.readingSentence}
            </Link>
          </p>
          <SavedMark editor={editor} />
        </div>
        {!run.may.edit && (
          <div className={css.notice}>
            <Notice tone="info">{t('import.columns.readOnly')}</Notice>
          </div>
        )}
        <MissingFields
          run={run}
          source={props.source}
          editor={editor}
          kind={kind}
          onConstant={constants.add}
        />
        {editor.state === 'failed' && <Problem error={editor.error} onRetry={editor.retry} />}
        <Problem error={query.error} onRetry={() => void query.refetch()} />
        {columns && kind.kind ? (
          <ColumnList columns={columns} run={run} source={source} editor={editor} kind={kind} />
        ) : (
          !query.error && <Skeleton height={560} />
        )}
      </div>
      <aside className={css.aside} aria-label={t('import.columns.asideLabel')}>
        <CheckPanel run={run} editor={editor} />
        <ConstantsPanel run={run} editor={editor} kind={kind} added={constants} />
        <RulesPanel run={run} kind={kind} editor={editor} />
      </aside>
    </div>
  )
}

function SavedMark(props: { editor: MappingEditor }): ReactElement {
  const { t } = useTranslation()
  return (
    <span className="quiet" role="status">
      {t(`import.columns.${props.editor.state}`)}
    </span>
  )
}

/** Open questions first; the order is settled once, so that no row jumps away while it is being decided. */
function ColumnList(props: {
  columns: readonly Column[]
  run: ImportView
  source: number
  editor: MappingEditor
  kind: ReturnType<typeof useKind>
}): ReactElement {
  const { t } = useTranslation()
  const { columns, editor, kind } = props
  const sections = useFieldSections(kind, [
    ...editor.mapping.columns.map((column) => column.field),
    ...columns.flatMap((column) => column.suggestion?.field ?? []),
  ])
  const undecided = useRef<ReadonlySet<number>>(null)
  undecided.current ??= new Set(
    columns
      .filter((column) => !editor.ofColumn(column.column) || column.question !== null)
      .map((column) => column.column),
  )
  const isOpen = (column: Column) => undecided.current?.has(column.column) ?? false
  const groups = [
    { key: 'undecided', title: t('import.columns.undecided'), columns: columns.filter(isOpen) },
    { key: 'decided', title: t('import.columns.decided'), columns: columns.filter((one) => !isOpen(one)) },
  ]
  return (
    <>
      {groups
        .filter((group) => group.columns.length > 0)
        .map((group) => (
          <section key={group.key} className={css.group}>
            <h2 className={css.groupTitle}>
              {group.title} <span className="quiet num">{group.columns.length}</span>
            </h2>
            <ul className={css.list}>
              {group.columns.map((column) => (
                <ColumnRow
                  key={column.column}
                  {...props}
                  importId={props.run.id}
                  sections={sections}
                  column={column}
                  disabled={!props.run.may.edit}
                />
              ))}
            </ul>
          </section>
        ))}
    </>
  )
}

function CheckPanel(props: { run: ImportView; editor: MappingEditor }): ReactElement | null {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { run, editor } = props
  const toCheck = () => navigate({ to: '/imports/$id/$step', params: { id: run.id, step: 'check' } })
  const check = useImportStep(run.id, () => call(checkImport, { params: { id: run.id } }))
  const rows = run.sources.reduce((sum, source) => sum + (source.rows ?? 0), 0)
  if (!run.may.check && run.checkedAt)
    return (
      <Button variant="default" fullWidth onClick={() => void toCheck()}>
        {t('import.columns.seeCheck')}
      </Button>
    )
  return (
    <div className={css.next}>
      <Button
        fullWidth
        loading={check.isPending}
        disabled={!run.may.check || editor.state !== 'saved'}
        onClick={() => check.mutate(undefined, { onSuccess: () => void toCheck() })}
      >
        {rows > 0 ? t('import.columns.check', { count: rows }) : t('import.columns.checkAll')}
      </Button>
      <p className="quiet">{t('import.columns.checkWhy')}</p>
      <Problem error={check.error} />
    </div>
  )
}
