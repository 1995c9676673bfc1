/** A record added by hand: the few fields one has at hand; the rest is filled in on its own page. */
import { Button, Skeleton } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api.ts'
import { useKind } from '../imports/kinds.ts'
import { NothingHere } from '../shell/odd-pages.tsx'
import { Problem } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import { useRefresh } from './done-notice.tsx'
import { FieldInput } from './field-input.tsx'
import { isPlace, type Place, recordKind } from './record-kinds.ts'
import css from './record-page.module.css'

export function NewRecordPage(): ReactElement {
  const { place } = useParams({ from: '/shell/$place/new' })
  if (!isPlace(place)) return <NothingHere />
  return <NewRecord key={place} place={place} />
}

function NewRecord(props: { place: Place }): ReactElement {
  const { t } = useTranslation()
  const { place } = props
  const navigate = useNavigate()
  const refresh = useRefresh()
  const of = recordKind(place)
  const kind = useKind(place)
  // Where a record is added from the page of another, it is known what it belongs to.
  const { client, product, title } = useSearch({ from: '/shell/$place/new' })
  const given = { ...(client ? { client } : {}), ...(product ? { product } : {}) }
  const [values, setValues] = useState<Record<string, string>>(given)
  const create = useMutation({
    mutationFn: () =>
      call(of.operations.create, {
        body: {
          values: Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== '')),
        },
      }),
    onSuccess: async ({ id }) => {
      await refresh()
      await navigate({ to: '/$place/$id', params: { place, id } })
    },
  })
  const all = kind.kind?.fields
  const asked = all?.filter((field) => field.required || of.asked.includes(field.name))
  const ordered = asked?.toSorted((a, b) => placeOf(of.asked, a.name) - placeOf(of.asked, b.name))
  return (
    <Page
      title={t(`record.of.${place}.add`)}
      width="form"
      above={
        <Link to="/$place" params={{ place }}>
          {kind.kind ? kind.label(kind.kind.labels) : ''}
        </Link>
      }
      about={t('record.addWhy')}
    >
      {ordered ? (
        <form
          className={css.form}
          onSubmit={(event) => {
            event.preventDefault()
            create.mutate()
          }}
        >
          {ordered.map((field) => (
            <FieldInput
              key={field.name}
              field={field}
              kind={kind}
              shown
              title={title}
              label={
                field.required
                  ? t('import.columns.required', { field: kind.label(field.labels) })
                  : kind.label(field.labels)
              }
              value={values[field.name] ?? ''}
              onChange={(value) => setValues((now) => ({ ...now, [field.name]: value }))}
            />
          ))}
          <Problem error={create.error} />
          <div>
            <Button type="submit" loading={create.isPending}>
              {t(`record.of.${place}.add`)}
            </Button>
          </div>
        </form>
      ) : (
        <Skeleton height={320} />
      )}
    </Page>
  )
}

/** Required fields that nobody thought of come last. */
function placeOf(names: readonly string[], name: string): number {
  const at = names.indexOf(name)
  return at < 0 ? names.length : at
}
