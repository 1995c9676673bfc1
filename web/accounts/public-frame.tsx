/** The frame of the pages before sign-in: one card, the name of the program, and the language. */
import { Outlet } from '@tanstack/react-router'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { changeLanguage } from '../i18n.ts'
import { languages } from '../language.ts'
import { useDocumentTitle } from '../ui/page.tsx'
import css from './public-frame.module.css'

export function PublicFrame(): ReactElement {
  const { i18n } = useTranslation()
  return (
    <div className={css.frame}>
      <header className={css.brand}>
        <img src="/mark.svg" alt="" width={24} height={24} />
        Carryover
      </header>
      <main className={css.main}>
        <Outlet />
      </main>
      <footer className={css.languages}>
        {languages.map((language) => (
          <button
            key={language}
            type="button"
            lang={language}
            className={css.language}
            aria-pressed={i18n.language === language}
            onClick={() => void changeLanguage(language)}
          >
            {language === 'cs' ? 'Čeština' : 'English'}
          </button>
        ))}
      </footer>
    </div>
  )
}

export function Card(props: { title: string; about?: ReactNode; children?: ReactNode }): ReactElement {
  useDocumentTitle(props.title)
  return (
    <div className={css.card}>
      <h1 className={css.title}>{props.title}</h1>
      {props.about && <p className={css.about}>{props.about}</p>}
      {props.children}
    </div>
  )
}

/** Fields below each other, and the one button. */
export function CardForm(props: { onSubmit: () => void; children: ReactNode }): ReactElement {
  return (
    <form
      className={css.form}
      noValidate={false}
      onSubmit={(event) => {
        event.preventDefault()
        props.onSubmit()
      }}
    >
      {props.children}
    </form>
  )
}
