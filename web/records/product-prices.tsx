/** A product's prices in price lists: added, changed and taken away beside the product. */
import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { changePrice, createPrice, deletePrice, listPrices } from '../../src/catalogue/contract.ts'
import type { RecordListItem, RecordView } from '../../src/kinds/records/contract.ts'
import { call } from '../api.ts'
import { type KindWords, useKind } from '../imports/kinds.ts'
import { Icon } from '../ui/icons.tsx'
import { Problem } from '../ui/notice.tsx'
import { Panel } from '../ui/panel.tsx'
import { useRefresh } from './done-notice.tsx'
import { FieldInPlace } from './field-in-place.tsx'
import { FieldInput } from './field-input.tsx'
import css from './record-page.module.css'
import { useShownValue } from './shown-value.ts'

export function ProductPrices(props: { product: RecordView; mayWrite: boolean }): ReactElement {
  const { t } = useTranslation()
  const { product, mayWrite } = props
  const kind = useKind('prices')
  const { data, error } = useQuery({
    queryKey: ['related', 'prices', product.id],
    queryFn: ({ signal }) =>
      call(
        listPrices,
        { query: { where: [`product=${product.id}`], sort: 'priceList', limit: 200 } },
        signal,
      ),
  })
  return (
    <Panel title={t('record.prices.title')}>
      <Problem error={error} />
      {data?.total === 0 && <p className="quiet">{t('record.prices.none')}</p>}
      {data && data.records.length > 0 && (
        <ul>
          {data.records.map((price) => (
            <Price key={price.id} price={price} kind={kind} mayWrite={mayWrite} />
          ))}
        </ul>
      )}
      {mayWrite && <AddPrice product={product} kind={kind} />}
    </Panel>
  )
}

function Price(props: { price: RecordListItem; kind: KindWords; mayWrite: boolean }): ReactElement | null {
  const { t } = useTranslation()
  const refresh = useRefresh()
  const { price, kind } = props
  const show = useShownValue(kind)
  const change = useMutation({
    mutationFn: (value: string | null) =>
      call(changePrice, {
        params: { id: price.id },
        body: { version: price.version, values: { price: value } },
      }),
    onSuccess: refresh,
  })
  const remove = useMutation({
    mutationFn: () => call(deletePrice, { params: { id: price.id }, query: {} }),
    onSuccess: refresh,
  })
  const field = kind.field('price')
  if (!field) return null
  const list = show(price, 'priceList')
  return (
    <li>
      <div className={css.price}>
        <dl>
          <FieldInPlace
            field={{ ...field, labels: { en: list, cs: list } }}
            kind={kind}
            value={price.values['price'] ?? null}
            disabled={!props.mayWrite}
            onSave={(value) => change.mutateAsync(value)}
          />
        </dl>
        {props.mayWrite && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            px={4}
            aria-label={t('record.prices.remove', { list })}
            loading={remove.isPending}
            onClick={() => remove.mutate()}
          >
            <Icon name="cross" size={12} />
          </Button>
        )}
      </div>
      <Problem error={change.error ?? remove.error} />
    </li>
  )
}

function AddPrice(props: { product: RecordView; kind: KindWords }): ReactElement {
  const { t } = useTranslation()
  const refresh = useRefresh()
  const [draft, setDraft] = useState<{ priceList: string; price: string } | null>(null)
  const add = useMutation({
    mutationFn: (values: { priceList: string; price: string }) =>
      call(createPrice, { body: { values: { product: props.product.id, ...values } } }),
    onSuccess: async () => {
      setDraft(null)
      await refresh()
    },
  })
  const { kind } = props
  if (kind.field('priceList')?.options?.length === 0)
    return (
      <p>
        {t('record.prices.noLists')}{' '}
        <Link to="/settings/lists/$name" params={{ name: 'priceList' }}>
          {t('record.prices.addList')}
        </Link>
      </p>
    )
  if (!draft)
    return (
      <div className={css.add}>
        <Button variant="default" size="xs" onClick={() => setDraft({ priceList: '', price: '' })}>
          {t('record.of.prices.add')}
        </Button>
      </div>
    )
  return (
    <form
      className={css.addForm}
      onSubmit={(event) => {
        event.preventDefault()
        add.mutate(draft)
      }}
    >
      {(['priceList', 'price'] as const).map((name) => {
        const field = kind.field(name)
        return (
          field && (
            <FieldInput
              key={name}
              field={field}
              kind={kind}
              label={kind.label(field.labels)}
              shown
              value={draft[name]}
              onChange={(value) => setDraft({ ...draft, [name]: value })}
            />
          )
        )
      })}
      <Problem error={add.error} />
      <div className={css.add}>
        <Button type="submit" size="xs" loading={add.isPending} disabled={!draft.priceList || !draft.price}>
          {t('record.of.prices.add')}
        </Button>
        <Button variant="subtle" color="gray" size="xs" onClick={() => setDraft(null)}>
          {t('ui.keep')}
        </Button>
      </div>
    </form>
  )
}
