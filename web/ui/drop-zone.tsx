/**
 * The whole page takes a file that is dropped on it; a button opens the file dialog for everybody else.
 * `DropZone` is the large place of an empty page, `PageDrop` the veil that appears while a file is dragged.
 */
import { Button } from '@mantine/core'
import { type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react'
import css from './drop-zone.module.css'
import { Icon } from './icons.tsx'

export function ChooseFile(props: {
  label: string
  accept: string
  onFile: (file: File) => void
  disabled?: boolean
  icon?: boolean
}): ReactElement {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={props.accept}
        hidden
        aria-label={props.label}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          event.currentTarget.value = ''
          if (file) props.onFile(file)
        }}
      />
      <Button
        disabled={props.disabled ?? false}
        onClick={() => input.current?.click()}
        {...(props.icon ? { leftSection: <Icon name="plus" size={14} /> } : {})}
      >
        {props.label}
      </Button>
    </>
  )
}

export function DropZone(props: { title: string; children?: ReactNode; action: ReactNode }): ReactElement {
  return (
    <div className={css.zone}>
      <span className={css.icon}>
        <Icon name="file" size={22} />
      </span>
      <p className={css.title}>{props.title}</p>
      {props.children && <div className={css.text}>{props.children}</div>}
      <div className={css.action}>{props.action}</div>
    </div>
  )
}

export function PageDrop(props: { label: string; onFile: (file: File) => void }): ReactElement | null {
  const [isOver, setIsOver] = useState(false)
  const take = useRef(props.onFile)
  take.current = props.onFile
  useEffect(() => {
    let depth = 0
    const hasFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    const enter = (event: DragEvent) => {
      if (!hasFile(event)) return
      depth += 1
      setIsOver(true)
    }
    const leave = () => {
      depth = Math.max(0, depth - 1)
      if (depth === 0) setIsOver(false)
    }
    const over = (event: DragEvent) => hasFile(event) && event.preventDefault()
    const drop = (event: DragEvent) => {
      depth = 0
      setIsOver(false)
      const file = event.dataTransfer?.files[0]
      if (!file) return
      event.preventDefault()
      take.current(file)
    }
    const listeners = { dragenter: enter, dragleave: leave, dragover: over, drop } as const
    for (const [name, listener] of Object.entries(listeners))
      window.addEventListener(name, listener as EventListener)
    return () => {
      for (const [name, listener] of Object.entries(listeners))
        window.removeEventListener(name, listener as EventListener)
    }
  }, [])
  if (!isOver) return null
  return (
    <div className={css.veil}>
      <div className={css.veilInside}>
        <Icon name="imports" size={28} />
        {props.label}
      </div>
    </div>
  )
}
