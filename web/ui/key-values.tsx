/** Names and values in two columns, on a narrow screen one below the other. */
import type { ReactElement, ReactNode } from 'react'
import css from './key-values.module.css'

export function KeyValues(props: {
  items: readonly { key: string; name: ReactNode; value: ReactNode }[]
}): ReactElement {
  return (
    <dl className={css.list}>
      {props.items.map((item) => (
        <div key={item.key} className={css.item}>
          <dt className={css.name}>{item.name}</dt>
          <dd className={css.value}>{item.value}</dd>
        </div>
      ))}
    </dl>
  )
}
