/** People of the organisation: who is here, invite somebody, change a role, take access away and give it back. */
import { Button, Menu } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  changePerson,
  deactivatePerson,
  listPeople,
  type PersonView,
  reactivatePerson,
  resendInvitation,
} from '../../src/accounts/people/contract.ts'
import { type Role, roles } from '../../src/accounts/permissions.ts'
import { call } from '../api.ts'
import { useMay } from '../session.ts'
import { Badge, type Tone } from '../ui/badge.tsx'
import { useFormat } from '../ui/format.ts'
import { Icon } from '../ui/icons.tsx'
import { MoreRows } from '../ui/more-rows.tsx'
import { Problem } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import css from './accounts.module.css'
import { InviteForm } from './invite-form.tsx'

const tones: Record<PersonView['status'], Tone> = {
  uninvited: 'grey',
  invited: 'amber',
  active: 'green',
  deactivated: 'grey',
}

export function PeoplePage(): ReactElement {
  const { t } = useTranslation()
  const mayManage = useMay('people.manage')
  const [isInviting, setIsInviting] = useState(false)
  const list = useInfiniteQuery({
    queryKey: ['people'],
    queryFn: ({ pageParam, signal }) =>
      call(listPeople, { query: pageParam ? { cursor: pageParam } : {} }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  })
  const people = list.data?.pages.flatMap((page) => page.people) ?? []
  return (
    <Page
      title={t('settings.people')}
      about={
        <>
          {t('people.about')} <Link to="/settings/roles">{t('people.seeRoles')}</Link>
        </>
      }
      actions={
        mayManage &&
        !isInviting && (
          <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setIsInviting(true)}>
            {t('people.invite')}
          </Button>
        )
      }
    >
      {isInviting && <InviteForm onClose={() => setIsInviting(false)} />}
      <Problem error={list.error} onRetry={() => void list.refetch()} />
      <ul className={css.list} aria-busy={list.isPending} aria-label={t('settings.people')}>
        {people.map((person) => (
          <PersonLine key={person.id} person={person} mayManage={mayManage} />
        ))}
      </ul>
      <MoreRows
        shown={people.length}
        total={list.data?.pages[0]?.total}
        hasMore={list.hasNextPage}
        loading={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
    </Page>
  )
}

function PersonLine(props: { person: PersonView; mayManage: boolean }): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const queries = useQueryClient()
  const { person } = props
  const change = useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['people'] }),
  })
  const seen = person.lastSeenAt
    ? t('people.seen', { when: format.ago(person.lastSeenAt) })
    : person.invitationExpiresAt
      ? t('people.invitedUntil', { when: format.date(person.invitationExpiresAt) })
      : t('people.neverSeen')
  return (
    <li className={css.line}>
      <div className={css.words}>
        <p className={css.name}>
          {person.name} {person.isMe && <span className="quiet">({t('people.you')})</span>}
        </p>
        <p className="quiet">
          {person.email ?? t('people.noSignIn')} · {seen}
        </p>
      </div>
      <Badge tone={tones[person.status]}>{t(`people.status.${person.status}`)}</Badge>
      {props.mayManage ? (
        <PersonActions person={person} onAct={change.mutate} />
      ) : (
        <span>{t(`role.${person.role}`)}</span>
      )}
      {change.error && (
        <div style={{ flexBasis: '100%' }}>
          <Problem error={change.error} />
        </div>
      )}
    </li>
  )
}

function PersonActions(props: {
  person: PersonView
  onAct: (act: () => Promise<unknown>) => void
}): ReactElement {
  const { t } = useTranslation()
  const { person, onAct } = props
  const params = { id: person.id }
  const give = (role: Role) => onAct(() => call(changePerson, { params, body: { role } }))
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant="default"
            size="xs"
            w={178}
            justify="space-between"
            rightSection={<Icon name="down" size={12} />}
            aria-label={t('people.roleOf', { name: person.name, role: t(`role.${person.role}`) })}
          >
            {t(`role.${person.role}`)}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.RadioGroup value={person.role} onChange={(role) => give(role as Role)}>
            {roles.map((role) => (
              <Menu.RadioItem key={role} value={role} closeMenuOnClick>
                {t(`role.${role}`)}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </Menu.Dropdown>
      </Menu>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" size="xs" px={8} aria-label={t('people.more', { name: person.name })}>
            <Icon name="more" size={14} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {(person.status === 'invited' || (person.status === 'uninvited' && person.email !== null)) && (
            <Menu.Item onClick={() => onAct(() => call(resendInvitation, { params }))}>
              {t(person.status === 'invited' ? 'people.inviteAgain' : 'people.inviteNow')}
            </Menu.Item>
          )}
          {person.status === 'deactivated' ? (
            <Menu.Item onClick={() => onAct(() => call(reactivatePerson, { params }))}>
              {t('people.reactivate')}
            </Menu.Item>
          ) : (
            <Menu.Item className="danger" onClick={() => onAct(() => call(deactivatePerson, { params }))}>
              {t('people.deactivate')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
