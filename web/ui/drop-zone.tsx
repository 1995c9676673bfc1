/**
 * The whole page takes files that are dropped on it; a button opens the file dialog for everybody else.
 * `DropZone` is the large place of an empty page, `PageDrop` the veil that appears while a file is dragged.
 */
import { Button, type ButtonProps } from '@mantine/core'
import { type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react'
import css from './drop-zone.module.css'
import { Icon } from './icons.tsx'

export function ChooseFile(props: {
  label: string
  accept: string
  /** One file, or as many as are chosen at once. */
  onFiles: (files: readonly File[]) => void
  disabled?: boolean
  icon?: boolean
  look?: ButtonProps
}): ReactElement {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={props.accept}
        multiple
        hidden
        aria-label={props.label}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])]
          event.currentTarget.value = ''
          if (files.length > 0) props.onFiles(files)
        }}
      />
      <Button
        disabled={props.disabled ?? false}
        onClick={() => input.current?.click()}
        {...props.look}
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

export function PageDrop(props: {
  label: string
  onFiles: (files: readonly File[]) => void
}): ReactElement | null {
  const [isOver, setIsOver] = useState(false)
  const take = useRef(props.onFiles)
  take.current = props.onFiles
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
      const files = [...(event.dataTransfer?.files ?? [])]
      if (files.length === 0) return
      event.preventDefault()
      take.current(files)
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
