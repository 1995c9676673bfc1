/** What a person must know here, on the page and not in passing: a heading, why, and the next step. */
import { Button } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../api.ts'
import { Icon, type IconName } from './icons.tsx'
import css from './notice.module.css'

export type NoticeTone = 'info' | 'good' | 'warning' | 'problem'

const icons: Record<NoticeTone, IconName> = {
  info: 'info',
  good: 'check',
  warning: 'warning',
  problem: 'warning',
}

export function Notice(props: {
  tone: NoticeTone
  title?: ReactNode
  children?: ReactNode
  action?: ReactNode
}): ReactElement {
  return (
    <div className={css.notice} data-tone={props.tone} role={props.tone === 'problem' ? 'alert' : 'status'}>
      <span className={css.icon}>
        <Icon name={icons[props.tone]} />
      </span>
      <div className={css.words}>
        {props.title && <p className={css.title}>{props.title}</p>}
        {props.children && <div className={css.text}>{props.children}</div>}
      </div>
      {props.action && <div className={css.action}>{props.action}</div>}
    </div>
  )
}

/** The server's own sentence for a refusal, where it happened. */
export function Problem(props: { error: unknown; onRetry?: () => void }): ReactElement | null {
  const { t } = useTranslation()
  const sentence = useSentence()
  if (!props.error) return null
  return (
    <Notice
      tone="problem"
      action={
        props.onRetry && (
          <Button variant="default" size="xs" onClick={props.onRetry}>
            {t('ui.tryAgain')}
          </Button>
        )
      }
    >
      {sentence(props.error)}
    </Notice>
  )
}

/** What to say of an error that a call threw. */
export function useSentence(): (error: unknown) => string {
  const { t } = useTranslation()
  return (error) => {
    if (error instanceof ApiProblem && error.message) return error.message
    return error instanceof ApiProblem ? t('ui.unreachable') : t('ui.interfaceProblem')
  }
}
