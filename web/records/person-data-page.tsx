/** Everything that is kept about a person: found in every kind, handed out as one file, erased for good. */
import { Button, Checkbox, Skeleton, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecordView } from '../../src/kinds/records/contract.ts'
import { erasePerson, exportPerson, findPersonRecords } from '../../src/privacy/contract.ts'
import { call } from '../api.ts'
import { useKind, useKindLabels } from '../imports/kinds.ts'
import { NothingHere } from '../shell/odd-pages.tsx'
import { Icon } from '../ui/icons.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { Notice, Problem } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import { useRefresh } from './done-notice.tsx'
import css from './merge-page.module.css'
import { isPlace, type Place, recordKind } from './record-kinds.ts'

type PersonRecord = { kind: string; id: string }

export function PersonDataPage(): ReactElement {
  const { place, id } = useParams({ from: '/shell/$place/$id/person' })
  if (!isPlace(place)) return <NothingHere />
  return <PersonData key={`${place} ${id}`} place={place} id={id} />
}

function PersonData(props: { place: Place; id: string }): ReactElement {
  const { t } = useTranslation()
  const { place, id } = props
  const of = recordKind(place)
  const kind = useKind(place)
  const { data, error } = useQuery({
    queryKey: ['record', place, id],
    queryFn: ({ signal }) => call(of.operations.find, { params: { id } }, signal),
  })
  // What was erased is gone, and its page has to be left for another.
  const [erased, setErased] = useState<{ count: number } | null>(null)
  return (
    <Page
      title={t('record.person.title')}
      width="form"
      above={
        erased ? (
          <Link to="/$place" params={{ place }}>
            {kind.kind ? kind.label(kind.kind.labels) : ''}
          </Link>
        ) : (
          <Link to="/$place/$id" params={{ place, id }}>
            {data?.title ?? '…'}
          </Link>
        )
      }
      about={t('record.person.about')}
    >
      {erased ? (
        <Notice
          tone="good"
          title={t('record.person.erased')}
          action={
            <LinkButton to="/$place" params={{ place }} variant="default" size="xs">
              {t('record.backToList')}
            </LinkButton>
          }
        >
          {t('record.person.erasedWhat', { count: erased.count })}
        </Notice>
      ) : data ? (
        <Person place={place} record={data} onErased={setErased} />
      ) : error ? (
        <Problem error={error} />
      ) : (
        <Skeleton height={320} />
      )}
    </Page>
  )
}

function Person(props: {
  place: Place
  record: RecordView
  onErased: (erased: { count: number }) => void
}): ReactElement {
  const { place, record } = props
  const own = { kind: place, id: record.id }
  const [others, setOthers] = useState<readonly PersonRecord[]>([])
  const records = [own, ...others]
  return (
    <>
      <FoundRecords own={own} record={record} others={others} onOthers={setOthers} />
      <ExportSection record={record} records={records} />
      <EraseSection record={record} records={records} onErased={props.onErased} />
    </>
  )
}

const keyOf = (one: PersonRecord) => `${one.kind} ${one.id}`

/** One person can be a contact, a lead and a user; whoever asks says which of those found are the same. */
function FoundRecords(props: {
  own: PersonRecord
  record: RecordView
  others: readonly PersonRecord[]
  onOthers: (others: readonly PersonRecord[]) => void
}): ReactElement {
  const { t } = useTranslation()
  const labels = useKindLabels()
  const { own, record, others, onOthers } = props
  const words = [record.values['email'], record.title].filter((word) => (word ?? '').length >= 3) as string[]
  const { data, error } = useQuery({
    queryKey: ['related', 'person', ...words],
    queryFn: async ({ signal }) => {
      const found = await Promise.all(
        words.map((search) => call(findPersonRecords, { query: { search } }, signal)),
      )
      return [...new Map(found.flatMap(({ records }) => records).map((one) => [keyOf(one), one])).values()]
    },
  })
  const candidates = (data ?? []).filter((one) => keyOf(one) !== keyOf(own))
  const isChosen = (one: PersonRecord) => others.some((other) => keyOf(other) === keyOf(one))
  return (
    <section className={css.section}>
      <h2>{t('record.person.records')}</h2>
      <Problem error={error} />
      <div className={css.found}>
        <Checkbox checked disabled label={`${record.title} – ${labels(own.kind).one}`} />
        {candidates.map((one) => (
          <Checkbox
            key={keyOf(one)}
            checked={isChosen(one)}
            label={[
              `${one.title} – ${labels(one.kind).one}`,
              one.email,
              one.phone,
              one.isInBin && t('record.person.inBin'),
            ]
              .filter(Boolean)
              .join(' · ')}
            onChange={() =>
              onOthers(
                isChosen(one)
                  ? others.filter((other) => keyOf(other) !== keyOf(one))
                  : [...others, { kind: one.kind, id: one.id }],
              )
            }
          />
        ))}
        {data && candidates.length === 0 && <p className="quiet">{t('record.person.noOthers')}</p>}
      </div>
    </section>
  )
}

function ExportSection(props: { record: RecordView; records: PersonRecord[] }): ReactElement {
  const { t } = useTranslation()
  const take = useMutation({
    mutationFn: () => call(exportPerson, { body: { records: props.records } }),
    onSuccess: (data) => saveAs(`${props.record.title}.json`, JSON.stringify(data, null, 2)),
  })
  return (
    <section className={css.section}>
      <h2>{t('record.person.export')}</h2>
      <p>{t('record.person.exportWhy')}</p>
      <Problem error={take.error} />
      <p>
        <Button
          mt={8}
          variant="default"
          leftSection={<Icon name="download" size={14} />}
          loading={take.isPending}
          onClick={() => take.mutate()}
        >
          {t('record.person.exportDeed')}
        </Button>
      </p>
    </section>
  )
}

function saveAs(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}

/** It cannot be taken back, so the name is typed. */
function EraseSection(props: {
  record: RecordView
  records: PersonRecord[]
  onErased: (erased: { count: number }) => void
}): ReactElement {
  const { t } = useTranslation()
  const refresh = useRefresh()
  const { record, records } = props
  const [typed, setTyped] = useState('')
  const isConfirmed = typed.trim() === record.title
  const erase = useMutation({
    mutationFn: () => call(erasePerson, { body: { records } }),
    onSuccess: async () => {
      props.onErased({ count: records.length })
      await refresh()
    },
  })
  return (
    <section className={css.section}>
      <h2>{t('record.person.erase')}</h2>
      <p>{t('record.person.goes')}</p>
      <ul>
        <li>{t('record.person.goesRecords', { count: records.length })}</li>
        <li>{t('record.person.goesHistory')}</li>
        <li>{t('record.person.goesFiles')}</li>
      </ul>
      <p>{t('record.person.stays')}</p>
      <ul>
        <li>{t('record.person.staysCounts')}</li>
        <li>{t('record.person.staysDeeds')}</li>
      </ul>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          erase.mutate()
        }}
      >
        <TextInput
          label={t('record.person.typeName', { name: record.title })}
          value={typed}
          autoComplete="off"
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Problem error={erase.error} />
        <div>
          <Button
            type="submit"
            {...(isConfirmed ? { className: 'danger-filled' } : {})}
            loading={erase.isPending}
            disabled={!isConfirmed}
          >
            {t('record.person.eraseDeed')}
          </Button>
        </div>
      </form>
    </section>
  )
}
