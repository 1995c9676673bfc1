/** An empty place says what it is for and offers the one thing to do. */
import type { ReactElement, ReactNode } from 'react'
import css from './empty-state.module.css'
import { Icon, type IconName } from './icons.tsx'

export function EmptyState(props: {
  icon?: IconName
  title: string
  children?: ReactNode
  action?: ReactNode
}): ReactElement {
  return (
    <div className={css.empty}>
      {props.icon && (
        <span className={css.icon}>
          <Icon name={props.icon} size={20} />
        </span>
      )}
      <p className={css.title}>{props.title}</p>
      {props.children && <div className={css.text}>{props.children}</div>}
      {props.action && <div className={css.action}>{props.action}</div>}
    </div>
  )
}
