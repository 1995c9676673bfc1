/** The organisation and the defaults by which files are read: language, time zone, country, currency. */
import { Button, NativeSelect, Skeleton, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { changeOrganisation, findOrganisation, type OrganisationView } from '../../src/accounts/contract.ts'
import { call } from '../api.ts'
import { countryName } from '../imports/field-value.ts'
import { type Language, languages } from '../language.ts'
import { sessionQuery, useMay } from '../session.ts'
import { Notice, Problem } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import css from './accounts.module.css'

export function OrganisationPage(): ReactElement {
  const { t } = useTranslation()
  const query = useQuery({
    queryKey: ['organisation'],
    queryFn: ({ signal }) => call(findOrganisation, {}, signal),
  })
  return (
    <Page title={t('settings.organisation')} about={t('organisation.about')} width="form">
      <Problem error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Skeleton height={280} />}
      {query.data && <OrganisationForm organisation={query.data} />}
    </Page>
  )
}

function OrganisationForm(props: { organisation: OrganisationView }): ReactElement {
  const { t, i18n } = useTranslation()
  const mayChange = useMay('organisation.manage')
  const queries = useQueryClient()
  const { name, language, timeZone, country, currency } = props.organisation
  const [values, setValues] = useState({ name, language, timeZone, country, currency })
  const set = (changed: Partial<typeof values>) => setValues({ ...values, ...changed })
  const change = useMutation({
    mutationFn: () => call(changeOrganisation, { body: values }),
    onSuccess: (organisation) => {
      queries.setQueryData(['organisation'], organisation)
      return queries.invalidateQueries({ queryKey: sessionQuery.queryKey })
    },
  })
  const field = { disabled: !mayChange, required: true, withAsterisk: false }
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        change.mutate()
      }}
    >
      <TextInput
        label={t('organisation.name')}
        {...field}
        value={values.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('organisation.language')}
        description={t('organisation.languageWhy')}
        disabled={!mayChange}
        value={values.language}
        onChange={(event) => set({ language: event.currentTarget.value as Language })}
        data={languages.map((one) => ({ value: one, label: one === 'cs' ? 'Čeština' : 'English' }))}
      />
      <NativeSelect
        label={t('organisation.timeZone')}
        disabled={!mayChange}
        value={values.timeZone}
        onChange={(event) => set({ timeZone: event.currentTarget.value })}
        data={[...new Set([values.timeZone, ...Intl.supportedValuesOf('timeZone')])].sort()}
      />
      <div className={css.fields}>
        <TextInput
          label={t('organisation.country')}
          description={countryName(values.country, i18n.language)}
          {...field}
          maxLength={2}
          value={values.country}
          onChange={(event) => set({ country: event.currentTarget.value.toUpperCase() })}
        />
        <TextInput
          label={t('organisation.currency')}
          description={t('organisation.currencyWhy')}
          {...field}
          maxLength={3}
          value={values.currency}
          onChange={(event) => set({ currency: event.currentTarget.value.toUpperCase() })}
        />
      </div>
      <Problem error={change.error} />
      {change.isSuccess && <Notice tone="good">{t('organisation.saved')}</Notice>}
      {mayChange ? (
        <div>
          <Button type="submit" loading={change.isPending}>
            {t('organisation.save')}
          </Button>
        </div>
      ) : (
        <Notice tone="info">{t('organisation.readOnly')}</Notice>
      )}
    </form>
  )
}
