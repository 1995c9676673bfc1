/** Parts of a whole as a small bar; the numbers are its name for those who do not see it. */
import { Tooltip } from '@mantine/core'
import type { ReactElement } from 'react'
import css from './count-bar.module.css'
import { useFormat } from './format.ts'

export type CountTone = 'green' | 'teal' | 'grey' | 'amber' | 'red'
export type CountPart = { key: string; tone: CountTone; count: number; label: string }

export function CountBar(props: { parts: readonly CountPart[]; total: string }): ReactElement {
  const format = useFormat()
  const parts = props.parts.filter((part) => part.count > 0)
  const words = parts.map((part) => `${format.number(part.count)} ${part.label}`).join(', ')
  return (
    <Tooltip label={words || props.total} disabled={parts.length === 0}>
      <span className={css.line}>
        <span className={css.bar} role="img" aria-label={words || props.total}>
          {parts.map((part) => (
            <span key={part.key} data-tone={part.tone} style={{ flexGrow: part.count }} />
          ))}
        </span>
        <span className={`${css.total} num`}>{props.total}</span>
      </span>
    </Tooltip>
  )
}

export function CountLegend(props: { parts: readonly CountPart[] }): ReactElement {
  const format = useFormat()
  return (
    <ul className={css.legend}>
      {props.parts.map((part) => (
        <li key={part.key}>
          <span className={css.key} data-tone={part.tone} aria-hidden="true" />
          <span className="num">{format.number(part.count)}</span> {part.label}
        </li>
      ))}
    </ul>
  )
}
