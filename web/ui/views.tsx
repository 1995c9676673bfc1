/** Views of one thing beside each other, each with its count; the chosen one is in the address. */
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useFormat } from './format.ts'
import css from './views.module.css'

export function Views(props: {
  label: string
  current: string
  /** Parameter of the address that holds the choice. */
  name?: string
  views: readonly { key: string; label: string; count?: number | undefined }[]
}): ReactElement {
  const format = useFormat()
  const name = props.name ?? 'view'
  return (
    <nav className={css.views} aria-label={props.label}>
      {props.views.map((view) => (
        <Link
          key={view.key}
          to="."
          search={(now: Record<string, unknown>) => ({ ...now, [name]: view.key })}
          replace
          resetScroll={false}
          className={css.view}
          activeOptions={{ exact: true }}
          data-current={view.key === props.current}
          {...(view.key === props.current ? { 'aria-current': 'true' as const } : {})}
        >
          {view.label}
          {view.count !== undefined && <span className={css.count}>{format.number(view.count)}</span>}
        </Link>
      ))}
    </nav>
  )
}
