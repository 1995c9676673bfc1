/** A window over the page, in its middle or at its right edge, that ends with Escape or its cross. */
import { Drawer, Modal } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import css from './window.module.css'

type WindowProps = {
  opened: boolean
  onClose: () => void
  title: string
  children: ReactNode
}

/* The heading line is ours: the library's is a banner of the page, and a page has one already. */

export function Window(props: WindowProps): ReactElement {
  const { t } = useTranslation()
  return (
    <Modal.Root opened={props.opened} onClose={props.onClose} centered radius="xl">
      <Modal.Overlay />
      <Modal.Content>
        <div className={css.head}>
          <Modal.Title>{props.title}</Modal.Title>
          <Modal.CloseButton aria-label={t('ui.close')} />
        </div>
        <Modal.Body>{props.children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

export function SideWindow(props: WindowProps): ReactElement {
  const { t } = useTranslation()
  return (
    <Drawer.Root opened={props.opened} onClose={props.onClose} position="right" size={560}>
      <Drawer.Overlay />
      <Drawer.Content>
        <div className={css.head}>
          <Drawer.Title>{props.title}</Drawer.Title>
          <Drawer.CloseButton aria-label={t('ui.close')} />
        </div>
        <Drawer.Body>{props.children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  )
}
