/** A bordered box with an optional heading line. */
import type { ReactElement, ReactNode } from 'react'
import css from './panel.module.css'

export function Panel(props: {
  title?: ReactNode
  beside?: ReactNode
  flush?: boolean
  children: ReactNode
}): ReactElement {
  return (
    <section className={css.panel}>
      {props.title && (
        <div className={css.head}>
          <h2 className={css.title}>{props.title}</h2>
          {props.beside}
        </div>
      )}
      <div className={props.flush ? css.flush : css.body}>{props.children}</div>
    </section>
  )
}
