/** A status as word and colour together, never colour alone. */
import type { ReactElement, ReactNode } from 'react'
import css from './badge.module.css'

export type Tone = 'grey' | 'teal' | 'amber' | 'green' | 'red'

export function Badge(props: { tone: Tone; children: ReactNode; moving?: boolean }): ReactElement {
  return (
    <span className={css.badge} data-tone={props.tone}>
      <span className={css.dot} data-moving={props.moving ?? false} aria-hidden="true" />
      {props.children}
    </span>
  )
}

/** A word or two set apart, without a meaning of good or bad. */
export function Tag(props: { children: ReactNode }): ReactElement {
  return <span className={css.tag}>{props.children}</span>
}
