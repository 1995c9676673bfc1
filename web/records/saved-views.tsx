/** Views of a list that people keep: chosen as tabs, saved from what the list shows now, shared, renamed, deleted. */
import { Button, Checkbox, Menu, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import * as contract from '../../src/kinds/views/contract.ts'
import { call } from '../api.ts'
import { Icon } from '../ui/icons.tsx'
import { Problem } from '../ui/notice.tsx'
import { Window } from '../ui/window.tsx'
import { definitionOf, searchOf } from './list-address.ts'
import css from './records.module.css'
import type { ListState } from './use-list.ts'

type View = contract.SavedView

export function SavedViews(props: { state: ListState }): ReactElement {
  const { t } = useTranslation()
  const { state } = props
  const { of, search } = state
  const { data } = useQuery({
    queryKey: ['views', of.place],
    queryFn: ({ signal }) => call(contract.listViews, { query: { kind: of.place } }, signal),
  })
  const [form, setForm] = useState<'new' | 'rename' | null>(null)
  const views = data?.views ?? []
  const current = views.find((view) => view.id === search.view) ?? null
  const definition = definitionOf(search, state.columns)
  const isChanged = current !== null && !isSame(current.definition, definition)
  return (
    <div className={css.viewsLine}>
      <nav aria-label={t('record.view.views')} className={css.views}>
        <ViewLink state={state} view={null} current={current} />
        {views.map((view) => (
          <ViewLink key={view.id} state={state} view={view} current={current} />
        ))}
      </nav>
      {current && isChanged && current.mayChange && <SaveChanges state={state} view={current} />}
      {(isChanged || !current) && (
        <Button variant="subtle" color="gray" size="xs" onClick={() => setForm('new')}>
          {t('record.view.save')}
        </Button>
      )}
      {current?.mayChange && <ViewMenu state={state} view={current} onRename={() => setForm('rename')} />}
      {form && (
        <ViewForm
          state={state}
          view={form === 'rename' ? current : null}
          definition={definition}
          onClose={() => setForm(null)}
        />
      )}
    </div>
  )
}

function isSame(a: contract.ViewDefinition, b: contract.ViewDefinition): boolean {
  const text = ({ columns, sort, search, importId, where }: contract.ViewDefinition) =>
    JSON.stringify([columns, sort, search, importId, where.toSorted()])
  return text(a) === text(b)
}

function ViewLink(props: { state: ListState; view: View | null; current: View | null }): ReactElement {
  const { t } = useTranslation()
  const { state, view } = props
  const isCurrent = (view?.id ?? null) === (props.current?.id ?? null)
  return (
    <Link
      to="/$place"
      params={{ place: state.of.place }}
      search={view ? searchOf(view) : {}}
      className={css.view}
      {...(view?.shared ? { title: t('record.view.sharedBy', { by: view.by }) } : {})}
      activeOptions={{ exact: true, includeSearch: true }}
      activeProps={{}}
      data-current={isCurrent}
      {...(isCurrent ? { 'aria-current': 'true' as const } : {})}
    >
      {view ? view.name : t('record.view.all')}
    </Link>
  )
}

function useViewChange(state: ListState) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (change: { view: View } & Parameters<typeof call<typeof contract.changeView>>[1]['body']) => {
      const { view, ...body } = change
      return call(contract.changeView, { params: { id: view.id }, body })
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['views', state.of.place] }),
  })
}

function SaveChanges(props: { state: ListState; view: View }): ReactElement {
  const { t } = useTranslation()
  const change = useViewChange(props.state)
  return (
    <Button
      variant="subtle"
      size="xs"
      loading={change.isPending}
      onClick={() =>
        change.mutate({ view: props.view, definition: definitionOf(props.state.search, props.state.columns) })
      }
    >
      {t('record.view.saveChanges', { name: props.view.name })}
    </Button>
  )
}

function ViewMenu(props: { state: ListState; view: View; onRename: () => void }): ReactElement {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const { state, view } = props
  const change = useViewChange(state)
  const remove = useMutation({
    mutationFn: () => call(contract.deleteView, { params: { id: view.id } }),
    onSuccess: async () => {
      state.set({ view: undefined })
      await queries.invalidateQueries({ queryKey: ['views', state.of.place] })
    },
  })
  return (
    <>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            size="xs"
            px={6}
            aria-label={t('record.view.more', { name: view.name })}
          >
            <Icon name="more" size={14} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={props.onRename}>{t('record.view.rename')}</Menu.Item>
          <Menu.Item onClick={() => change.mutate({ view, shared: !view.shared })}>
            {view.shared ? t('record.view.unshare') : t('record.view.share')}
          </Menu.Item>
          <Menu.Item onClick={() => remove.mutate()}>{t('record.view.delete')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Problem error={change.error ?? remove.error} />
    </>
  )
}

function ViewForm(props: {
  state: ListState
  view: View | null
  definition: contract.ViewDefinition
  onClose: () => void
}): ReactElement {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const { state, view, definition } = props
  const [name, setName] = useState(view?.name ?? '')
  const [shared, setShared] = useState(view?.shared ?? false)
  const save = useMutation({
    mutationFn: () =>
      view
        ? call(contract.changeView, { params: { id: view.id }, body: { name, shared } })
        : call(contract.createView, { body: { kind: state.of.place, name, shared, definition } }),
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: ['views', state.of.place] })
      if (!view) state.set({ ...searchOf(saved) })
      props.onClose()
    },
  })
  return (
    <Window opened onClose={props.onClose} title={view ? t('record.view.rename') : t('record.view.save')}>
      <form
        className={css.windowForm}
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate()
        }}
      >
        <TextInput
          label={t('record.view.name')}
          value={name}
          maxLength={100}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox
          label={t('record.view.forEverybody')}
          checked={shared}
          onChange={(event) => setShared(event.currentTarget.checked)}
        />
        <Problem error={save.error} />
        <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
          {view ? t('record.save') : t('record.view.save')}
        </Button>
      </form>
    </Window>
  )
}
