/** Filters of a list in one line, what to do with the list at its end. */
import type { ReactElement, ReactNode } from 'react'
import css from './filter-bar.module.css'

export function FilterBar(props: { children: ReactNode; actions?: ReactNode }): ReactElement {
  return (
    <div className={css.bar}>
      <div className={css.filters}>{props.children}</div>
      {props.actions && <div className={css.actions}>{props.actions}</div>}
    </div>
  )
}
