/** The frame of a page: its title in the document and on the page, what it is about, and its actions. */
import { type ReactElement, type ReactNode, useEffect } from 'react'
import css from './page.module.css'

type PageProps = {
  title: string
  /** What stands before the title: the way back. */
  above?: ReactNode
  /** Beside the title, such as a status. */
  beside?: ReactNode
  about?: ReactNode
  actions?: ReactNode
  /** Reading width for forms; lists take the whole width. */
  width?: 'wide' | 'form'
  children: ReactNode
}

export function Page(props: PageProps): ReactElement {
  const { title, above, beside, about, actions, width = 'wide', children } = props
  useDocumentTitle(title)
  return (
    <div className={css.page} data-width={width}>
      <header className={css.header}>
        {above && <div className={css.above}>{above}</div>}
        <div className={css.line}>
          <h1 className={css.title}>{title}</h1>
          {beside}
          {actions && <div className={css.actions}>{actions}</div>}
        </div>
        {about && <div className={css.about}>{about}</div>}
      </header>
      {children}
    </div>
  )
}

export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · Carryover` : 'Carryover'
  }, [title])
}

export function Section(props: {
  title: string
  beside?: ReactNode
  actions?: ReactNode
  about?: ReactNode
  children: ReactNode
}): ReactElement {
  return (
    <section className={css.section}>
      <div className={css.sectionLine}>
        <h2 className={css.sectionTitle}>{props.title}</h2>
        {props.beside}
        {props.actions && <div className={css.actions}>{props.actions}</div>}
      </div>
      {props.about && <p className={css.sectionAbout}>{props.about}</p>}
      {props.children}
    </section>
  )
}
