/**
 * A list in an order of one's own: each row is moved by its handle, with a pointer or, where the handle has the
 * focus, with the arrow keys. The new order is told once, when the row is let go.
 */
import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from './icons.tsx'
import css from './sortable-list.module.css'

export function SortableList<T>(props: {
  items: readonly T[]
  keyOf: (item: T) => string
  nameOf: (item: T) => string
  label: string
  busy?: boolean
  /** Without it the rows stand as they are, and have no handles. */
  onOrder?: ((keys: readonly string[]) => void) | undefined
  children: (item: T) => ReactNode
}): ReactElement {
  const { t } = useTranslation()
  const { items, keyOf, nameOf, onOrder } = props
  const list = useRef<HTMLUListElement>(null)
  const [moving, setMoving] = useState<{ key: string; order: readonly string[] } | null>(null)
  const [said, setSaid] = useState('')
  const keys = items.map(keyOf)
  const order = moving?.order ?? keys
  const byKey = new Map(items.map((item) => [keyOf(item), item]))

  const tell = (key: string, next: readonly string[]) => {
    const name = nameOf(byKey.get(key)!)
    setSaid(t('ui.movedTo', { name, place: next.indexOf(key) + 1, of: next.length }))
    onOrder?.(next)
  }
  const drag = (event: PointerEvent<HTMLButtonElement>) => {
    if (!moving) return
    const rows = [...(list.current?.children ?? [])] as HTMLElement[]
    const over = rows.findIndex((row) => {
      const { top, bottom } = row.getBoundingClientRect()
      return event.clientY >= top && event.clientY < bottom
    })
    if (over >= 0) setMoving({ ...moving, order: moved(moving.order, moving.key, over) })
  }
  const drop = () => {
    if (moving && moving.order.join('\n') !== keys.join('\n')) tell(moving.key, moving.order)
    setMoving(null)
  }
  const step = (event: KeyboardEvent, key: string) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (by === 0) return
    event.preventDefault()
    const next = moved(keys, key, keys.indexOf(key) + by)
    if (next.join('\n') !== keys.join('\n')) tell(key, next)
  }
  return (
    <>
      <ul ref={list} className={css.list} aria-label={props.label} aria-busy={props.busy ?? false}>
        {order.flatMap((key) => {
          const item = byKey.get(key)
          if (item === undefined) return []
          return (
            <li key={key} className={css.row} data-moving={moving?.key === key}>
              {onOrder && (
                <button
                  type="button"
                  className={css.handle}
                  aria-label={t('ui.moveNamed', { name: nameOf(item) })}
                  title={t('ui.moveHow')}
                  onKeyDown={(event) => step(event, key)}
                  onPointerDown={(event) => {
                    event.currentTarget.setPointerCapture(event.pointerId)
                    setMoving({ key, order: keys })
                  }}
                  onPointerMove={drag}
                  onPointerUp={drop}
                  onPointerCancel={() => setMoving(null)}
                >
                  <Icon name="grip" />
                </button>
              )}
              {props.children(item)}
            </li>
          )
        })}
      </ul>
      <p className="visually-hidden" role="status">
        {said}
      </p>
    </>
  )
}

/** The keys with one of them at another place; a place beyond the ends is the end. */
function moved(keys: readonly string[], key: string, to: number): readonly string[] {
  const others = keys.filter((other) => other !== key)
  return others.toSpliced(Math.max(0, Math.min(others.length, to)), 0, key)
}
