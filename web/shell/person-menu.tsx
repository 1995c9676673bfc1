/** The person who is signed in: their account, the language, light or dark, and the way out. */
import { Menu, useMantineColorScheme } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { changeProfile, signOut } from '../../src/accounts/contract.ts'
import { call } from '../api.ts'
import { changeLanguage } from '../i18n.ts'
import { type Language, languages } from '../language.ts'
import { sessionQuery, useSession } from '../session.ts'
import css from './person-menu.module.css'

const schemes = ['light', 'dark', 'auto'] as const

export function PersonMenu(): ReactElement {
  const { t, i18n } = useTranslation()
  const { person } = useSession()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const queries = useQueryClient()
  const leave = useLeave()
  // The session first: every navigation takes the language from it, and an older answer would set it back.
  const speak = async (language: Language) => {
    await queries.cancelQueries({ queryKey: sessionQuery.queryKey })
    queries.setQueryData(sessionQuery.queryKey, (session) => session && { ...session, language })
    await changeLanguage(language)
    await call(changeProfile, { body: { language } })
    await queries.invalidateQueries()
  }
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <button type="button" className={css.person}>
          <span className={css.initials} aria-hidden="true">
            {initialsOf(person.name)}
          </span>
          <span className={css.words}>
            <span className={css.name}>{person.name}</span>
            <span className={css.role}>{t(`role.${person.role}`)}</span>
          </span>
          <span className="visually-hidden">{t('shell.personMenu')}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to="/settings/account">
          {t('shell.myAccount')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('shell.language')}</Menu.Label>
        <Menu.RadioGroup value={i18n.language} onChange={(language) => void speak(language as Language)}>
          {languages.map((language) => (
            <Menu.RadioItem key={language} value={language} lang={language}>
              {language === 'cs' ? 'Čeština' : 'English'}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Label>{t('shell.appearance')}</Menu.Label>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(scheme) => setColorScheme(scheme as (typeof schemes)[number])}
        >
          {schemes.map((scheme) => (
            <Menu.RadioItem key={scheme} value={scheme}>
              {t(`shell.scheme.${scheme}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item onClick={() => leave.mutate()}>{t('shell.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function useLeave() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: () => call(signOut, {}),
    onSettled: async () => {
      await navigate({ to: '/sign-in' })
      queries.clear()
    },
  })
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  const initials = words.length > 1 ? [words[0], words.at(-1)] : words
  return initials
    .map((word = '') => String.fromCodePoint(word.codePointAt(0) ?? 0x20))
    .join('')
    .toLocaleUpperCase()
}
