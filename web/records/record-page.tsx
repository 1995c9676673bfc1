/** One record: fields in their sections, each changed where it stands; what hangs on it; where it came from; its history. */
import { Button, Menu, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecordView } from '../../src/kinds/records/contract.ts'
import { ApiProblem, call } from '../api.ts'
import { RecordHistory } from '../history/record-history.tsx'
import { toImport } from '../imports/import-address.ts'
import { type KindWords, useKind } from '../imports/kinds.ts'
import { useMay } from '../session.ts'
import { NothingHere } from '../shell/odd-pages.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { useFormat } from '../ui/format.ts'
import { Icon } from '../ui/icons.tsx'
import { KeyValues } from '../ui/key-values.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { Notice, Problem } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { ClientPanels } from './client-panels.tsx'
import { ContactPanels } from './contact-panels.tsx'
import { DeleteRecord } from './delete-record.tsx'
import { BinNotice } from './done-notice.tsx'
import { LeadConversion } from './lead-conversion.tsx'
import { MergeStart } from './merge-start.tsx'
import { ProductPrices } from './product-prices.tsx'
import { Tags } from './record-columns.tsx'
import { RecordFields } from './record-fields.tsx'
import { isPlace, type Place, type RecordKind, recordKind } from './record-kinds.ts'
import css from './record-page.module.css'
import { useShownValue } from './shown-value.ts'
import { UndoOfEvent } from './undo-of-event.tsx'

export function RecordPage(): ReactElement {
  const { place, id } = useParams({ from: '/shell/$place/$id' })
  if (!isPlace(place)) return <NothingHere />
  return <Found key={`${place} ${id}`} place={place} id={id} />
}

function Found(props: { place: Place; id: string }): ReactElement {
  const { t } = useTranslation()
  const { place, id } = props
  const of = recordKind(place)
  const kind = useKind(place)
  const query = useQuery({
    queryKey: ['record', place, id],
    queryFn: ({ signal }) => call(of.operations.find, { params: { id } }, signal),
  })
  const label = kind.kind ? kind.label(kind.kind.labels) : ''
  const above = (
    <Link to="/$place" params={{ place }}>
      {label}
    </Link>
  )
  if (query.data) return <Record of={of} kind={kind} record={query.data} above={above} />
  const isGone = query.error instanceof ApiProblem && query.error.code === 'record.not_found'
  return (
    <Page title={label} above={above}>
      {isGone ? (
        <EmptyState
          icon={of.icon}
          title={query.error?.message ?? ''}
          action={<LinkButton to="/bin">{t('record.bin.open')}</LinkButton>}
        />
      ) : query.error ? (
        <Problem error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Skeleton height={480} />
      )}
    </Page>
  )
}

type Of = { of: RecordKind; kind: KindWords; record: RecordView }

function Record(props: Of & { above: ReactElement }): ReactElement {
  const { of, kind, record } = props
  const mayWrite = useMay(of.may.write)
  const show = useShownValue(kind)
  const { flag } = record.values
  return (
    <Page
      title={show(record, of.title) || record.title}
      above={props.above}
      beside={<Tags value={record.values['tags'] ?? null} />}
      actions={<Actions {...props} />}
    >
      <Merged />
      {flag && (
        <div className={css.flag}>
          <Notice tone="problem">{flag}</Notice>
        </div>
      )}
      <div className={css.layout}>
        <RecordFields of={of} kind={kind} record={record} disabled={!mayWrite} />
        <Side {...props} mayWrite={mayWrite} />
      </div>
    </Page>
  )
}

/** A merge ends here, with its way back in the address, so that loading the page again does not lose it. */
function Merged(): ReactElement | null {
  const { t } = useTranslation()
  const { bin, moved } = useSearch({ from: '/shell/$place/$id' })
  if (!bin) return null
  return (
    <div className={css.flag}>
      <BinNotice bin={bin} undo={t('record.merge.undo')}>
        {t('record.merge.done')} {Number(moved) > 0 && t('record.merge.moved', { count: Number(moved) })}
      </BinNotice>
    </div>
  )
}

function Actions(props: Of): ReactElement {
  const { t } = useTranslation()
  const { of, record } = props
  const mayWrite = useMay(of.may.write)
  const mayErase = useMay('persons.erase')
  const isPerson =
    of.place === 'contacts' ||
    of.place === 'leads' ||
    (of.place === 'clients' && record.values['isPerson'] === 'true')
  return (
    <>
      {mayWrite && of.operations.merge && <MergeStart of={of} record={record} />}
      {mayWrite && <DeleteRecord of={of} record={record} />}
      {mayErase && isPerson && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" px={8} aria-label={t('record.more')}>
              <Icon name="more" size={14} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item component={Link} to={`/${of.place}/${record.id}/person`}>
              {t('record.person.title')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  )
}

function Side(props: Of & { mayWrite: boolean }): ReactElement {
  const { t } = useTranslation()
  const { of, record, mayWrite } = props
  return (
    <aside className={css.side} aria-label={t('record.aside')}>
      {of.place === 'clients' && <ClientPanels client={record} mayWrite={mayWrite} />}
      {of.place === 'contacts' && <ContactPanels contact={record} mayWrite={mayWrite} />}
      {of.place === 'leads' && <LeadConversion lead={record} mayWrite={mayWrite} />}
      {of.place === 'products' && <ProductPrices product={record} mayWrite={mayWrite} />}
      <Origin record={record} />
      <Panel title={t('history.ofRecord')}>
        <RecordHistory
          kind={of.place}
          recordId={record.id}
          compact
          {...(mayWrite ? { after: (event) => <UndoOfEvent event={event} /> } : {})}
        />
      </Panel>
    </aside>
  )
}

/** Nothing is without its place in the file: the import, the file, the sheet's row. */
function Origin(props: { record: RecordView }): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const { origin, createdAt } = props.record
  return (
    <Panel title={t('record.origin')}>
      {origin ? (
        <KeyValues
          items={[
            {
              key: 'import',
              name: t('record.originImport'),
              value: <Link {...toImport(origin.importId)}>{origin.label}</Link>,
            },
            { key: 'file', name: t('record.originFile'), value: origin.fileName },
            ...(origin.sheet === null
              ? []
              : [{ key: 'sheet', name: t('record.originSheet'), value: origin.sheet }]),
            { key: 'row', name: t('import.row'), value: format.number(origin.row) },
            { key: 'created', name: t('record.column.createdAt'), value: format.moment(createdAt) },
          ]}
        />
      ) : (
        <p className="quiet">{t('record.byHand', { when: format.moment(createdAt) })}</p>
      )}
    </Panel>
  )
}
