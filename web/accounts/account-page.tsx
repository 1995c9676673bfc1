/** My account: name, password, and where I am signed in. */
import { Button, Skeleton, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  changePassword,
  changeProfile,
  endSession,
  listSessions,
  type OwnSession,
  signOutEverywhere,
} from '../../src/accounts/contract.ts'
import { call } from '../api.ts'
import { sessionQuery, useSession } from '../session.ts'
import { Badge } from '../ui/badge.tsx'
import { useFormat } from '../ui/format.ts'
import { Notice, Problem } from '../ui/notice.tsx'
import { Page, Section } from '../ui/page.tsx'
import css from './accounts.module.css'
import { PasswordField } from './password-field.tsx'

export function AccountPage(): ReactElement {
  const { t } = useTranslation()
  return (
    <Page title={t('shell.myAccount')} width="form">
      <Profile />
      <Password />
      <Sessions />
    </Page>
  )
}

function Profile(): ReactElement {
  const { t } = useTranslation()
  const { person } = useSession()
  const queries = useQueryClient()
  const [name, setName] = useState(person.name)
  const change = useMutation({
    mutationFn: () => call(changeProfile, { body: { name } }),
    onSuccess: (session) => queries.setQueryData(sessionQuery.queryKey, session),
  })
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        change.mutate()
      }}
    >
      <TextInput
        label={t('account.yourName')}
        autoComplete="name"
        required
        withAsterisk={false}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <p className="quiet">
        {person.email} · {t(`role.${person.role}`)}
      </p>
      <Problem error={change.error} />
      {change.isSuccess && name === person.name && <Notice tone="good">{t('account.nameSaved')}</Notice>}
      <div>
        <Button
          type="submit"
          variant="default"
          loading={change.isPending}
          disabled={name.trim() === person.name}
        >
          {t('account.saveName')}
        </Button>
      </div>
    </form>
  )
}

function Password(): ReactElement {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const change = useMutation({
    mutationFn: () => call(changePassword, { body: { currentPassword: current, newPassword: next } }),
    onSuccess: () => {
      setCurrent('')
      setNext('')
      return queries.invalidateQueries({ queryKey: ['sessions'] })
    },
  })
  return (
    <Section title={t('account.password')} about={t('account.passwordWhy')}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          change.mutate()
        }}
      >
        <PasswordField
          label={t('account.currentPassword')}
          name="current-password"
          value={current}
          onChange={setCurrent}
        />
        <PasswordField
          label={t('account.newPassword')}
          name="new-password"
          isNew
          value={next}
          onChange={setNext}
        />
        <Problem error={change.error} />
        {change.isSuccess && <Notice tone="good">{t('account.passwordChanged')}</Notice>}
        <div>
          <Button type="submit" variant="default" loading={change.isPending}>
            {t('account.changePassword')}
          </Button>
        </div>
      </form>
    </Section>
  )
}

function Sessions(): ReactElement {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const list = useQuery({ queryKey: ['sessions'], queryFn: ({ signal }) => call(listSessions, {}, signal) })
  const end = useMutation({
    mutationFn: (id: string) => call(endSession, { params: { id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['sessions'] }),
  })
  const everywhere = useMutation({
    mutationFn: () => call(signOutEverywhere, {}),
    onSuccess: async () => {
      await navigate({ to: '/sign-in' })
      queries.clear()
    },
  })
  return (
    <Section
      title={t('account.sessions')}
      actions={
        <Button variant="default" loading={everywhere.isPending} onClick={() => everywhere.mutate()}>
          {t('account.signOutEverywhere')}
        </Button>
      }
    >
      <Problem error={list.error ?? end.error ?? everywhere.error} />
      {list.isPending && <Skeleton height={112} />}
      <ul className={css.list}>
        {list.data?.sessions.map((session) => (
          <SessionLine
            key={session.id}
            session={session}
            isEnding={end.isPending && end.variables === session.id}
            onEnd={() => end.mutate(session.id)}
          />
        ))}
      </ul>
    </Section>
  )
}

function SessionLine(props: { session: OwnSession; isEnding: boolean; onEnd: () => void }): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const { session } = props
  return (
    <li className={css.line}>
      <div className={css.words}>
        <p className={css.name}>{deviceOf(session.userAgent)}</p>
        <p className="quiet">
          {session.ip} · {t('account.lastSeen', { when: format.ago(session.lastSeenAt) })}
        </p>
      </div>
      {session.isCurrent ? (
        <Badge tone="green">{t('account.thisDevice')}</Badge>
      ) : (
        <Button variant="default" size="xs" loading={props.isEnding} onClick={props.onEnd}>
          {t('account.endSession')}
        </Button>
      )}
    </li>
  )
}

/** "Firefox, Linux" says more than the line a browser sends. */
function deviceOf(userAgent: string): string {
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)\//.exec(userAgent)?.[1]
  const names: Record<string, string> = { Edg: 'Edge', OPR: 'Opera' }
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(userAgent)?.[1]
  const words = [browser && (names[browser] ?? browser), system === 'Mac OS X' ? 'macOS' : system].filter(
    Boolean,
  )
  return words.length > 0 ? words.join(', ') : userAgent.slice(0, 60) || '–'
}
