/** A client added by hand: the few fields one has at hand; the rest is filled in on its own page. */
import { Button, Skeleton } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createClient } from '../../src/clients/contract.ts'
import { call } from '../api.ts'
import { useKind } from '../imports/kinds.ts'
import { Problem } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import css from './client-page.module.css'
import { FieldInput } from './field-input.tsx'

const usual = ['name', 'email', 'phone', 'regNumber', 'state', 'rating']

export function NewClientPage(): ReactElement {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const kind = useKind('clients')
  const [values, setValues] = useState<Record<string, string>>({})
  const create = useMutation({
    mutationFn: () =>
      call(createClient, {
        body: {
          values: Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== '')),
        },
      }),
    onSuccess: (client) => navigate({ to: '/clients/$id', params: { id: client.id } }),
  })
  const fields = kind.kind?.fields.filter((field) => field.required || usual.includes(field.name))
  return (
    <Page
      title={t('client.add')}
      width="form"
      above={<Link to="/clients">{t('client.clients')}</Link>}
      about={t('client.addWhy')}
    >
      {fields ? (
        <form
          className={css.form}
          onSubmit={(event) => {
            event.preventDefault()
            create.mutate()
          }}
        >
          {fields.map((field) => (
            <FieldInput
              key={field.name}
              field={field}
              kind={kind}
              shown
              label={
                field.required
                  ? t('import.columns.required', { field: kind.label(field.labels) })
                  : kind.label(field.labels)
              }
              value={values[field.name] ?? ''}
              onChange={(value) => setValues({ ...values, [field.name]: value })}
            />
          ))}
          <Problem error={create.error} />
          <div>
            <Button type="submit" loading={create.isPending}>
              {t('client.create')}
            </Button>
          </div>
        </form>
      ) : (
        <Skeleton height={320} />
      )}
    </Page>
  )
}
